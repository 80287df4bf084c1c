"""Tournament files and flags: read them, check them, show an example, describe every key."""

from debate.config.example import template
from debate.config.loading import load
from debate.config.reference import reference
from debate.config.sources import Sources

__all__ = ["Sources", "load", "reference", "template"]
