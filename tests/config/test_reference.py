from __future__ import annotations

from debate import config
from debate.domain import Tournament
from debate.protocols import families


def rows() -> list[list[str]]:
    lines = config.reference().splitlines()
    return [line.strip("| ").split(" | ") for line in lines if line.startswith("| `")]


def test_every_key_has_a_type_a_default_and_a_meaning() -> None:
    """The reference is read off the values, and no key is left unexplained."""
    assert [row[0] for row in rows() if len(row) != 4 or not all(cell.strip() for cell in row)] == []


def test_every_key_of_the_file_is_there() -> None:
    """What is no plain key at the top is a section."""
    text = config.reference()
    for name in Tournament.model_fields:
        assert f"| `{name}` |" in text or f"[{name}]" in text or f"[{name}." in text, name


def test_every_game_is_there_with_its_options() -> None:
    """A file in `protocols` is enough to be told of."""
    text = config.reference()
    for game in families().values():
        assert f"- `{game.name}`: " in text
        assert all(f"| `{name}` |" in text for name in game.options.model_fields)


def test_bounds_and_choices_are_told() -> None:
    """Types are said in words, with their limits."""
    text = config.reference()
    assert "| `best_of` | whole number, at least 1, at most 64 | `1` |" in text
    assert '| `beliefs` | `"final"` or `"every-round"` | `"final"` |' in text
    assert "| `base_url` | text or list of text | needed |" in text
    assert "| `max_cost_usd` | number, at least 0 | none |" in text
