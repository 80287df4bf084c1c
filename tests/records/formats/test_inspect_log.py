"""Logs of Inspect: as it writes them, as somebody spoils them, and as somebody means harm by them."""

from __future__ import annotations

import json
import struct
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from debate import records
from tests.cli.driving import cli
from tests.records.debates import plain

HEADER = {"version": 2, "status": "success", "eval": {"task": "quiz", "model": "openai/gpt-5", "run_id": "run1"}}


def sample(id: str = "q1", answer: str | None = "A", **more: Any) -> dict[str, Any]:
    """A sample of multiple choice, as the tool scores it."""
    scores = {"choice": {"value": float("nan"), "answer": answer, "explanation": "so"}} if answer else {}
    base = {"id": id, "epoch": 1, "input": "Who signed?", "choices": ["Brandt", "The mate"], "target": "A"}
    return base | {"scores": scores, "output": {"completion": "ANSWER: A", "usage": {"input_tokens": 7}}} | more


def zipped(path: Path, *samples: Any, header: Any = HEADER, method: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write an `.eval` by hand."""
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("header.json", json.dumps(header))
        for number, held in enumerate(samples):
            text = held if isinstance(held, str | bytes) else json.dumps(held)
            archive.writestr(f"samples/{number}_epoch_1.json", text)
    return path


def read(path: Path) -> list[records.Imported]:
    return list(records.read(path, "inspect"))


def test_samples_of_multiple_choice_are_rulings_without_a_debate(tmp_path: Path) -> None:
    """The model is the judge, its answer the belief; what it cost and why it said so are kept."""
    (found,) = read(zipped(tmp_path / "log.eval", sample()))
    (ruling,) = found.judgments
    assert (found.tournament, found.record_id, found.debate.match.protocol.name) == ("quiz", "run1/q1/1", "naive")
    assert found.question.posed.answers == ("Brandt", "The mate")
    assert found.question.key.correct == 0
    assert (ruling.judge, ruling.final, ruling.reason, ruling.usage.input_tokens) == (
        "openai/gpt-5",
        (1.0, 0.0),
        "ANSWER: A",
        7,
    )
    assert found.judges["openai/gpt-5"].model == "openai/gpt-5"


@pytest.mark.parametrize(
    ("more", "state", "final"),
    [
        ({"scores": {}}, "valid", (1.0, 0.0)),
        ({"answer": "Z"}, "malformed", None),
        ({"answer": None, "output": {"completion": "I cannot tell."}}, "malformed", None),
        ({"answer": None, "output": None, "error": {"message": "boom"}}, "failed", None),
        ({"target": ["B"], "answer": "(B)"}, "valid", (0.0, 1.0)),
    ],
)
def test_how_an_answer_is_told(tmp_path: Path, more: dict[str, Any], state: str, final: Any) -> None:
    """By the scorer where there is one, else by the last line that says it; never guessed."""
    (found,) = read(zipped(tmp_path / "log.eval", sample(**more)))
    assert (found.judgments[0].state, found.judgments[0].final) == (state, final)


def test_messages_and_parts_are_read_and_open_questions_left_out(tmp_path: Path) -> None:
    """The user's words are the question; without choices there is nothing to judge."""
    said = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": [{"type": "text", "text": "Who?"}]}]
    (found,) = read(zipped(tmp_path / "log.eval", sample(input=said), {**sample("q2"), "choices": None}))
    assert found.question.posed.text == "Who?"


def test_its_own_writer_s_logs_are_read(tmp_path: Path) -> None:
    """Both forms, as Inspect itself writes them: packed by a method that Python does not know, and with NaN."""
    from inspect_ai.log import EvalConfig, EvalDataset, EvalLog, EvalSample, EvalSpec, write_eval_log
    from inspect_ai.scorer import Score

    spec = EvalSpec(
        created="2026-01-31T09:30:00+00:00",
        task="quiz",
        model="mockllm/model",
        dataset=EvalDataset(name="d", samples=3),
        config=EvalConfig(),
    )
    samples = [
        EvalSample(
            id=f"q{number}",
            epoch=1,
            input="Who signed? " * 99,
            choices=["Brandt", "The mate"],
            target="A",
            scores={"choice": Score(value=float("nan"), answer=letter)},
        )
        for number, letter in enumerate("ABA")
    ]
    log = EvalLog(status="success", eval=spec, samples=samples)
    for name in ("log.eval", "log.json"):
        write_eval_log(log, str(tmp_path / name))
        found = list(records.read(tmp_path / name))
        assert [one.judgments[0].final for one in found] == [(1.0, 0.0), (0.0, 1.0), (1.0, 0.0)]
        assert {one.question.posed.text for one in found} == {"Who signed? " * 99}


def test_a_record_inside_a_sample_is_that_record(tmp_path: Path) -> None:
    """Whatever is wrong with it is told with the number of the sample, and nothing is imported."""
    good, bad = (sample(metadata={"debate_record": plain(id=id)}) for id in ("r1", "r1"))
    bad["metadata"]["debate_record"]["judgments"][0]["final"] = [0.9, 0.2]
    assert [one.record_id for one in read(zipped(tmp_path / "good.eval", good))] == ["r1"]
    path = zipped(tmp_path / "bad.eval", good, bad, good)
    assert records.check(path) == (
        f"{path}:2: judgments[0].final: sums to 1.1, not to 1",
        f"{path}:3: id: is that of line 1 too",
    )


def broken(raw: bytes, at: int, new: bytes) -> bytes:
    return raw[:at] + new + raw[at + len(new) :]


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (b"PK\x05\x06" + b"\x00" * 18, "there is no header.json in it"),
        (b"not a log", "not valid JSON"),
        (b'{"samples": []}', 'there is no "eval" in it'),
        (b'{"eval": {}, "samples": []}', "holds no records"),
        (b'{"eval": {}, "samples": [3]}', "a sample must be one JSON object"),
        (b'{"eval": {}, "samples": [{"choices": ["a", "b"]}]}', 'is no sample: there is no "input"'),
        (b'{"eval": {}, "samples": [{"choices": ["a", "b"], "input": 3}]}', "is no sample: something in it"),
        (b'{"eval": ' + b"[" * 9_000, "nested more than 64 levels deep"),
        (b'{"eval": {}}'.decode().encode("utf-16"), "the file is UTF-16"),
    ],
)
def test_what_is_no_log_is_named(tmp_path: Path, held: bytes, said: str) -> None:
    """G7: every such file is one problem, never a traceback, and nothing is imported."""
    path = tmp_path / "log.eval"
    path.write_bytes(held)
    (problem,) = records.check(path, "inspect")
    assert said in problem
    done = cli("import", path, "--format", "inspect", "--db", tmp_path / "a.db")
    assert (done.exit_code, (tmp_path / "a.db").exists()) == (7, False)


