"""Signs of collusion: what is seen, how surprising it is among honest debaters, and what shows it."""
