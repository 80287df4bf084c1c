"""How does a tournament become a log that Inspect's viewer opens? One sample a debate, one score a judge.

Each sample keeps its record whole, so that the log can be imported again and nothing is lost.
"""

from __future__ import annotations

import json
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from debate.domain import digest
from debate.records.flat import judgment
from debate.records.formats.inspect_log import RECORD
from debate.records.whole import whole

_LONG_AGO = "1970-01-01T00:00:00+00:00"
_DATED = (1980, 1, 1, 0, 0, 0)  # every entry, so that the same records make the same bytes


def write(path: Path, tournament: str, lines: Iterable[Mapping[str, Any]]) -> int:
    """Write records as an `.eval` log, and return how many; an old file stays until then."""
    with whole(path) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        return _Log(archive, tournament).write(lines)


class _Log:
    def __init__(self, archive: zipfile.ZipFile, tournament: str) -> None:
        self.archive = archive
        self.tournament = tournament
        self.summaries: list[dict[str, Any]] = []
        self.right: defaultdict[str, list[int]] = defaultdict(list)
        self.times: list[str] = []

    def write(self, lines: Iterable[Mapping[str, Any]]) -> int:
        """Write samples as they come, then what is known of all of them."""
        for line in lines:
            sample = _sample(line)
            self._add(f"samples/{sample['id']}_epoch_1.json", sample)
            self.summaries.append({key: sample[key] for key in ("id", "epoch", "input", "target", "scores")})
            for name, score in sample["scores"].items():
                if score["value"] in ("C", "I"):
                    self.right[name].append(int(score["value"] == "C"))
            self.times += [part["at"] for part in (*line["turns"], *line["judgments"]) if part.get("at")]
        self._add("_journal/start.json", {"version": 2, "eval": self._spec(), "plan": _PLAN})
        self._add("summaries.json", self.summaries)
        self._add("header.json", self._header())
        return len(self.summaries)

    def _add(self, name: str, value: Any) -> None:
        entry = zipfile.ZipInfo(name, _DATED)
        entry.compress_type = zipfile.ZIP_DEFLATED
        self.archive.writestr(entry, json.dumps(value, allow_nan=False))

    def _spec(self) -> dict[str, Any]:
        ids = [summary["id"] for summary in self.summaries]
        id = digest("e1", [self.tournament, ids])
        return {
            "eval_id": id,
            "run_id": id,
            "created": min(self.times, default=_LONG_AGO),
            "task": self.tournament,
            "task_id": id,
            "task_version": 0,
            "dataset": {"name": self.tournament, "samples": len(ids), "sample_ids": ids, "shuffled": False},
            "model": "none/none",
            "config": {},
        }

    def _header(self) -> dict[str, Any]:
        scores = [
            {"name": name, "scorer": name, "params": {}, "metrics": {"accuracy": _metric(sum(right) / len(right))}}
            for name, right in sorted(self.right.items())
        ]
        times = {"started_at": min(self.times, default=_LONG_AGO), "completed_at": max(self.times, default=_LONG_AGO)}
        count = len(self.summaries)
        return {
            "version": 2,
            "status": "success",
            "eval": self._spec(),
            "plan": _PLAN,
            "results": {"total_samples": count, "completed_samples": count, "scores": scores},
            "stats": {**times, "model_usage": {}},
        }


_PLAN: dict[str, Any] = {"name": "debate", "steps": [], "config": {}}


def _metric(value: float) -> dict[str, Any]:
    return {"name": "accuracy", "value": value, "params": {}}


def _sample(line: Mapping[str, Any]) -> dict[str, Any]:
    question = line["question"]
    correct = question["correct"]
    answers = (f"{_letter(place)}) {answer}" for place, answer in enumerate(question["answers"]))
    asked = "\n".join([question["text"], *answers])
    return {
        "id": digest("s1", [line["tournament"], line["id"]]),
        "epoch": 1,
        "input": asked,
        "choices": question["answers"],
        "target": "" if correct is None else _letter(correct),
        "messages": [{"role": "user", "content": asked}, *(_message(turn, line) for turn in line["turns"])],
        "output": {"model": "none/none", "choices": []},
        "scores": dict(_scores(line)),
        "metadata": {"protocol": line["protocol"]["name"], RECORD: line},
        "model_usage": {},
    }


def _letter(place: int) -> str:
    return ascii_uppercase[place] if place < len(ascii_uppercase) else str(place + 1)


def _message(turn: Mapping[str, Any], line: Mapping[str, Any]) -> dict[str, Any]:
    seat = next(seat for seat in line["seats"] if seat["seat"] == turn["seat"])
    argues = "" if seat["argues"] is None else f", for {_letter(seat['argues'])}"
    head = f"[round {turn['round']}, {turn['seat']}{argues}: {seat['player'] or 'nobody'}]"
    role = "assistant" if seat["argues"] is not None else "user"
    return {"role": role, "content": f"{head}\n{turn['text']}"}


def _scores(line: Mapping[str, Any]) -> Iterable[tuple[str, dict[str, Any]]]:
    """Yield a score for every ruling that stands: `C` and `I` where there is a key, and otherwise no value."""
    seen: defaultdict[str, int] = defaultdict(int)
    for ruling in line["judgments"]:
        if ruling["superseded_by"] is not None:
            continue
        row = judgment(line, ruling)
        name = ruling["judge"] if ruling["view"] == "full" else f"{ruling['judge']} ({ruling['view']})"
        seen[name] += 1
        value = "N" if row.right is None else "C" if row.right else "I"
        told = {"state": ruling["state"], "beliefs": ruling["final"], "judgment": ruling["id"]}
        yield (
            name if seen[name] == 1 else f"{name} #{seen[name]}",
            {
                "value": value,
                "answer": None if row.chosen is None else _letter(row.chosen),
                "explanation": ruling["reason"],
                "metadata": told,
            },
        )
