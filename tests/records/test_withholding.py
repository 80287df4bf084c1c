from __future__ import annotations

import json

from debate import records
from debate.domain import Judgment, Key, Says
from debate.quotes import mark
from debate.records.reading import parse
from debate.records.withholding import withhold
from tests.builders import STORY, debate, judge, match, player, posed, question, turn
from tests.records.debates import call

SPEECH = (
    "It is plain: <quote>the mate had seen him load it at night</quote>, and as I read it, "
    "at noon the harbour master opened the hold and found sand. He was hiding two crates of sand."
)


def exported(key: Key | None = None, withheld: records.Withheld | None = None) -> tuple[str, records.Imported]:
    """Export a debate whose every text says something, and read it back."""
    text, quotes = mark(SPEECH, STORY)
    loud = match(players=(player("ada", persona="A famous lawyer"), player("bob", instructions="Win at any price")))
    held = debate(loud) + turn(text=text, quotes=quotes, scratchpad=f"Notes: {STORY}", says=Says(question=STORY))
    ruling = Judgment(
        id="v1-a",
        match=loud.id,
        judge="jo",
        transcript=held.digest,
        final=(0.9, 0.1),
        reason=f"Convinced by ada. {STORY}",
    )
    line = records.record(
        held,
        [ruling],
        key or question().key,
        tournament="t",
        judges={"jo": judge(principles="Judge by the evidence")},
        calls={"turn:0": (call(SPEECH), call(STORY)), "v1-a": (call(STORY),)},
        meta={"note": "a private note"},
        withheld=withheld or records.Withheld(),
    )
    found = parse(json.loads(records.encode(line)))
    assert isinstance(found, records.Imported), found
    return records.encode(line).decode(), found


def runs(text: str, size: int = 5) -> set[str]:
    words = text.split()
    return {" ".join(words[at : at + size]) for at in range(len(words) - size + 1)}


def test_answers_can_be_left_out() -> None:
    """H11: without answers there is nothing in the record that tells which answer is right."""
    key = question().key.model_copy(update={"reason": "because of sand", "meta": {"gold_label": 1}})
    raw, found = exported(key, records.Withheld(answers=True))
    assert "because of sand" not in raw
    assert "gold_label" not in raw
    assert found.question.key == Key(question=found.question.posed.id, domain="reading")
    assert found.question.posed == posed()


def test_every_text_can_be_left_out() -> None:
    """H11: after redaction no word that anybody wrote is in the record, and its numbers are."""
    raw, found = exported(withheld=records.Withheld(texts=True))
    for text in (STORY, SPEECH, *posed().answers, posed().text, "A famous lawyer", "Win at any price"):
        assert not any(run in raw for run in runs(text, 2))
    for word in ("ferry", "herring", "Convinced", "private", 'evidence"'):
        assert word not in raw.replace('"evidence":', "")
    (said,) = found.debate.turns
    assert len(said.text.split()) == len(mark(SPEECH, STORY)[0].split())
    assert [quote.status for quote in said.quotes] == ["verified"]
    assert found.judgments[0].final == (0.9, 0.1)
    assert found.question.key.correct == 0
    assert found.judgments[0].transcript == found.debate.digest


def test_texts_that_may_not_be_shared_leave_by_their_id() -> None:
    """H11: no run of their words is left, in speeches, notes, candidates or reasons; other words stay."""
    raw, found = exported(question().key.model_copy(update={"share": False}))
    for text in (STORY, posed().text, *posed().answers):
        assert not any(run in raw for run in runs(text))
    (said,) = found.debate.turns
    assert said.text.startswith("It is plain: ███ ████ ███")
    assert "and as I read it, ██ ████ ███" in said.text
    assert "Convinced by ada." in found.judgments[0].reason
    assert json.loads(raw)["question"]["id"] == posed().id
    assert {call.completion.text for calls in found.calls.values() for call in calls} == {""}
    assert not found.question.key.share


def test_masks_keep_every_place() -> None:
    """A masked speech is as long as it was, so quotations stay where they are."""
    whole = mark(SPEECH, STORY)
    for key, withheld in (
        (None, records.Withheld(texts=True)),
        (question().key.model_copy(update={"share": False}), None),
    ):
        (said,) = exported(key, withheld)[1].debate.turns
        assert len(said.text) == len(whole[0])
        assert said.quotes == whole[1]


def test_an_answer_is_masked_however_short_it_is() -> None:
    """H11: an answer of two words does not leave in a ruling's reason; the words alone, elsewhere, do."""
    asked = posed("When was the lamp lit?", answers=("At nine", "At ten"))
    line = {"question": {}, "turns": [], "judgments": [{"reason": "Lit AT NINE, not at ten: nine men said so."}]}
    left = withhold(line, records.Withheld(), asked, share=False)
    assert left["judgments"] == [{"reason": "Lit ██ ████, not ██ ███: nine men said so."}]
