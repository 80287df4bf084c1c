"""A server on loopback that speaks OpenAI's chat completions and Anthropic's messages, for load and for faults.

    python -m benchmarks.server --latency-ms 50 --rate-429 0.05    # prints {"url": "http://127.0.0.1:PORT", "pid": ...}

A bare asyncio protocol, so that it costs a fraction of what any client does. Replies, errors and latencies follow
from a request's bytes and from how often they were seen, so that a retry may succeed and two runs agree. `/stats`
tells what was counted; POST `/reset` forgets it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import re
import signal
import time
import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from benchmarks.replies import Replies

MODELS = ("mock", "gpt-5", "gpt-5-mini", "claude-haiku-4-5", "claude-opus-4-7")
CHARACTERS = 4  # to a token
BLOCK = 16  # characters in a step of the prefix that is compared
_REASONS = {200: b"OK", 404: b"Not Found", 429: b"Too Many Requests", 500: b"Internal Server Error"}
_LENGTH = re.compile(rb"\r\ncontent-length:\s*(\d+)", re.IGNORECASE)
_CLOSE = re.compile(rb"\r\nconnection:\s*close", re.IGNORECASE)
_MODEL = re.compile(rb'"model"\s*:\s*"([^"\\]*)"')
_MASK = 2**64 - 1


@dataclass(frozen=True)
class Settings:
    """How the server behaves."""

    latency_ms: float = 0.0
    spread: float = 0.0
    """The sigma of a lognormal latency whose mean is `latency_ms`; 0 for a fixed one."""
    rate_429: float = 0.0
    rate_500: float = 0.0
    rate_529: float = 0.0
    retry_after_s: float = 1.0
    most_in_flight: int = 0
    """More calls than this at once get a 429; 0 for no limit."""
    cache: bool = False
    """Whether the usage tells the tokens of the longest prefix that an answered prompt shares."""
    words: int = 150
    seed: int = 0


@dataclass
class Counts:
    """What was counted since the start, or since it was last forgotten."""

    requests: int = 0
    status: Counter[int] = field(default_factory=Counter)
    in_flight: int = 0
    most_in_flight: int = 0
    connections: int = 0
    repeated: int = 0
    """Requests whose bytes had been seen before."""
    repeated_after_reply: int = 0
    """Requests that had been answered already: what was bought twice."""
    bytes_in: int = 0
    latency_s: float = 0.0
    """What all replies together were held back."""
    input_tokens: int = 0
    cached_tokens: int = 0
    seen: dict[int, int] = field(default_factory=dict)
    answered: set[int] = field(default_factory=set)
    prefixes: set[int] = field(default_factory=set)
    began: float = field(default_factory=time.process_time)

    def told(self) -> dict[str, Any]:
        """Return the counts as JSON."""
        hidden = ("seen", "answered", "prefixes", "began", "status")
        plain = {name: value for name, value in vars(self).items() if name not in hidden}
        status = {str(code): n for code, n in sorted(self.status.items())}
        return plain | {
            "status": status,
            "distinct": len(self.seen),
            "cpu_s": round(time.process_time() - self.began, 4),
        }


@dataclass(frozen=True)
class Response:
    """What a request is answered with, and when."""

    status: int
    payload: bytes
    wait_s: float = 0.0
    key: int = 0
    prefixes: tuple[int, ...] = ()
    """What later prompts may share, once this is sent."""


class Server:
    """What all connections share: settings, replies and counts."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.replies = Replies(seed=settings.seed, words=settings.words)
        self.counts = Counts()
        rates = ((429, settings.rate_429), (500, settings.rate_500), (529, settings.rate_529))
        self._errors = [(code, rate) for code, rate in rates if rate > 0]

    def take(self, body: bytes, *, openai: bool) -> Response:
        """Count a request and return what it is answered with."""
        counts = self.counts
        key = zlib.crc32(body, self.settings.seed) << 20 | len(body) & 0xFFFFF
        times = counts.seen.get(key, 0)
        counts.seen[key] = times + 1
        counts.requests += 1
        counts.bytes_in += len(body)
        counts.repeated += times > 0
        counts.repeated_after_reply += key in counts.answered
        counts.in_flight += 1
        counts.most_in_flight = max(counts.most_in_flight, counts.in_flight)
        draw = _mixed(key * 0x9E3779B97F4A7C15 + times * 0x2545F491)
        status = self._status(draw)
        if status != 200:
            return Response(status, _refusal(status, self.settings.retry_after_s))
        prefixes = _prefixes(body) if self.settings.cache else ()
        payload = self._reply(body, draw, prefixes, openai=openai)
        wait_s = self._latency(draw)
        counts.latency_s += wait_s
        return Response(200, payload, wait_s, key, prefixes)

    def done(self, response: Response) -> None:
        """Count a response that went out; from now on its prompt is one that others may share."""
        self.counts.in_flight -= 1
        self.counts.status[response.status] += 1
        if response.status == 200:
            self.counts.answered.add(response.key)
            self.counts.prefixes.update(response.prefixes)

    def _status(self, draw: int) -> int:
        if self.settings.most_in_flight and self.counts.in_flight > self.settings.most_in_flight:
            return 429
        left = (draw >> 11) / (1 << 53)
        for code, rate in self._errors:
            if left < rate:
                return code
            left -= rate
        return 200

    def _latency(self, draw: int) -> float:
        mean, sigma = self.settings.latency_ms / 1000, self.settings.spread
        if not sigma:
            return mean
        one, two = ((_mixed(draw + 1) >> 11) + 1) / ((1 << 53) + 1), (_mixed(draw + 2) >> 11) / (1 << 53)
        normal = math.sqrt(-2 * math.log(one)) * math.cos(2 * math.pi * two)
        return mean * math.exp(sigma * normal - sigma * sigma / 2)

    def _reply(self, body: bytes, draw: int, prefixes: tuple[int, ...], *, openai: bool) -> bytes:
        text = self.replies.reply(body, draw)
        named = _MODEL.search(body)
        model = named.group(1) if named else b"mock"
        shared = next((n for n, state in enumerate(prefixes) if state not in self.counts.prefixes), len(prefixes))
        cached = shared * BLOCK // CHARACTERS
        sent = max(cached, (len(prefixes) * BLOCK or len(body)) // CHARACTERS)
        self.counts.input_tokens += sent
        self.counts.cached_tokens += cached
        made = _chat if openai else _message
        return _http(200, made(text, model, draw, sent, cached, len(text) // CHARACTERS))


def _prefixes(body: bytes) -> tuple[int, ...]:
    """Return a number for each prefix of a prompt, in steps of a block; equal ones mean equal text and model."""
    sent = json.loads(body)
    prompt, state, states = _flat(sent), zlib.crc32(str(sent.get("model")).encode()), []
    for start in range(0, len(prompt) - BLOCK + 1, BLOCK):
        state = hash((state, prompt[start : start + BLOCK]))
        states.append(state)
    return tuple(states)


def _flat(sent: dict[str, Any]) -> str:
    """Return a prompt as one text, in the order in which both APIs read it."""
    messages = [{"role": "system", "content": sent.get("system", "")}, *sent.get("messages", ())]
    texts = []
    for message in messages:
        content = message["content"]
        parts = [content] if isinstance(content, str) else [block.get("text", "") for block in content]
        texts.append(f"\n{message['role']}\n{''.join(parts)}" if any(parts) else "")
    return "".join(texts)


def _mixed(number: int) -> int:
    """Return 64 well-mixed bits."""
    number &= _MASK
    number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9 & _MASK
    number = (number ^ (number >> 27)) * 0x94D049BB133111EB & _MASK
    return number ^ (number >> 31)


def _chat(text: bytes, model: bytes, draw: int, sent: int, cached: int, said: int) -> bytes:
    return (
        b'{"id":"chatcmpl-%016x","object":"chat.completion","created":1760000000,"model":"%s","choices":[{"index":0,'
        b'"message":{"role":"assistant","content":"%s","refusal":null,"annotations":[]},"logprobs":null,'
        b'"finish_reason":"stop"}],"usage":{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d,'
        b'"prompt_tokens_details":{"cached_tokens":%d,"audio_tokens":0},"completion_tokens_details":'
        b'{"reasoning_tokens":0,"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}},'
        b'"service_tier":"default","system_fingerprint":"fp_0"}'
    ) % (draw, model, text, sent, said, sent + said, cached)


def _message(text: bytes, model: bytes, draw: int, sent: int, cached: int, said: int) -> bytes:
    return (
        b'{"id":"msg_%016x","type":"message","role":"assistant","model":"%s","content":[{"type":"text","text":"%s"}],'
        b'"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":%d,"cache_creation_input_tokens":0,'
        b'"cache_read_input_tokens":%d,"output_tokens":%d,"service_tier":"standard"}}'
    ) % (draw, model, text, sent - cached, cached, said)


def _refusal(status: int, retry_after_s: float) -> bytes:
    error = b'{"type":"error","error":{"type":"api_error","code":null,"message":"Injected by the test server."}}'
    return _http(status, error, b"retry-after: %g\r\n" % retry_after_s if status != 500 else b"")


def _http(status: int, body: bytes, more: bytes = b"") -> bytes:
    head = b"HTTP/1.1 %d %s\r\ncontent-type: application/json\r\ncontent-length: %d\r\n%s\r\n"
    return head % (status, _REASONS.get(status, b"Error"), len(body), more) + body


class Connection(asyncio.Protocol):
    """One kept-alive connection, on which a client asks again only when it was answered."""

    def __init__(self, server: Server, loop: asyncio.AbstractEventLoop) -> None:
        self._server = server
        self._loop = loop
        self._left = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._server.counts.connections += 1

    def data_received(self, data: bytes) -> None:
        self._left += data
        while (end := self._left.find(b"\r\n\r\n")) >= 0:
            head = self._left[: end + 2]
            length = _LENGTH.search(head)
            stop = end + 4 + (int(length.group(1)) if length else 0)
            if len(self._left) < stop:
                return
            body, self._left = self._left[end + 4 : stop], self._left[stop:]
            self._route(head, body)

    def _route(self, head: bytes, body: bytes) -> None:
        method, path, _ = head.split(b" ", 2)
        path = path.partition(b"?")[0]
        if method == b"POST" and path.endswith((b"/chat/completions", b"/messages")):
            response = self._server.take(body, openai=path.endswith(b"/chat/completions"))
            if response.wait_s > 0:
                self._loop.call_later(response.wait_s, self._send, response, head)
            else:
                self._send(response, head)
        else:
            self._write(self._page(path), head)

    def _page(self, path: bytes) -> bytes:
        if path == b"/stats":
            return _http(200, json.dumps(self._server.counts.told()).encode())
        if path == b"/reset":
            self._server.counts = Counts()
            return _http(200, b"{}")
        if path.endswith(b"/models"):
            listed = [{"id": name, "object": "model"} for name in MODELS]
            return _http(200, json.dumps({"object": "list", "data": listed}).encode())
        return _http(404, b'{"error":{"message":"There is nothing here."}}')

    def _send(self, response: Response, head: bytes) -> None:
        self._server.done(response)
        self._write(response.payload, head)

    def _write(self, response: bytes, head: bytes) -> None:
        assert isinstance(self._transport, asyncio.WriteTransport)
        if not self._transport.is_closing():
            self._transport.write(response)
            if _CLOSE.search(head):
                self._transport.close()


async def serve(settings: Settings, port: int = 0) -> None:
    """Serve until SIGTERM, SIGINT or the end of standard input, having printed the address as JSON."""
    loop = asyncio.get_running_loop()
    server = Server(settings)
    listening = await loop.create_server(lambda: Connection(server, loop), "127.0.0.1", port, backlog=4096)
    over = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, over.set)
    print(json.dumps({"url": f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"}), flush=True)
    await over.wait()
    listening.close()


def main() -> None:
    """Read the settings from the command line and serve."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0)
    for name, value in vars(Settings()).items():
        flag = f"--{name.replace('_', '-')}"
        if isinstance(value, bool):
            parser.add_argument(flag, action="store_true")
        else:
            parser.add_argument(flag, type=type(value), default=value)
    given = vars(parser.parse_args())
    port = given.pop("port")
    asyncio.run(serve(Settings(**given), port))


if __name__ == "__main__":
    main()
