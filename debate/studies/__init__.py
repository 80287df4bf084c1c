"""Human judging as rules: who judges what, what a screen shows next, and what a belief is worth. Pure."""
