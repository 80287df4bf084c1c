"""`debate report --section`: one part of a report, in full."""

from __future__ import annotations

from debate.report.terminal import NAMES
from tests.cli.driving import cli


def test_a_section_that_does_not_exist_is_named_with_what_was_meant() -> None:
    """Nothing is measured for a name that no section has."""
    done = cli("report", "--section", "agreemnt")
    assert done.exit_code == 2
    assert 'no section "agreemnt". Did you mean "agreement"?' in done.stderr
    done = cli("report", "--section", "xyzzy")
    assert all(name in done.stderr for name in ("all", *NAMES))
