"""`debate show`: one transcript with its judgments."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from debate.cli import options as o
from debate.cli.page import Page

if TYPE_CHECKING:
    from debate.cli.transcript import Block
    from debate.store import Store


def show(
    match: Annotated[str, typer.Argument(help="The id of the match, or its unique beginning.")],
    tournament: Annotated[str | None, typer.Option("--in", metavar="NAME", help="The tournament it is in.")] = None,
    prompts: Annotated[bool, typer.Option("--prompts", help="Show what was really sent, call by call.")] = False,
    private: Annotated[bool, typer.Option("--private", help="Show what players wrote for themselves.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write a page; - for stdout.")] = None,
    db: o.Db = o.DATABASE,
    as_json: o.Json = False,
    quiet: o.Quiet = False,
    yes: o.Yes = False,
) -> None:
    """Show a debate with its judgments, in a pager on a terminal.

    Quotations carry their marks: [v] stands in the passage, [~] stands there but for a slip, [x] does not.

    \b
    debate show m1-3fa9
    debate show m1-3fa9 --prompts
    debate show m1-3fa9 --html debate.html
    """
    from debate import sent
    from debate.cli import transcript
    from debate.store import Store

    page = Page(as_json=as_json, quiet=quiet)
    with Store.open(db, readonly=True) as store:
        match_id = store.find(match, tournament)
        name = holder(store, match_id, tournament)
        debate, judgments = store.debate(match_id, name), store.judgments(match_id, name)
        key = next((key for key in store.keys(name) if key.question == debate.match.question.id), None)
        calls = sent.sent(store, match_id, name) if prompts else ()
    page.data(
        "debate.show/1",
        tournament=name,
        **debate.model_dump(mode="json"),
        key=key,
        judgments=[judgment.model_dump(mode="json") for judgment in judgments],
        **({"prompts": [_sent(one) for one in calls]} if prompts else {}),
    )
    found = list(transcript.prompts(calls) if prompts else transcript.blocks(debate, judgments, key, private=private))
    if html is not None:
        _page(page, html, found, match_id)
    elif markdown:
        page.say("\n".join(map(transcript.markdown, found)))
    else:
        with page.paged():
            page.say(*(transcript.text(block, page.out.encoding) for block in found))


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


def _sent(one: object) -> dict[str, object]:
    from debate.sent import Sent

    assert isinstance(one, Sent)
    return {
        "call": one.call.model_dump(mode="json"),
        "same": one.same,
        "messages": [{"role": message.role, "text": message.text} for message in one.request.messages],
    }


def _page(page: Page, file: Path, found: list[Block], title: str) -> None:
    from debate.cli import transcript
    from debate.cli.files import replaced

    written = transcript.page(found, title)
    if str(file) == "-":
        page.say(written)
        return
    with replaced(file) as part:
        part.write_text(written, "utf-8", "xmlcharrefreplace")
    page.say(f'wrote "{file}"')
