"""Who made a model, as far as its name tells: a judge may favour its own kind."""

from __future__ import annotations

import re

from debate.domain import agent

MAKERS = {
    "claude": "Anthropic",
    "gpt": "OpenAI",
    "chatgpt": "OpenAI",
    "o1": "OpenAI",
    "o3": "OpenAI",
    "o4": "OpenAI",
    "gemini": "Google",
    "gemma": "Google",
    "llama": "Meta",
    "qwen": "Alibaba",
    "qwq": "Alibaba",
    "mistral": "Mistral",
    "mixtral": "Mistral",
    "magistral": "Mistral",
    "ministral": "Mistral",
    "deepseek": "DeepSeek",
    "grok": "xAI",
    "phi": "Microsoft",
    "command": "Cohere",
    "nova": "Amazon",
    "kimi": "Moonshot",
    "glm": "Zhipu",
    "olmo": "Ai2",
    "nemotron": "NVIDIA",
}


def maker(model: str) -> str | None:
    """Return who made a model, or None where its name does not tell; built-in and scripted ones are no kin."""
    provider, _, name = model.partition("/")
    if agent(model) != "model" or provider in ("scripted", "replay"):
        return None
    words = [re.match(r"[a-z]+[0-9]?", word) for word in re.split(r"[/:_\-. ]", name.lower())]
    found = [MAKERS.get(m[0]) or MAKERS.get(m[0].rstrip("0123456789")) for m in words if m]
    return next((one for one in found if one), {"openai": "OpenAI", "anthropic": "Anthropic"}.get(provider))
