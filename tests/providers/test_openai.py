"""The chat completions API over real sockets: what is sent, and what every kind of answer becomes."""

from __future__ import annotations

import inspect
import json
import math
from typing import Any

import openai
import pytest

from debate.domain import Brief, Completion, Message, Part, Request, chance
from debate.errors import AccountError, DebateError, Permanent, TimedOut, Transient
from debate.providers.account import Account
from debate.providers.openai import OpenAI, body
from tests import builders
from tests.faults import Answer, Faults, chat, html, raw, reset, said, silence, status

KEY = "sk-sentinel-4f9c2e7b1a6d8035"
FORM: dict[str, Any] = {
    "type": "object",
    "properties": {"reason": {"type": "string"}},
    "required": ["reason"],
    "additionalProperties": False,
}


def request(text: str = "Speak.", **more: Any) -> Request:
    settings = {k: more.pop(k) for k in ("temperature", "max_output_tokens", "reasoning", "extra") if k in more}
    asked = builders.ask(voice=builders.player(model="openai/gpt-5", **settings))
    return builders.request(asked, text=text).model_copy(update=more)


async def send(server: Faults, sent: Request | None = None, *, timeout_s: float = 30.0) -> Completion:
    provider = OpenAI(Account("openai", "openai", (f"{server.url}/v1",), key=KEY), timeout_s=timeout_s)
    try:
        return await provider.complete(sent or request())
    finally:
        await provider.aclose()


async def answer(told: Answer, sent: Request | None = None, *, timeout_s: float = 30.0) -> Completion:
    async with Faults(told) as server:
        return await send(server, sent, timeout_s=timeout_s)


async def failure(told: Answer, *, timeout_s: float = 30.0) -> DebateError:
    with pytest.raises(DebateError) as caught:
        await answer(told, timeout_s=timeout_s)
    return caught.value


async def test_a_reply_comes_back_whole() -> None:
    """The text, the model that spoke, and every token are taken from the reply."""
    done = await answer(said("I hold my answer."))
    assert (done.text, done.state, done.model) == ("I hold my answer.", "ok", "gpt-5-2025-08-07")
    spent = done.usage
    assert (spent.input_tokens, spent.cached_tokens, spent.output_tokens, spent.reasoning_tokens, spent.calls) == (
        1200, 1024, 200, 64, 1,
    )  # fmt: skip


async def test_what_is_sent() -> None:
    """Messages are plain strings; settings that are not given are not sent."""
    messages = (
        Message(role="system", parts=(Part(text="Rules. "), Part(text="Passage.", cache=True))),
        Message(role="user", parts=(Part(text="Speak."),)),
    )
    async with Faults() as server:
        await send(server, request(messages=messages))
        await send(
            server,
            request(
                temperature=0.0,
                max_output_tokens=600,
                reasoning="low",
                extra={"top_p": 0.9},
                seed=2**40 + 7,
                cache_key="m1-0123",
                form=FORM,
            ),
        )
    plain, full = server.bodies
    assert plain == {
        "model": "gpt-5",
        "messages": [{"role": "system", "content": "Rules. Passage."}, {"role": "user", "content": "Speak."}],
    }
    assert full == {
        "model": "gpt-5",
        "messages": [{"role": "user", "content": "Speak."}],
        "max_tokens": 600,
        "temperature": 0.0,
        "reasoning_effort": "low",
        "seed": 7,
        "prompt_cache_key": "m1-0123",
        "response_format": {"type": "json_schema", "json_schema": {"name": "reply", "schema": FORM, "strict": True}},
        "top_p": 0.9,
    }
    assert server.asked[0].headers["authorization"] == f"Bearer {KEY}"


async def test_the_source_is_never_sent() -> None:
    """E20: what a request is about for built-in players stays out of every prompt and header."""
    secret = builders.posed(answers=("the hidden answer", "the other answer"))
    source = builders.brief(secret)
    sent = builders.request(builders.ask(source, voice=builders.player(model="openai/gpt-5")))
    async with Faults() as server:
        await send(server, sent)
    recorded = b"".join(asked.raw + json.dumps(asked.headers).encode() for asked in server.asked)
    assert isinstance(source, Brief)
    assert b"hidden" not in recorded
    assert b"Speak." in recorded


