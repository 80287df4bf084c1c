"""May a judge go on from practice to what is counted?"""

from __future__ import annotations

from debate.domain import Study
from debate.studies.assigning import Purpose


def barred(study: Study, purpose: Purpose, *, practice_left: int, right: int) -> str:
    """Return why a transcript is not open yet, or not at all; nothing where it is.

    Args:
        practice_left: how many transcripts of practice are still to be judged.
        right: how many of those judged were right.
    """
    if purpose == "practice" or not study.practice:
        return ""
    if practice_left:
        return "closed until practice is over"
    if right < study.qualify:
        return f"closed: {right} of {study.practice} right in practice, and {study.qualify} are needed"
    return ""
