"""How is a speech put together so that it keeps within its words?"""

from __future__ import annotations

from debate.wording import count


class Draft:
    """Sentences of a speech; each is taken only if it still fits."""

    def __init__(self, limit: int, taken: list[tuple[int, int]] | None = None) -> None:
        self.room = limit
        self.taken = taken or []
        """Spans of the passage that are quoted already or not to be quoted."""
        self._said: list[str] = []

    def add(self, *sentences: str) -> bool:
        """Say the sentences, together or not at all."""
        text = " ".join(filter(None, sentences))
        words = count(text.replace("<quote>", " ").replace("</quote>", " "))
        if not words or words > self.room:
            return False
        self.room -= words
        self._said.append(text)
        return True

    @property
    def quotes(self) -> bool:
        """Whether anything is quoted so far."""
        return any("<quote>" in said for said in self._said)

    @property
    def text(self) -> str:
        """The speech so far."""
        return " ".join(self._said)


def quote(text: str) -> str:
    """Put a passage's words between quotation tags."""
    return f"<quote>{text}</quote>"
