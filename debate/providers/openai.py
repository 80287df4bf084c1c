"""OpenAI's chat completions, and every server that speaks them: a request out, a completion or a typed error back."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

import openai

from debate.domain import Completion, CompletionState, Request, Usage
from debate.errors import Permanent
from debate.providers import http
from debate.providers.account import Account
from debate.providers.connections import UNUSED
from debate.providers.preflight import accepted
from debate.providers.wire import Wire

_RESERVED = {"messages", "model", "n", "stream"}
_STATES: dict[str, CompletionState] = {"length": "truncated", "content_filter": "refused"}
_KEY_LENGTH = 64  # the longest prompt_cache_key that OpenAI takes
_SEEDS = 2**31  # some servers hold the seed in 32 bits, signed
_TOP = 20  # the most alternatives that OpenAI gives for a token
_BEFORE_LABEL = re.compile(r'(?:^|</think>|"winner"\s*:)[^A-Za-z0-9{]*$')
_OPTIONAL: dict[str, tuple[str, ...]] = {
    "response_format": ("response_format", "json_schema"),
    "logprobs": ("logprobs",),
    "prompt_cache_key": ("prompt_cache_key",),
    "seed": ("seed",),
    "max_tokens": ("max_tokens", "max_completion_tokens"),
}
"""What is added, or spelled one of two ways, without the user's asking; and the words by which a server refuses it."""


class OpenAI:
    """One account of an API that speaks chat completions."""

    def __init__(self, account: Account, *, timeout_s: float = 180.0) -> None:
        key = account.key or "none"  # a local server without a key ignores it, and the SDK insists on one
        self._wire = Wire(
            account,
            (openai.AsyncOpenAI(api_key=key, base_url=url, http_client=UNUSED) for url in account.urls),
            optional=_OPTIONAL,
            timeout_s=timeout_s,
        )
        self._swap = account.home
        self.account = account.id
        self.paid = not account.local

    async def complete(self, request: Request) -> Completion:
        """Make one attempt."""
        found = await self._wire.ask("/chat/completions", request, self._body)
        account = self._wire.account
        if found.ok:
            return reply(found.content, account, request.labels)
        if http.filtered(found):
            return Completion(text="", state="refused", usage=Usage(calls=1))
        raise http.refused(found, account, request.sampling.model.partition("/")[2])

    async def probe(self, model: str) -> None:
        """Ask for the endpoint's models, which is free, and see that this one is among them."""
        await accepted(model.partition("/")[2], self._wire, "/models")

    async def aclose(self) -> None:
        """Close the connections."""
        await self._wire.aclose()

    def _body(self, request: Request, model: str, without: frozenset[str]) -> dict[str, Any]:
        limit = "max_completion_tokens" if self._swap != ("max_tokens" in without) else "max_tokens"
        return body(request, model, limit=limit, without=without)


def body(
    request: Request, model: str, *, limit: str = "max_completion_tokens", without: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Return the body of a request; `limit` is this server's name for the most tokens of a reply."""
    sampling = request.sampling
    if _RESERVED & sampling.extra.keys():
        names = ", ".join(sorted(_RESERVED & sampling.extra.keys()))
        raise Permanent(f'"extra" of the model "{sampling.model}" may not set {names}.')
    fields: dict[str, Any] = {
        "model": model,
        "messages": [{"role": message.role, "content": message.text} for message in request.messages],
        limit: sampling.max_output_tokens,
        "temperature": sampling.temperature,
        "reasoning_effort": sampling.reasoning,
    }
    if request.seed and "seed" not in without:
        fields["seed"] = request.seed % _SEEDS
    if request.cache_key and "prompt_cache_key" not in without:
        fields["prompt_cache_key"] = request.cache_key[:_KEY_LENGTH]
    if request.form is not None and "response_format" not in without:
        schema = {"name": "reply", "schema": request.form, "strict": _closed(request.form)}
        fields["response_format"] = {"type": "json_schema", "json_schema": schema}
    if request.labels and "logprobs" not in without:
        fields |= {"logprobs": True, "top_logprobs": _TOP}
    return {name: value for name, value in fields.items() if value is not None} | sampling.extra


def _closed(schema: Any) -> bool:
    """Tell whether a schema keeps the rules of strict mode: objects name every field and allow no other."""
    if isinstance(schema, list):
        return all(map(_closed, schema))
    if not isinstance(schema, dict):
        return True
    if schema.get("type") == "object":
        properties = schema.get("properties", {})
        if schema.get("additionalProperties") is not False or set(schema.get("required", ())) != set(properties):
            return False
    return all(map(_closed, schema.values()))


def reply(content: bytes, account: Account, labels: tuple[str, ...] = ()) -> Completion:
    """Return the completion that the body of a successful response holds."""
    whole = http.loads(content, account)
    try:
        choice = whole["choices"][0]
        message = choice["message"]
        text, refusal = message.get("content"), message.get("refusal")
    except (KeyError, IndexError, TypeError, AttributeError):
        raise http.unusable(account, "JSON that holds no choices") from None
    thinking = message.get("reasoning_content") or message.get("reasoning")
    state = _STATES.get(choice.get("finish_reason"), "ok")
    if refusal and isinstance(refusal, str):
        text, state = text or refusal, "refused"
    if text is None and (thinking or state != "ok"):
        text = ""
    if not isinstance(text, str) or message.get("tool_calls"):
        raise http.unusable(account, "something other than text")
    if state == "ok" and not text.strip():
        state = "empty"
    return Completion(
        text=text,
        thinking=thinking if isinstance(thinking, str) else "",
        state=state,
        usage=_usage(whole.get("usage")),
        model=_text(whole.get("model")),
        logprobs=beliefs(choice.get("logprobs"), labels) if labels else None,
    )


def _usage(usage: Any) -> Usage:
    read = http.count(usage, "prompt_tokens")
    return Usage(
        input_tokens=read,
        cached_tokens=min(read, http.count(usage, "prompt_tokens_details", "cached_tokens")),
        cache_write_tokens=min(read, http.count(usage, "prompt_tokens_details", "cache_write_tokens")),
        output_tokens=http.count(usage, "completion_tokens"),
        reasoning_tokens=http.count(usage, "completion_tokens_details", "reasoning_tokens"),
        calls=1,
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def beliefs(logprobs: Any, labels: Iterable[str]) -> dict[str, float] | None:
    """Return the probability of each label where the reply gives its answer, over the labels alone.

    The answer is a label that begins the reply, or that follows `"winner":`.
    """
    wanted = dict.fromkeys(labels, 0.0)
    tokens = logprobs.get("content") if isinstance(logprobs, Mapping) else None
    said = ""
    for token in tokens if isinstance(tokens, list) else ():
        if not isinstance(token, dict):
            return None
        word = _text(token.get("token"))
        if _label(word) in wanted and _BEFORE_LABEL.search(said):
            return _shares(token.get("top_logprobs"), wanted)
        said += word
    return None


def _label(token: str) -> str:
    return token.strip(" \t\n\"'`*_()[]<>{}:.,")


def _shares(alternatives: Any, wanted: dict[str, float]) -> dict[str, float] | None:
    for other in alternatives if isinstance(alternatives, list) else ():
        value = other.get("logprob") if isinstance(other, dict) else None
        label = _label(_text(other.get("token"))) if isinstance(other, dict) else ""
        if label in wanted and isinstance(value, int | float) and value <= 0:
            wanted[label] += math.exp(value)
    total = sum(wanted.values())
    return {label: share / total for label, share in wanted.items()} if total > 0 else None
