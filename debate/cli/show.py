"""`debate show`: one transcript with its judgments, or two of them, or two of its judges, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import typer

from debate.cli import options as o
from debate.cli.page import Page

if TYPE_CHECKING:
    from rich.console import RenderableType

    from debate.domain import Debate, Judgment, Key, View
    from debate.store import Store
    from debate.tui.browsing.beside import Pair
    from debate.tui.browsing.blocks import Block

MEASURE = 100  # columns of running text: longer lines are hard to read
BESIDE = 120  # columns from which two texts stand side by side


def show(
    matches: Annotated[
        list[str], typer.Argument(metavar="MATCH", help="The id of a match, or its beginning; two are compared.")
    ],
    tournament: Annotated[str | None, typer.Option("--in", metavar="NAME", help="The tournament it is in.")] = None,
    view: Annotated[
        Literal["full", "quotes", "opening", "solo"] | None,
        typer.Option("--view", help="Show what a judge of this view sees, without a name."),
    ] = None,
    hears: Annotated[
        int | None, typer.Option("--hears", metavar="N", help="With --view solo: the answer whose side is heard.")
    ] = None,
    judges: Annotated[
        list[str] | None, typer.Option("--judge", metavar="NAME", help="Two judges of the debate, compared.")
    ] = None,
    prompts: Annotated[bool, typer.Option("--prompts", help="Show what was really sent, call by call.")] = False,
    private: Annotated[bool, typer.Option("--private", help="Show what players wrote for themselves.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write a page; - for stdout.")] = None,
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Show a debate with its judgments, in a pager on a terminal; or two debates, or two judges, round by round.

    Quotations carry their marks: [v] stands in the passage, [~] stands there but for a slip, [x] does not.

    \b
    debate show m1-3fa9
    debate show m1-3fa9 --view quotes           what a judge of verified quotes alone sees
    debate show m1-3fa9 m1-77c0                 two debates, round by round
    debate show m1-3fa9 --judge jo --judge j07  two judges of one debate
    debate show m1-3fa9 --prompts
    debate show m1-3fa9 --html debate.html
    """
    from debate.errors import UsageError
    from debate.store import Store

    if len(matches) > 2 or (len(matches) == 2 and (judges or view or prompts)):
        raise UsageError("one debate is shown, or two are compared; --judge, --view and --prompts are about one")
    if judges and len(judges) != 2:
        raise UsageError("name two judges: --judge ONE --judge OTHER")
    page = Page(as_json=as_json, quiet=quiet)
    with Store.open(db, readonly=True) as store:
        found = [_read(store, match, tournament) for match in matches]
        written: Sequence[Block | Pair]
        if view is not None:
            written = _view(page, found[0], view, hears)
        elif judges:
            written = _judges(page, store, found[0], judges[0], judges[1])
        elif len(found) == 2:
            written = _both(page, found[0], found[1])
        else:
            written = _whole(page, store, found[0], prompts=prompts, private=private)
        _write(page, written, html=html, markdown=markdown, title=found[0].debate.match.id)


class Read(NamedTuple):
    """What is stored about one debate."""

    tournament: str
    debate: Debate
    judgments: tuple[Judgment, ...]
    key: Key | None


def _read(store: Store, match: str, tournament: str | None) -> Read:
    from debate.store.listing import key

    match_id = store.find(match, tournament)
    name = holder(store, match_id, tournament)
    debate = store.debate(match_id, name)
    return Read(name, debate, store.judgments(match_id, name), key(store, name, debate.match.question.id))


def holder(store: Store, match_id: str, name: str | None) -> str:
    """Return the name of the tournament that a match is in."""
    from debate.errors import UsageError

    holding = []
    for one in (name,) if name else (summary.name for summary in store.tournaments()):
        try:
            store.find(match_id, one)
        except UsageError:
            continue
        holding.append(one)
    if len(holding) > 1:
        raise UsageError(f'"{match_id}" is in several tournaments, name one with --in: {", ".join(holding)}')
    return holding[0]


def _whole(page: Page, store: Store, found: Read, *, prompts: bool, private: bool) -> list[Block]:
    from debate import sent
    from debate.store.listing import waiting
    from debate.tui.browsing.blocks import Block, blocks
    from debate.tui.browsing.blocks import prompts as called

    name, debate, judgments, key = found
    calls = sent.sent(store, debate.match.id, name) if prompts else ()
    people = waiting(store, name, debate.match.id)
    more = {"prompts": [_sent(one) for one in calls]} if prompts else {}
    page.data("debate.show/1", **_values(found), waiting=people, **more)
    if prompts:
        return list(called(calls))
    still = [Block.of("text", f"still to rule: {', '.join(people)}")] if people else []
    return [*blocks(debate, judgments, key, private=private), *still]


