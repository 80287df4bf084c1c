"""Prompts: templates with their hashes, and the requests that are made from them."""

from debate.prompts.rendering import Renderer, fenced
from debate.prompts.templates import audit, judged, load, played, reads

__all__ = ["Renderer", "audit", "fenced", "judged", "load", "played", "reads"]