def test_entries_that_unfold_beyond_measure_are_refused(tmp_path: Path) -> None:
    """G4: by what they say before they are unpacked, and by what they hold if they lie; memory stays bounded."""
    path = zipped(tmp_path / "bomb.eval", b" " * 65 * 2**20)
    tracemalloc.start()
    (problem,) = records.check(path)
    assert tracemalloc.get_traced_memory()[1] < 2**22
    tracemalloc.stop()
    assert "unfolds to 68,157,440 bytes" in problem
    lies = zipped(tmp_path / "lies.eval", b" " * 2**20)
    raw = lies.read_bytes()
    for place in (raw.index(struct.pack("<I", 2**20)), raw.rindex(struct.pack("<I", 2**20))):
        raw = broken(raw, place, struct.pack("<I", 2_000))
    lies.write_bytes(raw)
    (problem,) = records.check(lies)
    assert "is damaged" in problem or "more than it says" in problem


def test_a_million_entries_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """G4: so many are no log; the count is known before one of them is read."""
    monkeypatch.setattr("debate.records.formats.zipped.ENTRIES", 3)
    (problem,) = records.check(zipped(tmp_path / "many.eval", *(sample(str(n)) for n in range(3))))
    assert "holds 4 entries; at most 3 are read" in problem


def test_names_inside_are_never_paths(tmp_path: Path) -> None:
    """G4: an entry that would leave its folder is no sample, and nothing is written anywhere."""
    path = tmp_path / "slip.eval"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("header.json", json.dumps(HEADER))
        for name in ("samples/../../evil.json", "/samples/evil.json", "samples/a/b.json", "nested.zip"):
            archive.writestr(name, json.dumps(sample()))
        archive.writestr("samples/good.json", json.dumps(sample()))
    assert len(read(path)) == 1
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["slip.eval"]


def test_a_large_plain_log_is_not_taken_into_memory(tmp_path: Path) -> None:
    """G3: a gigabyte on one line is refused by its size."""
    path = tmp_path / "log.json"
    with path.open("wb") as stream:
        stream.write(b'{"eval": "')
        stream.truncate(2**30)
    tracemalloc.start()
    assert records.check(path, "inspect") == (f"{path}: is larger than 128 MiB; write it as .eval",)
    assert tracemalloc.get_traced_memory()[1] < 2**20
    tracemalloc.stop()


def test_damaged_entries_are_named(tmp_path: Path) -> None:
    """G8: a wrong checksum and a cut file are problems of the file, packed by either method."""
    whole = zipped(tmp_path / "a.eval", sample(), method=zipfile.ZIP_STORED)
    raw = whole.read_bytes()
    whole.write_bytes(raw.replace(b"Who signed?", b"Who SIGNED?"))
    assert "is damaged" in records.check(whole)[0]
    cut = tmp_path / "cut.eval"
    cut.write_bytes(raw[: len(raw) // 2])
    assert records.check(cut, "inspect")
    folded = bytes(pa.compress(json.dumps(HEADER).encode(), codec="zstd", asbytes=True))
    with zipfile.ZipFile(tmp_path / "z.eval", "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("header.json", folded)
    raw = (tmp_path / "z.eval").read_bytes()
    first, last = raw.index(b"PK\x03\x04") + 8, raw.rindex(b"PK\x01\x02") + 10
    (tmp_path / "z.eval").write_bytes(broken(broken(raw, first, b"\x5d\x00"), last, b"\x5d\x00"))
    (problem,) = records.check(tmp_path / "z.eval")
    assert "header.json" in problem
