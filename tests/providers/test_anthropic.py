"""The messages API over real sockets: what is sent, and what every kind of answer becomes."""

from __future__ import annotations

import inspect
from typing import Any

import anthropic
import pytest

from debate.domain import Completion, Message, Part, Request
from debate.errors import AccountError, DebateError, Permanent, TimedOut, Transient
from debate.providers.account import Account
from debate.providers.anthropic import MAX_TOKENS, MAX_TOKENS_THINKING, Anthropic, body
from tests import builders
from tests.faults import Answer, Faults, html, message, raw, reset, silence, spoken, status

KEY = "sk-ant-sentinel-4f9c2e7b1a6d8035"
FORM: dict[str, Any] = {
    "type": "object",
    "properties": {"probability": {"type": "number", "minimum": 0, "maximum": 1}},
    "required": ["probability"],
    "additionalProperties": False,
}
EPHEMERAL = {"type": "ephemeral"}


def request(**more: Any) -> Request:
    settings = {k: more.pop(k) for k in ("temperature", "max_output_tokens", "reasoning", "extra") if k in more}
    asked = builders.ask(voice=builders.player(model="anthropic/claude-haiku-4-5", **settings))
    return builders.request(asked).model_copy(update=more)


async def answer(told: Answer, sent: Request | None = None, *, timeout_s: float = 30.0) -> Completion:
    async with Faults(told) as server:
        provider = Anthropic(Account("anthropic", "anthropic", (server.url,), key=KEY), timeout_s=timeout_s)
        try:
            return await provider.complete(sent or request())
        finally:
            await provider.aclose()


async def failure(told: Answer, *, timeout_s: float = 30.0) -> DebateError:
    with pytest.raises(DebateError) as caught:
        await answer(told, timeout_s=timeout_s)
    return caught.value


async def test_a_reply_comes_back_whole() -> None:
    """Input tokens include those read from and written to the cache, which the API counts beside them."""
    done = await answer(spoken("I hold my answer."))
    assert (done.text, done.state, done.model) == ("I hold my answer.", "ok", "claude-haiku-4-5-20251001")
    spent = done.usage
    assert (spent.input_tokens, spent.cached_tokens, spent.cache_write_tokens) == (1200, 1000, 100)
    assert (spent.output_tokens, spent.reasoning_tokens, spent.calls) == (200, 64, 1)


async def test_what_is_sent() -> None:
    """System text and messages go out as blocks, which end where a prefix is worth caching."""
    messages = (
        Message(role="system", parts=(Part(text="Rules. "), Part(text="Passage.", cache=True), Part(text=" End."))),
        Message(role="user", parts=(Part(text="Transcript.", cache=True), Part(text="Speak."))),
    )
    async with Faults() as server:
        provider = Anthropic(Account("anthropic", "anthropic", (server.url,), key=KEY))
        await provider.complete(request(messages=messages, temperature=0.2, extra={"top_k": 5}))
        await provider.aclose()
    assert server.asked[0].path == "/v1/messages"
    assert server.asked[0].headers["authorization"] == f"Bearer {KEY}"
    assert server.bodies == [
        {
            "model": "claude-haiku-4-5",
            "max_tokens": MAX_TOKENS,
            "system": [
                {"type": "text", "text": "Rules. Passage.", "cache_control": EPHEMERAL},
                {"type": "text", "text": " End."},
            ],
            "messages": [
                {
                    "role": "user",
                    "content": [
                        {"type": "text", "text": "Transcript.", "cache_control": EPHEMERAL},
                        {"type": "text", "text": "Speak."},
                    ],
                }
            ],
            "temperature": 0.2,
            "top_k": 5,
        }
    ]


def test_no_more_breakpoints_than_the_api_takes() -> None:
    """Of six marks the last four are sent: each covers all that stands before it."""
    marked = Message(role="user", parts=tuple(Part(text=f"part {n}", cache=True) for n in range(6)))
    blocks = body(request(messages=(marked,)), "claude")["messages"][0]["content"]
    assert ["cache_control" in block for block in blocks] == [False, False, True, True, True, True]


def test_blank_parts_join_their_neighbours() -> None:
    """The API refuses blocks without text, so none is sent."""
    marked = Message(
        role="user", parts=(Part(text="", cache=True), Part(text="\n"), Part(text="Speak."), Part(text=""))
    )
    assert body(request(messages=(marked,)), "claude")["messages"][0]["content"] == [
        {"type": "text", "text": "\nSpeak."}
    ]


@pytest.mark.parametrize(
    ("reasoning", "limit", "fields"),
    [
        (None, None, {"max_tokens": MAX_TOKENS}),
        (None, 600, {"max_tokens": 600}),
        ("none", 600, {"max_tokens": 600, "thinking": {"type": "disabled"}}),
        ("8000", 600, {"max_tokens": 8600, "thinking": {"type": "enabled", "budget_tokens": 8000}}),
        (
            "high",
            None,
            {
                "max_tokens": MAX_TOKENS_THINKING,
                "thinking": {"type": "adaptive"},
                "output_config": {"effort": "high"},
            },
        ),
    ],
)
def test_reasoning_is_said_in_the_words_of_the_api(
    reasoning: str | None, limit: int | None, fields: dict[str, Any]
) -> None:
    """An effort, a budget on top of the reply, or none."""
    sent = body(request(reasoning=reasoning, max_output_tokens=limit), "claude")
    assert {name: sent[name] for name in sent if name not in ("model", "messages")} == fields


def test_the_form_of_the_reply_is_sent_in_what_the_api_knows_of_schemas() -> None:
    """Bounds on numbers, which its schemas do not know, become part of a description."""
    sent = body(request(form=FORM, reasoning="low"), "claude")["output_config"]
    assert sent["effort"] == "low"
    assert sent["format"]["type"] == "json_schema"
    assert "minimum" not in sent["format"]["schema"]["properties"]["probability"]


