"""Whether nominal 95% intervals cover the truth 95 times in a hundred: tournaments of known truth, measured."""