def _values(found: Read) -> dict[str, Any]:
    return {
        "tournament": found.tournament,
        **found.debate.model_dump(mode="json"),
        "key": found.key,
        "judgments": [judgment.model_dump(mode="json") for judgment in found.judgments],
    }


def _sent(one: object) -> dict[str, object]:
    from debate.sent import Sent

    assert isinstance(one, Sent)
    return {
        "call": one.call.model_dump(mode="json"),
        "same": one.same,
        "messages": [{"role": message.role, "text": message.text} for message in one.request.messages],
    }


def _view(page: Page, found: Read, view: View, hears: int | None) -> list[Block]:
    from debate.errors import UsageError
    from debate.tui.browsing.blocks import seen

    answers = len(found.debate.match.question.answers)
    if view == "solo" and hears not in range(1, answers + 1):
        raise UsageError(f"say whose side is heard: --hears, a number from 1 to {answers}")
    ballot, blocks = seen(found.debate, view, hears=hears - 1 if hears and view == "solo" else None)
    page.data("debate.show.view/1", tournament=found.tournament, ballot=ballot.model_dump(mode="json"))
    return list(blocks)


def _judges(page: Page, store: Store, found: Read, one: str, other: str) -> list[Block | Pair]:
    from debate.store.listing import waiting
    from debate.tui.browsing.beside import judges, ruling
    from debate.tui.browsing.blocks import about

    people = waiting(store, found.tournament, found.debate.match.id)
    left, right = (ruling(found.judgments, name, people) for name in (one, other))
    page.data(
        "debate.show.judges/1",
        tournament=found.tournament,
        match=found.debate.match.id,
        judgments=[judgment.model_dump(mode="json") for judgment in (left, right)],
    )
    return [*about(found.debate, found.key), *judges(found.debate, left, right, found.key)]


def _both(page: Page, one: Read, other: Read) -> list[Pair]:
    from debate.tui.browsing.beside import transcripts

    page.data("debate.show.pair/1", debates=[_values(one), _values(other)])
    sides = ((one.debate, one.judgments), (other.debate, other.judgments))
    return list(transcripts(*sides, keys=(one.key, other.key)))


def _write(page: Page, found: Sequence[Block | Pair], *, html: Path | None, markdown: bool, title: str) -> None:
    from debate.cli import transcript
    from debate.tui.browsing.beside import Pair

    if html is not None:
        _page(page, html, list(_flat(found)), title)
    elif markdown:
        page.say("\n".join(map(transcript.markdown, _flat(found))))
    else:
        with page.paged():
            for one in found:
                page.say(*(_pair(page, one) if isinstance(one, Pair) else (_block(page, one),)))


def _flat(found: Iterable[Block | Pair]) -> Iterator[Block]:
    """Yield pairs as blocks one below the other."""
    from debate.tui.browsing.blocks import Block

    for one in found:
        if isinstance(one, Block):
            yield one
            continue
        for name, blocks in zip(one.names, (one.left, one.right), strict=True):
            yield Block.of("title", f"{one.heading}: {name}")
            yield from blocks


def _block(page: Page, block: Block) -> RenderableType:
    from rich.constrain import Constrain

    from debate.tui.browsing.blocks import drawn

    text = drawn(block, page.out.encoding)
    return Constrain(text, MEASURE) if page.out.is_terminal else text


def _pair(page: Page, pair: Pair) -> Iterator[RenderableType]:
    from rich.console import Group
    from rich.table import Table

    from debate.tui.browsing.blocks import drawn

    if not page.out.is_terminal or page.out.width < BESIDE:
        yield from (_block(page, block) for block in _flat([pair]))
        return
    sides = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=True, header_style="bold underline")
    for name in pair.names:
        sides.add_column(page.text(f"{pair.heading}: {name}"), ratio=1)
    sides.add_row(*(Group(*(drawn(b, page.out.encoding) for b in blocks)) for blocks in (pair.left, pair.right)))
    yield sides


def _page(page: Page, file: Path, found: list[Block], title: str) -> None:
    from debate.cli import transcript
    from debate.cli.files import STDOUT, replaced

    written = transcript.page(found, title)
    if file == STDOUT:
        page.say(written)
        return
    with replaced(file) as part:
        part.write_text(written, "utf-8", "xmlcharrefreplace")
    page.note(f'wrote "{file}"')
