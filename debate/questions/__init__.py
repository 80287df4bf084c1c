"""Question banks: read them, check them, draw from them."""

from debate.questions.banks import bank, files
from debate.questions.checking import check
from debate.questions.counting import Counts, count, total
from debate.questions.drawing import draw
from debate.questions.reading import Problem, read

__all__ = ["Counts", "Problem", "bank", "check", "count", "draw", "files", "read", "total"]
