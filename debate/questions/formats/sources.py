"""Which formats are there?"""

from __future__ import annotations

from debate.questions.formats import (
    boolq,
    flaws,
    gpqa,
    gsm8k,
    inspect_samples,
    mmlu,
    quality,
    table,
    truthfulqa,
)
from debate.questions.formats.draft import Format

COMMON = frozenset({"columns", "encoding", "split", "source", "licence", "domain", "share", "odd"})
"""The settings that every format has a use for."""

FORMATS: dict[str, Format] = {
    "quality": quality.FORMAT,
    "gpqa": gpqa.FORMAT,
    "mmlu": mmlu.FORMAT,
    "truthfulqa": truthfulqa.FORMAT,
    "gsm8k": gsm8k.FORMAT,
    "boolq": boolq.FORMAT,
    "flaws": flaws.FORMAT,
    "inspect": inspect_samples.FORMAT,
    "table": table.FORMAT,
    "huggingface": table.FORMAT,  # a saved dataset is a table that names its own licence
}
