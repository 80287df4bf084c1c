"""Anthropic's messages, and every server that speaks them: a request out, a completion or a typed error back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import anthropic

from debate.domain import Completion, CompletionState, Part, Request, Sampling, Usage
from debate.errors import Permanent
from debate.providers import http
from debate.providers.account import Account
from debate.providers.connections import UNUSED
from debate.providers.preflight import accepted
from debate.providers.wire import Wire

MAX_TOKENS = 4096  # the API insists on a limit; a speech or a ruling needs far less
MAX_TOKENS_THINKING = 16_384  # the same with room to think
_BREAKPOINTS = 4  # the most places in a request that the API caches up to
_EFFORTLESS = {"none", "off", "disabled"}
_RESERVED = {"messages", "model", "stream", "system"}
_STATES: dict[str, CompletionState] = {
    "max_tokens": "truncated",
    "model_context_window_exceeded": "truncated",
    "refusal": "refused",
}
_OPTIONAL: dict[str, tuple[str, ...]] = {
    "format": ("output_config.format", "output_config: ", "output_format", "json_schema", "structured output"),
    "cache_control": ("cache_control",),
}
"""What is added without the user's asking, and the words by which a server refuses it."""


class Anthropic:
    """One account of an API that speaks messages."""

    def __init__(self, account: Account, *, timeout_s: float = 180.0) -> None:
        key = account.key or "none"  # a local server without a key ignores it, and the SDK insists on one
        self._wire = Wire(
            account,
            (
                anthropic.AsyncAnthropic(api_key=key, base_url=url, http_client=UNUSED, open_telemetry=False)
                for url in account.urls
            ),
            optional=_OPTIONAL,
            timeout_s=timeout_s,
        )
        self.account = account.id
        self.paid = not account.local

    async def complete(self, request: Request) -> Completion:
        """Make one attempt."""
        found = await self._wire.ask("/v1/messages", request, body)
        account = self._wire.account
        if found.ok:
            return reply(found.content, account)
        raise http.refused(found, account, request.sampling.model.partition("/")[2])

    async def probe(self, model: str) -> None:
        """Ask for the endpoint's models, which is free, and see that this one is among them."""
        await accepted(model.partition("/")[2], self._wire, "/v1/models?limit=1000")

    async def aclose(self) -> None:
        """Close the connections."""
        await self._wire.aclose()


def body(request: Request, model: str, without: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return the body of a request."""
    sampling = request.sampling
    if _RESERVED & sampling.extra.keys():
        names = ", ".join(sorted(_RESERVED & sampling.extra.keys()))
        raise Permanent(f'"extra" of the model "{sampling.model}" may not set {names}.')
    system = _blocks(part for message in request.messages if message.role == "system" for part in message.parts)
    messages: list[dict[str, Any]] = [
        {"role": message.role, "content": _blocks(message.parts)}
        for message in request.messages
        if message.role != "system"
    ]
    _cached([system, *(message["content"] for message in messages)], 0 if "cache_control" in without else _BREAKPOINTS)
    fields: dict[str, Any] = {"model": model, **_thought(sampling), "messages": messages}
    if system:
        fields["system"] = system
    if sampling.temperature is not None:
        fields["temperature"] = sampling.temperature
    if request.form is not None and "format" not in without:
        schema = anthropic.transform_schema(request.form)  # leaves out what the API's schemas do not know
        fields.setdefault("output_config", {})["format"] = {"type": "json_schema", "schema": schema}
    return fields | sampling.extra


def _thought(sampling: Sampling) -> dict[str, Any]:
    """Return the limit on tokens, and how much of it may go into thinking.

    `reasoning` is an effort (`low`, ... `max`), a number of tokens to think on top of the reply, or `none`.
    """
    limit, effort = sampling.max_output_tokens, sampling.reasoning
    if effort is None:
        return {"max_tokens": limit or MAX_TOKENS}
    if effort in _EFFORTLESS:
        return {"max_tokens": limit or MAX_TOKENS, "thinking": {"type": "disabled"}}
    if effort.isdecimal():
        budget = int(effort)
        thinking = {"type": "enabled", "budget_tokens": budget}
        return {"max_tokens": budget + (limit or MAX_TOKENS), "thinking": thinking}
    config = {"effort": effort}
    return {"max_tokens": limit or MAX_TOKENS_THINKING, "thinking": {"type": "adaptive"}, "output_config": config}


def _blocks(parts: Iterable[Part]) -> list[dict[str, Any]]:
    """Return parts as text blocks that end where a prefix is worth caching; blank ones join their neighbours."""
    blocks: list[dict[str, Any]] = []
    text = ""
    for part in parts:
        text += part.text
        if part.cache and text.strip():
            blocks.append({"type": "text", "text": text, "cache_control": {"type": "ephemeral"}})
            text = ""
    if text.strip() or not blocks:
        blocks.append({"type": "text", "text": text})
    return [block for block in blocks if block["text"]]


def _cached(lists: Iterable[list[dict[str, Any]]], most: int) -> None:
    """Keep the last `most` breakpoints: a later one caches all that an earlier one does."""
    marked = [block for blocks in lists for block in blocks if "cache_control" in block]
    for block in marked[: max(0, len(marked) - most)]:
        del block["cache_control"]


def reply(content: bytes, account: Account) -> Completion:
    """Return the completion that the body of a successful response holds."""
    whole = http.loads(content, account)
    blocks, reason = whole.get("content"), whole.get("stop_reason")
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise http.unusable(account, "JSON that holds no content blocks")
    if any(block.get("type") == "tool_use" for block in blocks) or reason == "pause_turn":
        raise http.unusable(account, "something other than text")
    text, thinking = _joined(blocks, "text", account), _joined(blocks, "thinking", account)
    state = _STATES.get(reason, "ok") if isinstance(reason, str) else "ok"
    if state == "ok" and not text.strip():
        state = "empty"
    model = whole.get("model")
    return Completion(
        text=text,
        thinking=thinking,
        state=state,
        usage=_usage(whole.get("usage")),
        model=model if isinstance(model, str) else "",
    )


def _joined(blocks: list[dict[str, Any]], kind: str, account: Account) -> str:
    texts = [block.get(kind, "") for block in blocks if block.get("type") == kind]
    if not all(isinstance(text, str) for text in texts):
        raise http.unusable(account, "something other than text")
    return "".join(texts)


def _usage(usage: Any) -> Usage:
    """Return what was spent; the API counts tokens read from and written to a cache beside the input."""
    cached = http.count(usage, "cache_read_input_tokens")
    written = http.count(usage, "cache_creation_input_tokens")
    return Usage(
        input_tokens=http.count(usage, "input_tokens") + cached + written,
        cached_tokens=cached,
        cache_write_tokens=written,
        output_tokens=http.count(usage, "output_tokens"),
        reasoning_tokens=http.count(usage, "output_tokens_details", "thinking_tokens"),
        calls=1,
    )
