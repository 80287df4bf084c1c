from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from debate import config
from debate.domain import CONTROLS, Player, Protocol
from debate.errors import ConfigError

HEAD = 'name = "first"\n'
DEBATERS = """
[[debaters]]
name = "ada"
model = "builtin/advocate"

[[debaters]]
name = "bob"
model = "builtin/skimmer"
"""
JUDGES = """
[[judges]]
name = "jo"
model = "builtin/weigher"
"""


def write(folder: Path, text: str | bytes, name: str = "tournament.toml") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def problems(path: Path | None, **flags: Any) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        config.load(path, flags)
    return [problem.replace(f"{path}:", "") for problem in caught.value.problems]


def wrong(folder: Path, *, head: str = HEAD, tables: str = DEBATERS + JUDGES, more: str = "") -> list[str]:
    return problems(write(folder, head + tables + more))


def test_the_file_in_the_documentation_loads(tmp_path: Path) -> None:
    """Every key that the command line's contract shows is understood."""
    (tmp_path / "prompts").mkdir()
    text = """
name = "first"
seed = 7
questions = ["bundled"]
sample = 60
controls = ["naive", "expert", "consultancy", "quotes", "opening", "solo"]
prompts = "prompts/"
[[debaters]]
name = "opus"
model = "anthropic/claude-opus-4-7"
best_of = 2
preference = "lab/qwen-3-8b"
max_output_tokens = 600
extra = {top_k = 3}
[[debaters]]
name = "local"
model = "lab/llama-3.3-70b"
temperature = 0.8
[[judges]]
name = "haiku"
model = "anthropic/claude-haiku-4-5"
beliefs = "every-round"
orders = "random"
[[judges]]
name = "mini"
model = "openai/gpt-5-mini"
[[protocols]]
name = "debate"
rounds = 3
order = "simultaneous"
words = 150
[pairing]
kind = "round-robin"
both_sides = true
[limits]
max_cost_usd = 25
concurrency = 200
max_failures = 0.05
[prices."lab/llama-3.3-70b"]
input = 0
output = 0
[endpoints.lab]
api = "openai"
base_url = ["http://127.0.0.1:8000/v1", "http://127.0.0.1:8001/v1"]
api_key_env = "LAB_KEY"
"""
    found, _ = config.load(write(tmp_path, text))
    assert found.debaters[0] == Player(
        name="opus",
        model="anthropic/claude-opus-4-7",
        best_of=2,
        preference="lab/qwen-3-8b",
        max_output_tokens=600,
        extra={"top_k": 3},
    )
    assert (found.seed, found.sample, found.controls) == (7, 60, CONTROLS)
    assert found.limits.max_cost_usd == 25
    assert found.prices["lab/llama-3.3-70b"].input == 0
    assert len(found.endpoints["lab"].base_url) == 2
    assert found.prompts == str(tmp_path / "prompts")


def test_the_template_loads(tmp_path: Path) -> None:
    """What `debate init` writes is a tournament that plays as it stands."""
    found, _ = config.load(write(tmp_path, config.template()))
    assert [player.name for player in found.debaters] == ["advocate", "skimmer"]


@pytest.mark.parametrize("name", ["study", 'die "große" Studie'])
def test_the_template_takes_a_name(tmp_path: Path, name: str) -> None:
    """So that what is written next to it finds the tournament by the name of its file."""
    assert config.load(write(tmp_path, config.template(name)))[0].name == name


