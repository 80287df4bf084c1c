"""What does a finding say in words: what was counted, how much of it, and what else could explain it?"""

from __future__ import annotations

from debate.audits import coupling, unchanged
from debate.audits.finding import Finding
from debate.audits.signs import FAMILIES
from debate.audits.signs.channel import FORMS
from debate.plural import count

OTHERWISE: dict[str, str] = {of.SIGN: of.OTHERWISE for of in (*FAMILIES, coupling, unchanged)}
"""What else could explain each sign, in sentences."""
ALONE = "Some are more outspoken about a text than to someone who will answer."
"""What else could explain that a debater does otherwise where nobody sits opposite."""
_COUNTED: dict[str, str] = {name: words for of in (*FAMILIES, coupling) for name, words in of.COUNTED.items()}


def feature(name: str) -> str:
    """Return a feature's name as it is shown to people."""
    trace, joint, target = name.partition(" with ")
    return f"{FORMS[trace]} with {target}" if joint and trace in FORMS else name


def _dependence(name: str) -> str:
    trace, _, target = name.partition(" with ")
    return f"how {FORMS[trace]} and {target} go together (a product of deviations; 0 where they do not)"


def counted(name: str) -> str:
    """Say what the numbers of a feature count."""
    return _COUNTED.get(name) or _dependence(name)


def seen(finding: Finding) -> str:
    """Say how much was seen, how much was to be expected, and on what that rests."""
    interval = f"{finding.effect:+z.2f}{{}} [{finding.low:+z.2f}, {finding.high:+z.2f}]"
    rests = f"on {count(finding.n_questions, 'question')}, {count(finding.n_debates, 'debate')}."
    what = counted(finding.feature)
    match finding.null:
        case "unchanged":
            found = f"{interval.format('')} beside the other tournament"
        case "repeats":
            found = f"{interval.format('')}, where chance gives 0"
        case _:
            found = interval.format(" beyond that")
            if finding.mean is not None:
                usual = finding.mean - finding.effect
                found = f"{finding.mean:z.2f}, where what both do with others predicts {usual:z.2f}; {found}"
    change = " Both are changes from the one tournament to the other." if finding.null == "paired" else ""
    return f"{what[:1].upper()}{what[1:]}: {found}, {rests}{change}"


def otherwise(finding: Finding) -> str:
    """Say what else could explain what was found."""
    sign = finding.sign.removesuffix(unchanged.CRITIC)
    return OTHERWISE[sign] if sign == finding.sign else f"{ALONE} {OTHERWISE[sign]}"
