"""The documentation, and how its generated parts are made."""
