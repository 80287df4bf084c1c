"""How people judge, told from their rulings alone."""

from __future__ import annotations

from debate.domain import Study
from debate.studies.ruling import Ruling, agrees, excluded, moved


def ruling(judge: str, first: float, *, at: int = 0, purpose: str = "study", stands: bool = True) -> Ruling:
    return Ruling(
        judge=judge,
        purpose=purpose,
        ballot=(at, "full"),
        match=f"m{at}",
        sitting=at,
        shown=(1, 0),
        final=(1 - first, first),
        active_s=60.0,
        stands=stands,
    )


def test_a_judge_is_held_against_themselves_when_asked_again() -> None:
    """Only what was asked twice says how steady they are, in points of the answer that was displayed first."""
    mine = [ruling("jo", 0.8), ruling("jo", 0.6, purpose="repeat"), ruling("jo", 0.1, at=1)]
    assert moved(mine) == 20
    assert moved(mine[:1]) is None


def test_a_judge_is_held_against_others_on_the_same_transcripts() -> None:
    """Practice, repeats and what was corrected are not counted, and nobody is held against themselves."""
    mine = [ruling("jo", 0.8), ruling("jo", 0.8, at=1)]
    others = [ruling("al", 0.7), ruling("bo", 0.3), ruling("al", 0.5, at=1)]
    beside = [ruling("al", 0.9, purpose="practice"), ruling("bo", 0.9, stands=False)]
    assert agrees("jo", [*mine, *others, *beside]) == 1 / 3
    assert agrees("jo", mine) is None


def test_only_declared_rules_exclude_a_judge() -> None:
    """A rule of 0 excludes nobody, and each that does says why."""
    assert not list(excluded(Study(), 9, 90.0))
    study = Study(exclude_attention=2, exclude_repeat=15)
    assert not list(excluded(study, 1, 15.0))
    assert list(excluded(study, 2, 15.6)) == ["failed 2 checks of attention", "moved by 16 points when asked again"]
