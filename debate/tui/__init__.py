"""What is shown on a terminal as a screen: judging, browsing, watching."""