def test_every_line_of_the_template_loads(tmp_path: Path) -> None:
    """The lines that are commented out are right as well."""
    bare = [line.removeprefix("# ") for line in config.template().splitlines()[4:]]
    lines = [line for line in bare if " = " in line or line.startswith("[") or not line]
    first = [line for line in lines if not line.startswith("prompts")]
    found, _ = config.load(write(tmp_path, "\n".join(first)))
    assert {judge.kind for judge in found.judges} == {"builtin", "model", "human"}
    assert found.debaters[2].best_of == 2
    assert found.protocols[0].interactive


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    """G14: unknown keys with a suggestion, wrong types, unknown names, each with its line, in one list."""
    text = """naem = "first"
seed = "7"
smaple = 60
controls = ["naive", "expret"]

[[debaters]]
name = "ada"
model = "opnai/gpt-5"
best_off = 2

[[debaters]]
name = "ada"
model = "anthropic/claude-opus-4-7"
best_of = 2
temperature = 3

[[judges]]
name = "jo"
model = "gpt-5-mini"
beliefs = "always"

[[protocols]]
name = "debat"

[pairing]
kind = "round robin"

[limits]
max_cost = 5
sample = 3

[endpoints.lab]
api = "openai"

[prices."openai/gpt-6"]
input = 1
output = -1
"""
    assert problems(write(tmp_path, text)) == [
        " name: is missing",
        '1: naem: unknown key. Did you mean "name"?',
        '2: seed: should be a whole number, not "7"',
        '3: smaple: unknown key. Did you mean "sample"?',
        "4: controls[1]: should be 'naive', 'expert', 'consultancy', 'quotes', 'opening' or 'solo', not \"expret\". "
        'Did you mean "expert"?',
        '8: debaters[0].model: unknown provider "opnai". Did you mean "openai"?',
        '9: debaters[0].best_off: unknown key. Did you mean "best_of"?',
        '12: debaters[1].name: "ada" is the name of debaters[0] too',
        "14: debaters[1].best_of: needs a preference: the model that chooses among the candidates",
        "15: debaters[1].temperature: should be less than or equal to 2, not 3",
        '19: judges[0].model: "gpt-5-mini" is no model; write "provider/model", such as "openai/gpt-5-mini"',
        "20: judges[0].beliefs: should be 'final' or 'every-round', not \"always\"",
        '23: protocols[0].name: unknown protocol "debat". Did you mean "debate"?',
        "26: pairing.kind: should be 'round-robin', 'self-play', 'cross' or 'swiss', not \"round robin\". "
        'Did you mean "round-robin"?',
        '29: limits.max_cost: unknown key. Did you mean "max_cost_usd"?',
        '30: limits.sample: unknown key here. Did you mean "sample"? It belongs above the first [table]',
        "32: endpoints.lab.base_url: is missing",
        '35: prices.openai/gpt-6: no debater, judge, preference or critic is this model. Did you mean "opnai/gpt-5"?',
        "37: prices.openai/gpt-6.output: should be greater than or equal to 0, not -1",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('name = "a"\nname = "b"\n', "2: this key or table is given twice: name"),
        ("[limits]\n[pairing]\n[limits]\n", "3: this key or table is given twice: [limits]"),
        ('name = "a\n', "1: not valid TOML: Illegal character '\\n' at column 10"),
        ("name = \n", "1: not valid TOML: Invalid value at column 8"),
        ("controls = [", "1: not valid TOML: Invalid value: the file ends too soon"),
        ("seed = " + "9" * 5_000, " a number or a date in it is out of range"),
        ("a = " + "[" * 5_000, " nested too deeply"),
        ("a = " + "[" * 70 + "]" * 70, " nested more than 64 levels deep"),
        ('x = "' + "a" * 2**20 + '"', " larger than 1,048,576 bytes, which no tournament file needs"),
        (HEAD.encode("utf-16"), " the file is UTF-16 (byte order mark at byte 0); save it as UTF-8"),
        (b'name = "caf\xe9"', " byte 11 (0xe9) is not valid UTF-8; save the file as UTF-8"),
    ],
)
def test_files_that_are_not_toml(tmp_path: Path, text: str | bytes, said: str) -> None:
    """G3, G8, G14: syntax, duplicates, bombs and encodings are named with their line or byte."""
    assert problems(write(tmp_path, text)) == [said]


def test_files_from_windows_are_read(tmp_path: Path) -> None:
    """G8: a byte order mark and CRLF change nothing."""
    text = HEAD + DEBATERS + JUDGES
    plain, _ = config.load(write(tmp_path, text))
    windows, _ = config.load(write(tmp_path, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()))
    assert windows == plain


def test_a_missing_file(tmp_path: Path) -> None:
    """The message says how to get one."""
    assert problems(tmp_path / "none.toml") == [' No such file or directory; "debate init" writes one']


@pytest.mark.parametrize("seed", [0, 1, 2**63 - 1])
def test_seeds_are_honoured(tmp_path: Path, seed: int) -> None:
    """G13: 0 is a seed, in the file and as a flag."""
    path = write(tmp_path, f"seed = {seed}\n" + HEAD + DEBATERS + JUDGES)
    assert config.load(path)[0].seed == seed
    found, sources = config.load(path, {"seed": 0})
    assert (found.seed, sources.of("seed")) == (0, "--seed")


