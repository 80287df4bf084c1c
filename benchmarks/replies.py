"""What the loopback server says: speeches that quote the passage they were sent, and rulings in the form asked for.

Everything follows from the request and a number drawn from it, so the same request has the same reply.
"""

from __future__ import annotations

import json
import random
import re
from typing import Any

_PROSE = (
    "the passage says plainly what happened and my opponent has not answered it the letter was written before the "
    "storm so the later remark cannot explain the choice that the keeper made when the lamp went out we are told "
    "twice that nobody had asked her to stay and that alone decides between these two answers because a reason that "
    "comes after the act is no reason for it whoever reads the second scene again will find that the boat had left "
    "and the money was still on the table which fits only one of them"
)
_SENTENCE = re.compile(rb'(?<=[.!?] )[A-Z][^.!?"\\<>]{30,160}[.!?]')
_PASSAGE = re.compile(rb"<passage[^>]*>(.*?)</passage", re.DOTALL)
_ASKS_FOR_SHARES = re.compile(rb'probabilities\\?"\s*:\s*\{[^}]*\}')
_LABEL = re.compile(rb'\\?"([A-Z])\\?"\s*:')
_STOCK = 64


class Replies:
    """A stock of sentences, made once, and the ways to put a reply together from it."""

    def __init__(self, *, seed: int = 0, words: int = 150) -> None:
        rng = random.Random(seed)
        self._openers = [_prose(rng, 40).encode() for _ in range(_STOCK)]
        self._closers = [_prose(rng, max(10, words - 90)).encode() for _ in range(_STOCK)]
        self._notes = [_prose(rng, 20).encode() for _ in range(_STOCK)]
        self._reasons = [_prose(rng, 25) for _ in range(_STOCK)]

    def reply(self, body: bytes, draw: int) -> bytes:
        """Return the reply to a request as the inside of a JSON string, so without its quotation marks."""
        form = _form(body)
        if form is not None:
            return _inside(json.dumps(self._filled(form, draw)))
        asked = _ASKS_FOR_SHARES.search(body)
        if asked:
            labels = [label.decode() for label in _LABEL.findall(asked.group())] or ["A", "B"]
            ruling = {"reason": self._reasons[draw % _STOCK], "probabilities": shares(labels, draw)}
            return _inside(self._reasons[(draw >> 8) % _STOCK] + "\n\n" + json.dumps(ruling))
        return self._speech(body, draw)

    def _speech(self, body: bytes, draw: int) -> bytes:
        """Return notes and a speech with two quotations: sentences of the passage, escaped as they came."""
        passage = _PASSAGE.search(body)
        said = _SENTENCE.findall(passage.group(1) if passage else body) or [b"The boat had left."]
        one, two = said[draw % len(said)], said[(draw >> 16) % len(said)]
        return b"".join((
            b"<scratchpad>", self._notes[draw % _STOCK], b"</scratchpad>\\n\\n<argument>",
            self._openers[(draw >> 8) % _STOCK], b" The passage says: <quote>", one, b"</quote>\\n\\n",
            b"And further on: <quote>", two, b"</quote> ", self._closers[(draw >> 24) % _STOCK], b"</argument>",
        ))  # fmt: skip

    def _filled(self, schema: Any, draw: int, name: str = "") -> Any:
        """Return a value that a JSON schema allows."""
        if name == "probabilities":
            return shares(list(schema.get("properties", {})), draw)
        if "enum" in schema:
            return schema["enum"][draw % len(schema["enum"])]
        match schema.get("type"):
            case "object":
                return {key: self._filled(value, draw, key) for key, value in schema.get("properties", {}).items()}
            case "array":
                return [self._filled(schema.get("items", {}), draw)]
            case "number":
                return round((draw % 10_000) / 10_000, 4)
            case "integer":
                return 1
            case "boolean":
                return False
        return self._reasons[draw % _STOCK]


def shares(labels: list[str], draw: int) -> dict[str, float]:
    """Return probabilities of labels that add up to 1, in ten thousandths."""
    weights = [1 + (draw >> (11 * i)) % 997 for i in range(len(labels))]
    parts = [10_000 * weight // sum(weights) for weight in weights]
    parts[0] += 10_000 - sum(parts)
    return {label: part / 10_000 for label, part in zip(labels, parts, strict=True)}


def _form(body: bytes) -> Any:
    """Return the JSON schema that a request holds its reply to, in either API's place."""
    if b'"json_schema"' not in body:
        return None
    sent = json.loads(body)
    asked = sent.get("response_format") or sent.get("output_config", {}).get("format") or {}
    return asked.get("schema") or asked.get("json_schema", {}).get("schema")


def _prose(rng: random.Random, words: int) -> str:
    stock, sentences = _PROSE.split(), []
    while words > 0:
        length = min(words, rng.randint(9, 19))
        start = rng.randrange(len(stock) - length)
        sentences.append(" ".join(stock[start : start + length]).capitalize() + ".")
        words -= length
    return " ".join(sentences)


def _inside(text: str) -> bytes:
    return json.dumps(text)[1:-1].encode()
