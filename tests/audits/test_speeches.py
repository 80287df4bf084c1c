"""What a speech takes up of the one it answers is counted once, and stays with it wherever it stands."""

from __future__ import annotations

from dataclasses import fields
from itertools import pairwise
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from debate.audits.corpus import Corpus, corpus
from debate.audits.reduced import Reduced, reduce
from debate.audits.speeches import Speeches
from tests import builders as b

CLAIM = "He hid two crates of sand. He had counted them."


def reduced(place: int, *texts: str) -> Reduced:
    return reduce(b.debate(b.match().model_copy(update={"id": f"m{place}"}), *texts), order=place)


def by_definition(said: Speeches) -> list[int]:
    """Phrases that a reply shares with what it answers, as sets."""
    phrases = [set(said.phrases[start:end].tolist()) for start, end in pairwise(said.starts)]
    return [len(phrases[i] & phrases[j]) if j >= 0 else 0 for i, j in enumerate(said.answered.tolist())]


def same(one: Corpus, other: Corpus) -> None:
    assert one.id == other.id
    for name in ("order", "right", "answer", "canary"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    for name in (field.name for field in fields(Speeches)):
        assert np.array_equal(getattr(one.speeches, name), getattr(other.speeches, name)), name


def test_a_reply_that_repeats_the_claim_takes_its_phrases_up() -> None:
    """Openings answer nothing; of the replies one repeats, the other does not."""
    said = corpus([reduced(0, CLAIM, "The sand was never there, say the books.", "No.", CLAIM)]).speeches
    assert said.answered.tolist() == [-1, -1, 1, 0]
    assert said.taken_up[:3].tolist() == [0, 0, 0]
    assert said.taken_up[3] == len(set(said.phrases[said.starts[0] : said.starts[1]].tolist())) > 5


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.lists(st.text("ab .", min_size=1, max_size=40), min_size=4, max_size=4), min_size=1, max_size=5),
    st.randoms(use_true_random=False),
)
def test_debates_in_another_order_keep_what_is_theirs(texts: list[list[str]], chance: Random) -> None:
    """Columns put in another order are those of the debates read in that order, and shared phrases those of sets."""
    debates = [reduced(place, *said) for place, said in enumerate(texts)]
    order = list(range(len(debates)))
    chance.shuffle(order)
    whole = corpus(debates).in_order(np.array(order))
    same(whole, corpus([debates[place] for place in order]))
    assert whole.speeches.taken_up.tolist() == by_definition(whole.speeches)
