"""What does a tournament come to before it is run: matches, calls, tokens, money, and what it can detect?

likely    every speech as long as its limit, the shared part of prompts served from a cache where it may be
most      every reply as long as it may be, asked for twice, nothing cached; retries of failed calls come on top
"""

from debate.forecast.counting import forecast
from debate.forecast.expected import Forecast, Left, Line, Model

__all__ = ["Forecast", "Left", "Line", "Model", "forecast"]
