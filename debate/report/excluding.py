"""What would come out with, and without, the exclusions that a study declared before it ran?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from debate.report import arms, headline, judges
from debate.report.report import Report
from debate.report.rows import Exclusions, Group, Varied
from debate.stats.outcomes import Outcomes
from debate.stats.selection import Selection
from debate.store import Store
from debate.store.outcomes import outcomes
from debate.store.studies.excluding import declared


def exclusions(store: Store, asked: Selection, report: Report, *, partial: bool) -> Iterator[Exclusions]:
    """Yield what a report would say if the declared rules were applied, and if those that were had not been.

    Args:
        store: where the tournament is.
        asked: what of it is measured.
        report: what came out of the rulings as they stand.
        partial: compare arms that have matches to come, too.
    """
    if report.accuracy and {row.judge_kind for row in report.accuracy} <= {"model", "builtin"}:
        return
    rules = declared(store, report.tournament)
    if not (rules.standing or rules.taken):
        return
    everything = asked.chosen(
        outcomes(store, report.tournament, keys=(*asked.keys, *report.by), excluded=bool(rules.taken))
    ).study
    why = rules.of(everything)
    reasons = Counter(reason for reason in why if reason)
    if not reasons:
        return
    if rules.standing:
        kept = everything.select(np.array([not reason for reason in why]))
        yield _varied(report, kept, "with", reasons, partial)
    if rules.taken:
        yield _varied(report, everything, "without", reasons, partial)


def _varied(report: Report, study: Outcomes, rules: str, why: Counter[str], partial: bool) -> Exclusions:
    """Measure what headlines tell on other rulings than those that stand."""
    right, _ = judges.measured(study, by=report.by, unit=report.unit, seed=report.seed)
    found = tuple(arm for arm in arms.arms(study) if partial or arm.protocol not in report.incomplete)
    told = report.model_copy(
        update={
            "accuracy": right,
            "comparisons": arms.compared(found, seed=report.seed),
            "bias": tuple(judges.swayed(study)),
        }
    )
    return Exclusions.model_validate(
        {
            "rules": rules,
            "n_judgments": sum(why.values()),
            "why": dict(why),
            "headlines": tuple(headline.headlines(told)),
            "accuracy": tuple(
                Varied(**{name: getattr(row, name) for name in Group.model_fields}, accuracy=row.accuracy)
                for row in right
            ),
        }
    )
