"""Actors: honest debaters and colluders with known habits, by which an audit is shown to work.

They are heuristics that play real matches offline; what is measured on them is certified for them alone.
"""
