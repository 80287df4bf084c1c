"""Judging: a full screen and numbered prompts, over one sitting."""
