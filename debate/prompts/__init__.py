"""Prompts: templates with their hashes, and the requests that are made from them."""

from debate.prompts.rendering import Renderer, fenced
from debate.prompts.templates import judged, load, played

__all__ = ["Renderer", "fenced", "judged", "load", "played"]