def test_open_schemas_are_not_called_strict() -> None:
    """A schema with optional fields is sent without strict mode, which would refuse it."""
    loose = FORM | {"required": []}
    assert body(request(form=loose), "gpt-5")["response_format"]["json_schema"]["strict"] is False


def test_a_setting_that_would_break_the_reading_of_replies_is_refused() -> None:
    """`extra` may not turn on streaming or ask for several replies."""
    with pytest.raises(Permanent, match="may not set n, stream"):
        body(request(extra={"stream": True, "n": 2}), "gpt-5")


@pytest.mark.parametrize(
    ("told", "state", "text"),
    [
        (chat({"content": None, "refusal": "I cannot argue this."}), "refused", "I cannot argue this."),
        (said("I hold", finish="content_filter"), "refused", "I hold"),
        (chat({"content": None}, finish="content_filter"), "refused", ""),
        (status(400, error={"code": "content_filter"}), "refused", ""),
        (said(""), "empty", ""),
        (said(" \n\t"), "empty", " \n\t"),
        (chat({"content": None, "reasoning_content": "I think and think"}), "empty", ""),
        (said("I hold my", finish="length"), "truncated", "I hold my"),
        (chat({"content": None}, finish="length"), "truncated", ""),
    ],
)
async def test_replies_that_are_no_speech(told: Answer, state: str, text: str) -> None:
    """D1, D2, D3: refusals, empty and truncated replies are typed states, not errors."""
    done = await answer(told)
    assert (done.state, done.text) == (state, text)


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
async def test_thinking_is_kept_apart(field: str) -> None:
    """Reasoning that a server gives beside the reply does not become part of it."""
    done = await answer(chat({"content": "I hold my answer.", field: "Which one is mine?"}))
    assert (done.text, done.thinking) == ("I hold my answer.", "Which one is mine?")


async def test_a_lone_surrogate_comes_through_both_ways() -> None:
    """D6: half a character pair in a reply is kept, and can be sent on without breaking the request."""
    done = await answer(raw(said("x").body.replace(b'"x"', b'"cut \\ud83d here"')))
    assert done.text == "cut \ud83d here"
    async with Faults() as server:
        await send(server, request(done.text))
    assert server.bodies[0]["messages"][0]["content"] == "cut \ufffd here"


@pytest.mark.parametrize(
    "told",
    [
        html(),
        raw(b""),
        raw(said().body[:-30]),
        raw(b"[" * 100_000),
        raw(b'"I hold my answer."'),
        raw(b'{"choices": []}'),
        raw(b'{"choices": [null]}'),
        raw(b'{"error": {"message": "upstream failed", "code": 502}}'),
        raw(b"\xff\xfe{}"),
        chat({"content": [{"type": "text", "text": "I hold"}]}),
        chat({"content": None}),
        chat({"content": 7}),
        chat({"content": None, "tool_calls": [{"id": "1"}]}, finish="tool_calls"),
        reset(),
    ],
    ids=lambda told: told.body[:24].decode("latin-1"),
)
async def test_answers_that_are_no_reply(told: Answer) -> None:
    """C10, C11, D13: a broken body, a page, a list or a tool call is worth another attempt and may be charged for."""
    error = await failure(told)
    assert isinstance(error, Transient)
    assert error.billed
    assert '"openai"' in str(error)


async def test_a_silent_server_is_given_up() -> None:
    """C13: the whole call is bounded; its connection is closed, so that no late reply can be taken for another's."""
    error = await failure(silence(), timeout_s=0.2)
    assert isinstance(error, TimedOut)
    assert error.billed
    assert "0.2 s" in str(error)


