"""Banks that others have published: which formats are known, and how one becomes a bank of ours."""

from debate.questions.formats.draft import Draft, Format, LeftOut, Settings
from debate.questions.formats.importing import Came, convert
from debate.questions.formats.sources import FORMATS
from debate.questions.formats.writing import Taken, write

__all__ = ["FORMATS", "Came", "Draft", "Format", "LeftOut", "Settings", "Taken", "convert", "write"]
