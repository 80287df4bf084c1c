"""AI-vs-AI debate tournaments for the study of scalable oversight."""

__version__ = "0.1.0"
