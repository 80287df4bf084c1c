"""Reports: numbers from a database, and how they are laid out for a terminal, a page and programs."""

from debate.report.measuring import BY, measure, running
from debate.report.report import Report

__all__ = ["BY", "Report", "measure", "running"]
