"""How much of what could be served from a prompt cache lies in a common prefix with an earlier, answered request?

Reusable are the characters of a request's shared part (all but its private tail) that an earlier, already answered
request to the same model, audience and display order contained; tokens are taken as four characters.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import defaultdict
from itertools import takewhile
from pathlib import Path

from benchmarks import workload
from debate.domain import Completion, Request
from debate.providers import Provider
from debate.providers.scripted import Scripted

DEBATES, WANTED = 60, 0.85
BREAK = "\n\n"  # between the paragraphs that stand for what a request contains
SPEECH = "The passage says <quote>the captain signed the letter</quote>, and nothing speaks against it. " * 8
RULING = '{"reason": "It was shown.", "probabilities": {"A": 0.6, "B": 0.4}}'


class Counting:
    """A provider that measures each request against those answered before it."""

    paid = False
    account = "counting"

    def __init__(self) -> None:
        self.inner: Provider = Scripted(lambda ask: RULING if ask.purpose == "judge" else SPEECH)
        self.answered: defaultdict[tuple[str, ...], list[tuple[str, list[str]]]] = defaultdict(list)
        self.reusable = self.prefixed = self.all = 0

    async def complete(self, request: Request) -> Completion:
        """Measure a request, and remember it once it is answered."""
        assert request.ask is not None
        source = request.ask.source
        parts = [part.text for message in request.messages for part in message.parts]
        text, shared = "".join(parts), "".join(parts[:-1]).split(BREAK)
        key = (request.sampling.model, type(source).__name__, request.ask.role, *map(str, source.shown))
        earlier = self.answered[key][-40:]
        known = {piece for _, pieces in earlier for piece in pieces}
        reusable = [len(piece) + len(BREAK) for piece in shared if piece in known]
        longest = max((_common(text, before) for before, _ in earlier), default=0)
        self.reusable += sum(reusable)
        self.prefixed += min(longest, sum(reusable))
        self.all += len(text)
        completion = await self.inner.complete(request)
        await asyncio.sleep(0)
        self.answered[key].append((text, shared))
        return completion

    async def aclose(self) -> None:
        """Do nothing."""


def _common(one: str, other: str) -> int:
    """Return how many leading characters two texts share."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def main() -> None:
    """Print the share."""
    counting = Counting()
    tournament = workload.spec("lab/mock", concurrency=4)
    with tempfile.TemporaryDirectory() as folder, workload.pinned(Path(folder), tournament, DEBATES) as store:
        asyncio.run(workload.play(store, tournament, {"lab": counting}))
    print(
        f"caching: {counting.prefixed / max(counting.reusable, 1):.1%} of reusable tokens lie in a common prefix "
        f"(wanted at least {WANTED:.0%}); {counting.prefixed / counting.all:.1%} of all input"
    )


if __name__ == "__main__":
    main()
