"""The tournament file that a new user starts from."""

from __future__ import annotations

import json

FIRST = "first"


def template(name: str = FIRST) -> str:
    """Return a commented tournament file of that name, which plays offline as it stands."""
    return _TEMPLATE.replace(json.dumps(FIRST), json.dumps(name, ensure_ascii=False), 1)


_TEMPLATE = """\
# A tournament: debaters, judges and protocols over a bank of questions.
# "debate plan" counts what it comes to and prices it, "debate run" plays it, "debate report" tells what came out.
# As it stands it plays offline with built-in players. The lines behind a "#" show what else can be said.

name = "first"
seed = 7
questions = ["bundled"]         # a bundled bank ("bundled/stories"), files, folders or globs
sample = 20                     # drawn with the seed, spread over domains; leave it out for all
# answers = "pair"              # the right answer and the best wrong one; "all" leaves every answer before the judge
# repeats = 1                   # how often every match is played
# controls = ["naive", "expert", "consultancy", "quotes", "opening", "solo"]    # [] for none
# prompts = "prompts/"          # your own templates over the bundled ones

[[debaters]]
name = "advocate"
model = "builtin/advocate"

[[debaters]]
name = "skimmer"
model = "builtin/skimmer"

# A model is "provider/model"; its key is read from the environment (OPENAI_API_KEY, ANTHROPIC_API_KEY).
# [[debaters]]
# name = "opus"
# model = "anthropic/claude-opus-4-7"
# best_of = 2                   # candidates a turn; the best by the preference model is spoken
# preference = "lab/qwen-3-8b"  # not one of the judges that rule
# refine = 0                    # how often a speech is criticised and rewritten before it is spoken
# max_output_tokens = 600       # also: temperature, reasoning, persona, instructions, scratchpad, extra

[[judges]]
name = "weigher"
model = "builtin/weigher"
beliefs = "every-round"         # or "final"
# orders = "both"               # every debate twice, with the answers shown in both orders

# [[judges]]
# name = "mini"
# model = "openai/gpt-5-mini"

# [[judges]]
# name = "me"
# model = "human/me"            # a person, who rules in "debate judge --as me"

[[protocols]]
name = "debate"                 # or consultancy, ...: a table for each
rounds = 3
order = "simultaneous"          # or "sequential", "mixed"
words = 150
# interactive = true            # the judge asks between rounds and may end early

[pairing]
kind = "round-robin"            # or "self-play", "cross" (with against = ["NAME"]), "swiss"
both_sides = true               # every pair plays every question twice, sides swapped

[limits]
max_cost_usd = 5                # the run stops cleanly there, and goes on when it is raised
# max_calls = 10_000
concurrency = 64
max_failures = 0.05             # the share of matches that may fail before the run stops

# Prices per million tokens, for models that are not in the list of known prices.
# [prices."lab/qwen-3-8b"]
# input = 0.1
# output = 0.4

# A server that speaks one of the two APIs: vLLM, Ollama, llama.cpp, a proxy.
# [endpoints.lab]
# api = "openai"
# base_url = "http://127.0.0.1:8000/v1"
# api_key_env = "LAB_KEY"       # the variable that holds the key, never the key
"""
