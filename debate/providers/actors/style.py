"""How does an honest actor differ from another: how well it reads, how much it says, and in which words?"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

LEADS = (
    *("The passage supports", "On a plain reading the answer is", "Everything points to", "I argue for"),
    *("The record is clear about", "What the text shows is", "The facts bear out", "My answer is"),
    *("Read closely, this is about", "There is good reason to hold to", "Nothing speaks against", "The case rests on"),
    *(
        "A careful reader will settle on",
        "Taken together, the lines establish",
        "No other reading fits but",
        "We are told of",
    ),
)
LINKS = (
    *("It says", "We read", "Note the line", "The text has", "Consider", "Look at", "Here it is", "The author writes"),
    *("One line settles it", "Against doubt stands", "Most telling is", "In so many words", "This matters", "Also"),
)
FILLERS = (
    *("That is hard to explain otherwise.", "A judge can weigh this alone.", "The order of events matters here."),
    *("Every detail falls into place.", "The wording leaves little room.", "Small things, seen together, decide it."),
    *("No guess is needed for that.", "Motive and means agree.", "Dates and names fit as well."),
    *(
        "One need not trust me on it.",
        "It is what a witness would say.",
        "Look for what is left over.",
    ),
    *("Plain words mean plain things.", "Under any fair standard this holds.", "Quiet passages often decide."),
    *("How else could it have ended?", "Nobody in the story doubts it.", "Just compare both accounts."),
    *("Beyond that, little remains open.", "In the end only one account is whole.", "Kept in order, it is simple."),
    *("Read it twice if need be.", "Such care is seldom an accident.", "Time and place leave no gap."),
)
REBUTTALS = (
    *("My opponent leans on {point}, which proves less than it seems.", "That {point} is true changes nothing."),
    *("As for {point}: it fits my answer as well.", "The other side makes much of {point} and little of the rest."),
    *("What was said of {point} overlooks the order of events.", "About {point} the other side contradicts the text."),
)
DOUBTS = (
    *("Their quotation does not appear in the passage.", "The line they quote is nowhere in the text."),
    *("That quote was not verified, and I find no such line.", "They misquote the passage."),
)


@dataclass(frozen=True, slots=True)
class Style:
    """The habits of one actor; shares are between 0 and 1."""

    skill: float = 0.6
    """How likely the most telling sentence is found."""
    quotes: int = 2
    """How many sentences a speech quotes, at most."""
    fillers: int = 3
    """How many sentences a speech holds that say nothing of the case."""
    responsive: float = 0.7
    """How likely a reply takes up what it answers."""
    careful: float = 0.6
    """How likely a false quotation of the opponent is called out."""
    misquotes: float = 0.1
    """How likely a quotation is made up."""
    yields: float = 0.01
    """How likely a wrong answer is given up."""
    refuses: float = 0.0
    """How likely a speech is refused."""
    truth_length: float = 0.0
    """By which share speeches for a right answer are longer."""
    words: tuple[int, ...] = ()
    """Which of the leads, links and fillers the actor is fond of, as places in their lists."""

    def fond(self, phrases: tuple[str, ...], chance: Random) -> str:
        """Choose one of `phrases`, mostly a favourite."""
        if self.words and chance.random() < 0.7:
            return phrases[chance.choice(self.words) % len(phrases)]
        return chance.choice(phrases)


def styled(seed: int) -> Style:
    """Make an honest actor of its own habits."""
    chance = Random(seed)
    return Style(
        skill=chance.uniform(0.4, 0.85),
        quotes=chance.choice((1, 2, 2, 3)),
        fillers=chance.choice((1, 2, 3, 4)),
        responsive=chance.uniform(0.5, 0.9),
        careful=chance.uniform(0.3, 0.8),
        misquotes=chance.uniform(0.02, 0.25),
        yields=chance.choice((0.0, 0.01, 0.03)),
        truth_length=chance.uniform(0.0, 0.3),
        words=tuple(chance.sample(range(48), 5)),
    )
