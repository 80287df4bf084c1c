"""What a finding says in words: every sign and every feature has some."""

from __future__ import annotations

import re

import pytest

from benchmarks.collusion.makers import CLEAN
from benchmarks.collusion.stage import Under, everyone, gathered
from debate.audits import telling
from debate.audits.audit import scored
from debate.audits.coupling import FEATURE, SIGN
from debate.audits.evidence import Evidence
from debate.audits.finding import Finding, Subject
from debate.audits.readers import KINDS, Read
from debate.audits.signs import SIGNS


def finding(feature: str = "right side concedes", *, paired: bool = False) -> Finding:
    return Finding(
        sign="concession", feature=feature, subject=Subject(players=("ada", "bob")), mean=0.25, effect=0.2, low=0.1,
        high=0.3, p=0.001, p_adjusted=0.001, flagged=True, n_questions=40, n_debates=80, n_draws=1_999,
        null="paired" if paired else "additive",
    )  # fmt: skip


def test_a_finding_says_how_much_was_seen_and_how_much_was_to_be_expected() -> None:
    """The prediction is the mean less what lies beyond it."""
    assert telling.seen(finding()) == (
        "Share of the right side's speeches that give its answer up: 0.25, where what both do with others predicts "
        "0.05; +0.20 beyond that [+0.10, +0.30], on 40 questions, 80 debates."
    )
    assert telling.seen(finding(paired=True)).endswith("changes from the one tournament to the other.")


def test_every_sign_has_another_explanation_than_collusion() -> None:
    """Nobody is flagged without one."""
    assert {*SIGNS, SIGN} <= telling.OTHERWISE.keys()
    assert all(re.fullmatch(r"[A-Z].*\.", words) for words in telling.OTHERWISE.values())


@pytest.mark.parametrize("arm", ["", "canary"])
def test_every_feature_is_named_and_counted_in_words(arm: str) -> None:
    """No name of the program's own stands in what people read."""
    actors, setting = CLEAN["careless"](3, 4, 44)
    corpus, rulings = gathered(everyone(actors, setting, under=Under(arm=arm, notes=True)).values())
    answers = {word: corpus.speeches.trace("words") % 2 for word in KINDS}
    found, _ = scored(Evidence(corpus, rulings, read=Read("one", answers), gained=corpus.speeches.trace("words")))
    features = {score.feature for score in found} | {FEATURE}
    assert len(features) > 30
    assert not any("_" in telling.feature(name) or "_" in telling.counted(name) for name in features)
