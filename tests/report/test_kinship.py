"""Who made a model, by its name."""

from __future__ import annotations

import pytest

from debate.report.kinship import maker


@pytest.mark.parametrize(
    ("model", "made_by"),
    [
        ("anthropic/claude-opus-4-7", "Anthropic"),
        ("openrouter/anthropic/claude-haiku-4-5", "Anthropic"),
        ("openai/gpt-5-mini", "OpenAI"),
        ("openai/o3", "OpenAI"),
        ("lab/llama-3.3-70b", "Meta"),
        ("lab/Meta-Llama-3-8B", "Meta"),
        ("lab/qwen3-8b", "Alibaba"),
        ("lab/qwen-3-8b", "Alibaba"),
        ("openai/a-name-of-next-year", "OpenAI"),
        ("lab/our-own-model", None),
        ("lab/phrasebook", None),
        ("builtin/advocate", None),
        ("scripted/gpt", None),
        ("human/ann", None),
    ],
)
def test_makers(model: str, made_by: str | None) -> None:
    """A server of one's own serves anybody's models; a provider's serves its own; a heuristic has no kin."""
    assert maker(model) == made_by
