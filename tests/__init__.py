"""The tests, which mirror the package."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # how long an example takes is up to the machine's load
settings.load_profile("untimed")
