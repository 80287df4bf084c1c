"""The judge's screens: plain prompts, and a full screen. Both show the same sitting."""