@pytest.mark.parametrize("seed", [-1, 2**63, 1.5, True])
def test_seeds_out_of_range(tmp_path: Path, seed: object) -> None:
    """G13: what no seed can be is refused by name."""
    (said,) = wrong(tmp_path, head=f"seed = {str(seed).lower()}\n{HEAD}")
    assert said.startswith("1: seed: should be ")
    assert problems(None, seed=seed, debater=["a/b"])[0].startswith("--seed: should be ")


def test_values_that_json_cannot_hold(tmp_path: Path) -> None:
    """G14: infinite caps, dates and giant integers are wrong types, not crashes."""
    more = f"[limits]\nmax_cost_usd = inf\ntimeout_s = nan\nmax_calls = 0x{'f' * 6_000}\n"
    assert wrong(tmp_path, head="name = 2026-01-31\n", more=more) == [
        "1: name: should be text, a number, true or false, not 2026-01-31",
        "15: limits.max_cost_usd: should be text, a number, true or false, not inf",
        "16: limits.timeout_s: should be text, a number, true or false, not nan",
        "17: limits.max_calls: should be text, a number, true or false, not an integer of 24000 bits",
    ]


def test_tables_of_the_wrong_kind(tmp_path: Path) -> None:
    """G14: a table where a list belongs, and the other way round, do not hide what else is wrong."""
    text = 'name = "a"\njudges = 3\nprotocols = ["debate"]\nlimits = []\nquestions = [1]\n[debaters]\nname = "x"\n'
    assert problems(write(tmp_path, text)) == [
        "2: judges: should be a list, not 3",
        '3: protocols[0]: should be a table, not "debate"',
        "4: limits: should be a table, not []",
        "5: questions[0]: should be text, not 1",
        '6: debaters: should be a list, not {"name": "x"}',
    ]


SECRETS = [
    "sk-proj-abcdefghijklmnop123456",
    "sk-ant-api03-abcdefghijklmnop",
    "hf_abcdefghijklmnopqrstuv",
    "AKIAABCDEFGHIJKLMNOP",
    "Bearer abcdefghijklmnop",
    "https://me:hunter2@example.org/v1",
]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(
    "place", ["api_key_env = {}", "api_key = {}", "base_url = {}", "extra = [{{a = {}}}]", "{} = 3", "{0} = {0}"]
)
def test_pasted_keys_are_refused_and_not_repeated(tmp_path: Path, secret: str, place: str) -> None:
    """J1: a key in the file is an error that says where it belongs, without the key in it."""
    line = place.format(f'"{secret}"')
    said = wrong(tmp_path, more=f'[endpoints.lab]\napi = "openai"\n{line}\n')
    assert any(
        "looks like a key or a password" in one and one.startswith(("16: endpoints.lab", "14: endpoints.lab"))
        for one in said
    )
    assert not any(secret.partition("@")[0][-7:] in one for one in said)


def test_keys_by_name_are_refused(tmp_path: Path) -> None:
    """J1: whatever is called a key is one."""
    said = wrong(tmp_path, head=HEAD + 'openai_api_key = "abc"\n', more='[judges.extra]\npassword = "hunter2"\n')
    assert said == [
        "2: openai_api_key: looks like a key or a password, which is never written here; "
        "name its variable in api_key_env",
        "16: judges[0].extra.password: looks like a key or a password, which is never written here; "
        "name its variable in api_key_env",
    ]


@pytest.mark.parametrize(
    "line",
    [
        'model = "openai/xai-grok-4-fast-reasoning-latest"',
        'model = "openai/hf-internal-testing-tiny-random"',
        'extra = {stop_token = "</s>", max_tokens = 3}',
        'instructions = "You keep the secret: the keys are under the mat."',
    ],
)
def test_what_only_resembles_a_key_is_kept(tmp_path: Path, line: str) -> None:
    """J4: names of models and ordinary words are no secrets."""
    tables = DEBATERS.replace('model = "builtin/skimmer"', line) if line.startswith("model") else DEBATERS + line + "\n"
    config.load(write(tmp_path, HEAD + tables + JUDGES))


def test_keys_among_flags_are_not_repeated() -> None:
    """J1: a key typed in the place of a model is not printed."""
    said = problems(None, debater=[f"openai/{SECRETS[0]}"], judge=["builtin/weigher"])
    assert not any(SECRETS[0] in one for one in said)


