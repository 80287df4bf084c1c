"""A server on loopback that answers as it is told, request by request: with replies, and with everything else.

async with Faults(said("Hello."), status(429, {"retry-after": "3"}), reset()) as server:
    ...  # three requests to server.url; further ones get said()
server.asked  # what was sent
"""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

MODELS = ("gpt-5", "gpt-5-mini", "claude-haiku-4-5")
_HTML = b"<!doctype html><title>Bad gateway</title><h1>Please come back later</h1>"


@dataclass(frozen=True)
class Answer:
    """What a request is answered with; `cut` resets the connection after so many bytes of the body."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    silent: bool = False


@dataclass(frozen=True)
class Asked:
    """What was sent."""

    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    raw: bytes


def chat(
    message: Mapping[str, Any], *, finish: str | None = "stop", model: str = "gpt-5-2025-08-07", **more: Any
) -> Answer:
    """A chat completion around any message."""
    choice = {"index": 0, "message": {"role": "assistant", **message}, "finish_reason": finish}
    usage = {
        "prompt_tokens": 1200,
        "completion_tokens": 200,
        "total_tokens": 1400,
        "prompt_tokens_details": {"cached_tokens": 1024},
        "completion_tokens_details": {"reasoning_tokens": 64},
    }
    extra = more.pop("choice", {})
    whole = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "model": model,
        "choices": [choice | extra],
        "usage": usage,
    }
    return Answer(json.dumps(whole | more).encode())


def said(text: str = "I hold my answer.", **more: Any) -> Answer:
    """An ordinary chat completion."""
    return chat({"content": text}, **more)


def message(*blocks: Mapping[str, Any], stop: str | None = "end_turn", **more: Any) -> Answer:
    """A message of Anthropic's API around any blocks."""
    usage = {
        "input_tokens": 100,
        "cache_read_input_tokens": 1000,
        "cache_creation_input_tokens": 100,
        "output_tokens": 200,
        "output_tokens_details": {"thinking_tokens": 64},
    }
    whole = {"id": "msg_1", "type": "message", "role": "assistant", "model": "claude-haiku-4-5-20251001"}
    return Answer(json.dumps(whole | {"content": list(blocks), "stop_reason": stop, "usage": usage} | more).encode())


def spoken(text: str = "I hold my answer.", **more: Any) -> Answer:
    """An ordinary message of Anthropic's API."""
    return message({"type": "text", "text": text}, **more)


def status(code: int, headers: Mapping[str, str] | None = None, *, error: Any = None) -> Answer:
    """A refusal, with an error object in the body that both APIs' clients read."""
    error = {"message": f"Refused with {code}.", "type": "error"} | (error or {})
    return Answer(json.dumps({"type": "error", "error": error}).encode(), code, headers or {})


def html() -> Answer:
    """A page where a reply should be, as from a proxy, with status 200."""
    return Answer(_HTML, headers={"content-type": "text/html"})


def raw(body: bytes) -> Answer:
    """Any body with status 200."""
    return Answer(body)


def reset(answer: Answer | None = None) -> Answer:
    """A connection that is reset in the middle of a reply."""
    answer = answer or said()
    return Answer(answer.body, answer.status, answer.headers, cut=len(answer.body) // 2)


def silence() -> Answer:
    """No answer at all."""
    return Answer(silent=True)


class _NotHttp(Exception):
    """What was sent is not HTTP, but a TLS handshake perhaps."""


class Faults:
    """The server; it stops, with everything that it keeps waiting, at the end of its block."""

    def __init__(
        self,
        *script: Answer,
        models: tuple[str, ...] | Answer = MODELS,
        otherwise: Answer | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.script = list(script)
        self.models = models
        self.otherwise = otherwise
        self.tls = tls
        self.asked: list[Asked] = []
        self.url = ""

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """The bodies of everything that was posted."""
        return [asked.body for asked in self.asked if asked.method == "POST"]

    async def __aenter__(self) -> Self:
        self._tasks: set[asyncio.Task[None]] = set()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self.tls)
        scheme = "https" if self.tls else "http"
        self.url = f"{scheme}://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            while asked := await _read(reader):
                self.asked.append(asked)
                if not await self._answer(asked, writer):
                    break
        except _NotHttp:
            writer.write(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n")
        except (ConnectionError, asyncio.CancelledError):
            pass  # the client hung up, or the test is over
        finally:
            writer.close()

    async def _answer(self, asked: Asked, writer: asyncio.StreamWriter) -> bool:
        answer = self._next(asked)
        if answer.silent:
            await asyncio.Event().wait()
        head = {"content-type": "application/json", **answer.headers, "content-length": str(len(answer.body))}
        lines = [f"HTTP/1.1 {answer.status} X", *(f"{name}: {value}" for name, value in head.items()), "", ""]
        writer.write("\r\n".join(lines).encode() + answer.body[: answer.cut])
        await writer.drain()
        if answer.cut is None:
            return True
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # close with a reset
        writer.transport.abort()
        return False

    def _next(self, asked: Asked) -> Answer:
        if asked.method == "GET":
            return self._listing(asked.path)
        if self.script:
            return self.script.pop(0)
        return self.otherwise or (spoken() if asked.path.endswith("/messages") else said())

    def _listing(self, path: str) -> Answer:
        if isinstance(self.models, Answer):
            return self.models
        page, _, one = path.partition("?")[0].partition("/models/")
        if one:
            return Answer(b"{}") if one in self.models else status(404)
        assert page.endswith("/models")
        listed = [{"id": name, "object": "model"} for name in self.models]
        return Answer(json.dumps({"object": "list", "data": listed}).encode())


async def _read(reader: asyncio.StreamReader) -> Asked | None:
    try:
        begin = await reader.readexactly(1)
        if not begin.isalpha():
            await reader.read(65_536)
            raise _NotHttp
        head = begin + await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode("latin-1").strip().split("\r\n")
    method, path, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Asked(method, path, headers, json.loads(body) if body else {}, body)
