"""How often is the audit wrong, and how often does it find what is there? Actors play, and it is counted."""