@pytest.mark.parametrize(
    ("told", "state", "text"),
    [
        (spoken("I will not argue this.", stop="refusal"), "refused", "I will not argue this."),
        (message(stop="refusal"), "refused", ""),
        (message(), "empty", ""),
        (spoken(" "), "empty", " "),
        (spoken("I hold my", stop="max_tokens"), "truncated", "I hold my"),
        (spoken("I hold my", stop="model_context_window_exceeded"), "truncated", "I hold my"),
        (message({"type": "thinking", "thinking": "Hm."}, stop="max_tokens"), "truncated", ""),
        (spoken("I hold my answer.", stop="stop_sequence"), "ok", "I hold my answer."),
    ],
)
async def test_replies_that_are_no_speech(told: Answer, state: str, text: str) -> None:
    """D1, D2, D3: refusals, empty and truncated replies are typed states, not errors."""
    done = await answer(told)
    assert (done.state, done.text) == (state, text)


async def test_thinking_is_kept_apart() -> None:
    """Thinking blocks do not become part of the reply, wherever they stand."""
    blocks = (
        {"type": "thinking", "thinking": "Which one is mine?", "signature": "x"},
        {"type": "redacted_thinking", "data": "x"},
        {"type": "text", "text": "I hold "},
        {"type": "text", "text": "my answer."},
    )
    done = await answer(message(*blocks))
    assert (done.text, done.thinking) == ("I hold my answer.", "Which one is mine?")


@pytest.mark.parametrize(
    "told",
    [
        html(),
        raw(b""),
        raw(spoken().body[:-30]),
        raw(b'{"content": "I hold my answer."}'),
        raw(b'{"content": null}'),
        raw(b'{"content": ["I hold my answer."]}'),
        message({"type": "text", "text": None}),
        message({"type": "text", "text": ["I hold"]}),
        message({"type": "tool_use", "id": "1", "name": "search", "input": {}}, stop="tool_use"),
        spoken("I hold", stop="pause_turn"),
        reset(spoken()),
    ],
    ids=lambda told: told.body[:24].decode("latin-1"),
)
async def test_answers_that_are_no_reply(told: Answer) -> None:
    """C10, C11, D13: a broken body, a page, a list or a tool call is worth another attempt and may be charged for."""
    error = await failure(told)
    assert isinstance(error, Transient)
    assert error.billed


async def test_a_silent_server_is_given_up() -> None:
    """C13: the whole call is bounded."""
    assert isinstance(await failure(silence(), timeout_s=0.2), TimedOut)


@pytest.mark.parametrize(
    ("told", "kind", "words"),
    [
        (
            status(401, error={"type": "authentication_error", "message": f"bad {KEY}"}),
            AccountError,
            "rejected the key",
        ),
        (status(403, error={"type": "permission_error", "message": "not here"}), AccountError, "not here"),
        (status(400, error={"message": "Your credit balance is too low"}), AccountError, "no quota left"),
        (status(402, error={"type": "billing_error"}), AccountError, "no quota left"),
        (status(404, error={"type": "not_found_error"}), Permanent, 'does not know the model "claude-haiku-4-5"'),
        (status(400, error={"message": "`temperature` is deprecated"}), Permanent, "`temperature` is deprecated"),
        (status(429, {"retry-after": "7"}), Transient, "429"),
        (status(500), Transient, "500"),
        (status(529, error={"type": "overloaded_error"}), Transient, "529"),
    ],
)
async def test_refusals_have_types(told: Answer, kind: type[DebateError], words: str) -> None:
    """C4, C5, C6, C7: every status is one of: the account's, worth another attempt, or final."""
    error = await failure(told)
    assert type(error) is kind
    assert words in str(error)
    if isinstance(error, Transient):
        assert error.busy is (told.status in (429, 529))
        assert error.retry_after_s == (7.0 if told.status == 429 else None)


async def test_exactly_one_request_is_made() -> None:
    """C7: the SDK's own retries are off."""
    async with Faults(status(529), status(529)) as server:
        provider = Anthropic(Account("anthropic", "anthropic", (server.url,), key=KEY))
        with pytest.raises(Transient):
            await provider.complete(request())
        await provider.aclose()
    assert len(server.asked) == 1


async def test_a_model_without_structured_output_is_asked_without() -> None:
    """The form is left out, and stays out, where the model refuses it by name; an effort that was asked for stays."""
    refusal = status(400, error={"message": "output_config.format: not supported by this model"})
    async with Faults(refusal) as server:
        provider = Anthropic(Account("anthropic", "anthropic", (server.url,), key=KEY))
        for _ in range(2):
            await provider.complete(request(form=FORM, reasoning="low"))
        await provider.aclose()
    assert [sorted(posted["output_config"]) for posted in server.bodies] == [
        ["effort", "format"],
        ["effort"],
        ["effort"],
    ]


def test_every_exception_of_the_sdk_is_accounted_for() -> None:
    """Requests raise statuses and lost connections, which are translated; the others belong to what is not used."""
    classes = [thing for name in anthropic.__all__ if inspect.isclass(thing := getattr(anthropic, name))]
    errors = {found for found in classes if issubclass(found, Exception)}
    translated = (anthropic.APIStatusError, anthropic.APIConnectionError)
    assert {found.__name__ for found in errors if not issubclass(found, translated)} == {
        "APIError",  # their base
        "APIResponseValidationError",  # parsed responses
        "APIWebhookValidationError",
        "AnthropicError",  # their base
        "CredentialsError",  # credentials in files
        "IdentityTokenFileError",  # credentials in files
        "RetryableError",  # raised by middleware, to have the SDK retry
    }