@pytest.mark.parametrize(
    ("told", "kind", "words"),
    [
        (status(401, error={"message": f"Incorrect API key provided: {KEY}"}), AccountError, "rejected the key"),
        (status(403), AccountError, "rejected the key"),
        (status(402), AccountError, "no quota left"),
        (status(429, error={"code": "insufficient_quota"}), AccountError, "no quota left"),
        (status(404, error={"message": "No such model"}), Permanent, 'does not know the model "gpt-5"'),
        (status(400, error={"message": "Unsupported value: 'temperature'"}), Permanent, "value: 'temperature'"),
        (status(413), Permanent, "413"),
        (status(422), Permanent, "422"),
        (status(408), Transient, "408"),
        (status(409), Transient, "409"),
        (status(429), Transient, "429"),
        (status(500), Transient, "500"),
        (status(502), Transient, "502"),
        (status(503), Transient, "503"),
        (status(529), Transient, "529"),
    ],
)  # fmt: skip
async def test_refusals_have_types(told: Answer, kind: type[DebateError], words: str) -> None:
    """C4, C5, C6, C7: every status is one of: the account's, worth another attempt, or final."""
    error = await failure(told)
    assert type(error) is kind
    assert words in str(error)


@pytest.mark.parametrize(("code", "busy"), [(429, True), (529, True), (500, False), (502, False), (503, False)])
async def test_only_a_busy_account_is_called_busy(code: int, busy: bool) -> None:
    """C7: pacing narrows on 429 and 529 and on nothing else."""
    error = await failure(status(code))
    assert isinstance(error, Transient)
    assert error.busy is busy


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "89"}, 89.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "Sat, 21 Nov 2026 10:01:30 GMT", "date": "Sat, 21 Nov 2026 10:00:00 GMT"}, 90.0),
        ({"retry-after": "Sat, 21 Nov 2026 09:00:00 GMT", "date": "Sat, 21 Nov 2026 10:00:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "nan"}, None),
        ({}, None),
    ],
)
async def test_retry_after_is_read(headers: dict[str, str], seconds: float | None) -> None:
    """C1: the wait that a server asks for is understood as seconds and as a date, by the server's own clock."""
    error = await failure(status(429, headers))
    assert isinstance(error, Transient)
    assert error.retry_after_s == seconds


async def test_exactly_one_request_is_made() -> None:
    """C7: the SDK's own retries are off."""
    async with Faults(status(503), status(503)) as server:
        with pytest.raises(Transient):
            await send(server)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("response_format", status(400, error={"message": "This response_format type is unavailable now"})),
        ("prompt_cache_key", status(422, error={"message": "Extra inputs are not permitted: prompt_cache_key"})),
        ("seed", status(400, error={"message": "Unrecognized request argument supplied: seed"})),
        ("logprobs", status(400, error={"message": "logprobs are not supported with this model"})),
    ],
)
async def test_what_a_server_does_not_know_is_left_out_and_remembered(field: str, told: Answer) -> None:
    """A field that was not asked for by the user and is refused by name is not sent to that model again."""
    sent = request(form=FORM, cache_key="k", seed=3, labels=("A", "B"))
    async with Faults(told) as server:
        provider = OpenAI(Account("lab", "openai", (f"{server.url}/v1",)))
        first, second = await provider.complete(sent), await provider.complete(sent)
        await provider.aclose()
    assert first.state == second.state == "ok"
    assert [field in posted for posted in server.bodies] == [True, False, False]


async def test_a_limit_goes_by_the_name_that_the_server_knows() -> None:
    """A server that knows only max_completion_tokens is asked again with that, once, and from then on."""
    refusal = status(
        400, error={"message": "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."}
    )
    async with Faults(refusal) as server:
        provider = OpenAI(Account("lab", "openai", (f"{server.url}/v1",)))
        for _ in range(2):
            await provider.complete(request(max_output_tokens=600))
        await provider.aclose()
    names = [[name for name in posted if name.startswith("max_")] for posted in server.bodies]
    assert names == [["max_tokens"], ["max_completion_tokens"], ["max_completion_tokens"]]


async def test_a_refusal_for_another_reason_teaches_nothing() -> None:
    """A request that fails with and without a field says nothing about the field."""
    refusal = status(400, error={"message": "max_tokens is too large: this model takes 4096"})
    async with Faults(refusal, refusal) as server:
        provider = OpenAI(Account("lab", "openai", (f"{server.url}/v1",)))
        with pytest.raises(Permanent, match="too large"):
            await provider.complete(request(max_output_tokens=9000))
        await provider.complete(request(max_output_tokens=600))
        await provider.aclose()
    assert "max_tokens" in server.bodies[-1]


