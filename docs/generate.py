"""Write the parts of the documentation that come from the program: `make docs`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from debate.config import reference
from docs import audited, coverage, screens, worlds

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
TOURNAMENT = ROOT / "docs" / "tournament.md"
REST = "Compared on the same questions"
"""What of the demo's report is shown ends before this section."""
_BLOCK = re.compile(r"(<!-- demo:begin -->\n).*?(<!-- demo:end -->)", re.DOTALL)


def demo() -> str:
    """Return the report of a demo as a terminal of 80 columns shows its beginning."""
    with tempfile.TemporaryDirectory() as folder:
        quiet = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", "from debate.cli import main; main()", "demo", "--quiet"]
        out = subprocess.run(command, cwd=folder, env=quiet, capture_output=True, text=True, check=True).stdout
    return shown(out)


def shown(report: str) -> str:
    """Return the beginning of a report, without blanks at the ends of lines."""
    return "\n".join(line.rstrip() for line in report.partition(REST)[0].rstrip().splitlines())


def readme(text: str, report: str) -> str:
    """Return the README with a report in its place."""
    return _BLOCK.sub(lambda found: f"{found[1]}```text\n{report}\n```\n{found[2]}", text)


def main() -> None:
    """Write every generated part."""
    README.write_text(readme(README.read_text("utf-8"), demo()), "utf-8")
    TOURNAMENT.write_text(reference(), "utf-8")
    screens.main()
    audited.PAGE.write_text(audited.current(), "utf-8")
    coverage.main()
    worlds.PAGE.write_text(worlds.page(worlds.PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
