"""A question is two values: what is asked, and the answer key. Only the measuring arrow joins them."""

from __future__ import annotations

from typing import Any, Self

from pydantic import Field, JsonValue, model_validator

from debate.domain.value import Value, digest


class Span(Value):
    """A half-open range of code points."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.end <= self.start:
            raise ValueError("a span ends after it starts")
        return self


class Passage(Value):
    """The text that debaters read and a judge does not."""

    id: str
    title: str = ""
    text: str

    @classmethod
    def of(cls, text: str, title: str = "") -> Passage:
        """Make a passage whose id is the hash of its title and text."""
        return cls(id=digest("p1", {"title": title, "text": text}), title=title, text=text)


class Posed(Value):
    """A question as asked: nothing here tells which answer is right."""

    id: str
    text: str
    answers: tuple[str, ...] = Field(min_length=2)
    passage: Passage | None = None

    @classmethod
    def of(cls, text: str, answers: tuple[str, ...], passage: Passage | None = None) -> Posed:
        """Make a question whose id is the hash of its content, so that an edited question is a new one."""
        content = {"text": text, "answers": list(answers), "passage": passage.id if passage else None}
        return cls(id=digest("q1", content), text=text, answers=answers, passage=passage)


class Key(Value):
    """The answer key of one question, and what is known about it.

    `correct` is None where no answer is known: then no accuracy is computed.
    """

    question: str
    correct: int | None = Field(default=None, ge=0)
    distractor: int | None = Field(default=None, ge=0)
    evidence: tuple[Span, ...] = ()
    flaws: tuple[Span, ...] = ()
    """Where a planted error stands in the passage (worked solutions)."""
    difficulty: float | None = Field(default=None, ge=0, le=1)
    domain: str = ""
    tags: tuple[str, ...] = ()
    reason: str = ""
    match_id: str | None = None
    stake_answer: int | None = Field(default=None, ge=0)
    counterpart_answer: int | None = Field(default=None, ge=0)
    transfer_of: str | None = None
    source: str = ""
    licence: str = ""
    share: bool = True
    """False keeps the texts out of exports."""
    meta: dict[str, JsonValue] = {}


class Question(Value):
    """A posed question with its key, as banks hold them; nothing past planning holds both."""

    posed: Posed
    key: Key

    def pair(self, *, seed: int) -> Question:
        """Return the two-answer question that a debate plays: the right answer and the best distractor.

        The answers keep the bank's order. Without a distractor, or without a key, chance decides by `seed`.
        """
        posed, key = self.posed, self.key
        if len(posed.answers) == 2:
            return self
        kept = _pair(key, len(posed.answers), seed)
        move = {old: new for new, old in enumerate(kept)}
        two = Posed.of(posed.text, tuple(posed.answers[i] for i in kept), posed.passage)
        changes: dict[str, Any] = {"question": two.id}
        for name in ("correct", "distractor", "stake_answer", "counterpart_answer"):
            changes[name] = move.get(getattr(key, name))
        return Question(posed=two, key=key.model_copy(update=changes))


def _pair(key: Key, answers: int, seed: int) -> list[int]:
    from_seed = sorted(range(answers), key=lambda i: digest("pair", [seed, key.question, i]))
    wanted = [i for i in (key.correct, key.distractor) if i is not None]
    return sorted(list(dict.fromkeys([*wanted, *from_seed]))[:2])