async def test_a_match_stays_on_one_replica() -> None:
    """Calls of one match go to the same server, and matches are spread over all of them."""
    async with Faults() as one, Faults() as two:
        provider = OpenAI(Account("lab", "openai", (f"{one.url}/v1", f"{two.url}/v1")))
        matches = [f"m1-{number}" for number in range(12)]
        for match in matches * 2:
            asked = builders.ask(builders.brief(match=match), voice=builders.player(model="lab/llama"))
            await provider.complete(builders.request(asked, text=match))
        await provider.aclose()
    for number, server in enumerate((one, two)):
        texts = [posted["messages"][0]["content"] for posted in server.bodies]
        assert texts == [match for match in matches * 2 if chance(match) % 2 == number]
        assert texts


def tokens(*said: tuple[str, dict[str, float]]) -> dict[str, Any]:
    return {
        "content": [
            {"token": token, "top_logprobs": [{"token": t, "logprob": math.log(p)} for t, p in top.items()]}
            for token, top in said
        ]
    }


@pytest.mark.parametrize(
    ("logprobs", "expected"),
    [
        (tokens(("A", {"A": 0.6, " A": 0.1, "B": 0.2, "The": 0.1})), {"A": 7 / 9, "B": 2 / 9}),
        (tokens(("\n", {"\n": 1.0}), (" B", {" B": 0.9})), {"A": 0.0, "B": 1.0}),
        (tokens(('{"', {}), ("reason", {}), ('":"', {}), ("A", {"A": 0.9}), (" ship", {})), None),
        (tokens(('{"', {}), ("A", {"A": 1.0}), ('":', {})), None),
        (tokens(('"winner', {}), ('":', {}), (' "', {}), ("B", {"B": 0.75, "A": 0.25})), {"A": 0.25, "B": 0.75}),
        (tokens(("Because", {})), None),
        (None, None),
        ({"content": None}, None),
        ({"content": [None]}, None),
        ({"content": [{"token": "A", "top_logprobs": [{"token": "A", "logprob": math.nan}]}]}, None),
    ],
)
async def test_beliefs_from_log_probabilities(logprobs: Any, expected: dict[str, float] | None) -> None:
    """The probabilities of the labels are read where the answer is given, never from a label inside the reasons."""
    told = said("A", choice={"logprobs": logprobs})
    done = await answer(told, request(labels=("A", "B")))
    if expected is None:
        assert done.logprobs is None
    else:
        assert done.logprobs == pytest.approx(expected)


async def test_log_probabilities_are_asked_for_where_wanted() -> None:
    """A request with labels asks for the alternatives of each token."""
    async with Faults() as server:
        await send(server, request(labels=("A", "B")))
    assert (server.bodies[0]["logprobs"], server.bodies[0]["top_logprobs"]) == (True, 20)


@pytest.mark.parametrize(
    "usage", [None, {}, {"prompt_tokens": "12"}, {"prompt_tokens": -1, "completion_tokens": True}, [1]]
)
async def test_strange_usage_is_no_usage(usage: Any) -> None:
    """A server that counts nothing, or nonsense, does not break the reply."""
    done = await answer(said(usage=usage))
    assert (done.usage.input_tokens, done.usage.output_tokens, done.usage.calls) == (0, 0, 1)


def test_every_exception_of_the_sdk_is_accounted_for() -> None:
    """Requests raise statuses and lost connections, which are translated; the others belong to what is not used."""
    classes = [thing for name in openai.__all__ if inspect.isclass(thing := getattr(openai, name))]
    errors = {found for found in classes if issubclass(found, Exception)}
    translated = (openai.APIStatusError, openai.APIConnectionError)
    assert {found.__name__ for found in errors if not issubclass(found, translated)} == {
        "APIError",  # their base
        "APIResponseValidationError",  # parsed responses
        "ContentFilterFinishReasonError",  # parsed responses
        "InvalidWebhookSignatureError",
        "LengthFinishReasonError",  # parsed responses
        "OpenAIError",  # their base; raised itself where a client is made without a key
        "WebSocketConnectionClosedError",
        "WebSocketQueueFullError",
    }
