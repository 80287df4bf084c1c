"""What does a speech quote, and does the passage say so?"""

from debate.quotes.marks import mark, own_words, revealed, segments, verified

__all__ = ["mark", "own_words", "revealed", "segments", "verified"]