def test_flags_beat_the_file_and_the_file_the_defaults(tmp_path: Path) -> None:
    """Each value knows its source."""
    text = "seed = 3\n" + HEAD + DEBATERS + JUDGES + "[limits]\nmax_calls = 10\n"
    path = write(tmp_path, text)
    found, sources = config.load(
        path, {"seed": 5, "max_cost": 2.5, "judge": ["openai/gpt-5-mini"], "sample": None, "protocol": ()}
    )
    assert (found.seed, found.limits.max_cost_usd, found.limits.max_calls) == (5, 2.5, 10)
    assert [judge.name for judge in found.judges] == ["gpt-5-mini"]
    assert sources.of("seed") == "--seed"
    assert sources.of("limits", "max_cost_usd") == "--max-cost"
    assert sources.of("limits", "max_calls") == f"{path}:16"
    assert sources.of("debaters", 1, "model") == f"{path}:10"
    assert sources.of("judges", 0, "name") == "--judge"
    assert sources.of("sample") == "default"
    rows = {place: (value, source) for place, value, source in sources.rows(found)}
    assert rows["seed"] == ("5", "--seed")
    assert rows["debaters[0].name"] == ('"ada"', f"{path}:5")
    assert rows["limits.concurrency"] == ("64", "default")


def test_a_tournament_of_flags_alone() -> None:
    """Without a file the flags are enough, and the name follows from the debaters."""
    flags = {"debater": ["openai/gpt-5", "anthropic/claude-opus-4-7"], "judge": ["openai/gpt-5-mini"]}
    found, sources = config.load(None, {**flags, "questions": ["bundled/stories"], "rounds": 2, "peek": True})
    assert found.name == "gpt-5-v-claude-opus-4-7"
    assert found.protocols == (Protocol(name="debate", rounds=2),)
    assert found.questions == ("bundled/stories",)
    assert found.peek
    assert sources.of("protocols", 0, "rounds") == "--rounds"
    assert config.load(None, {**flags, "name": "mine"})[0].name == "mine"


def test_names_of_models_given_as_flags() -> None:
    """A model is called by its last part, differently if that is taken, or as it is told."""
    given = ["openai/gpt-5", "lab/gpt-5", "openai/gpt-5", "fast=openai/gpt-5", "builtin/advocate", "scripted/a/b.py:f"]
    said = problems(None, debater=given)
    assert (
        said
        == [
            '--debater: unknown provider "lab"; known are openai, anthropic, builtin, scripted, replay, human, '
            "and what an [endpoints.X] table names",
            '--judge: there are none; add a [[judges]] table or "--judge provider/model" (people are "human/NAME")',
        ]
        or said
    )
    known = [model for model in given if not model.startswith("lab/")]
    found, _ = config.load(None, {"debater": [*known, "replay/x/gpt-5"], "judge": ["builtin/weigher"]})
    assert [player.name for player in found.debaters] == [
        "gpt-5",
        "openai-gpt-5",
        "fast",
        "advocate",
        "b:f",
        "replay-gpt-5",
    ]


def test_protocols_given_as_flags() -> None:
    """`NAME:WORD,WORD` sets the rules, and labels the game by what was typed."""
    flags = {"debater": ["a=builtin/advocate", "b=builtin/advocate"], "judge": ["builtin/weigher"]}
    typed = ["debate", "debate:sequential", "consultancy:rounds=1,words=80,interactive", "naive"]
    found, _ = config.load(None, {**flags, "protocol": typed})
    assert found.protocols == (
        Protocol(name="debate"),
        Protocol(name="debate", order="sequential", label="debate-sequential"),
        Protocol(
            name="consultancy", rounds=1, words=80, interactive=True, label="consultancy-rounds-1-words-80-interactive"
        ),
        Protocol(name="naive"),
    )
    more, _ = config.load(None, {**flags, "protocol": ["debate", "naive"], "rounds": 5})
    assert [protocol.rounds for protocol in more.protocols] == [5, 3]
    assert problems(None, **flags, protocol=["debate:sequental", "debat", "debate:rounds=x"]) == [
        '--protocol: "debate:sequental" says "sequental". Did you mean "sequential"?',
        '--protocol: "debate:rounds=x" says "rounds=x". Did you mean "rounds"?',
        '--protocol: unknown protocol "debat". Did you mean "debate"?',
    ]


def test_unknown_flags(tmp_path: Path) -> None:
    """A library call with a misspelt flag is told so."""
    path = write(tmp_path, HEAD + DEBATERS + JUDGES)
    assert problems(path, max_cots=3) == ['--max-cots: unknown flag. Did you mean "max_cost"?']
