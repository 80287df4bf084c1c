"""Browsing: find debates, read one, hold two of them or two judges against each other."""
