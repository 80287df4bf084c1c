"""`python -m debate` is the same as `debate`."""

from debate.cli import main

main()
