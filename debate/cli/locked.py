"""A key that judges and does nothing else: what a forced command of sshd takes from the other end of the line.

With `command="debate judge ..."` in `authorized_keys`, sshd runs that, whatever was asked for, and tells in the
environment what it was. A program that did as if nothing had been asked would leave people guessing, and one that read
it as a command would be a hole: so one word is understood, and everything else is refused.
"""

from __future__ import annotations

import os

ASKED = "SSH_ORIGINAL_COMMAND"
PLAIN = ("plain", "--plain")


def locked(words: list[str]) -> list[str]:
    """Return the words of `debate judge` with what was asked for over ssh: nothing, or plain prompts.

    Raises:
        UsageError: something else was.
    """
    from debate.errors import UsageError

    asked = os.environ.get(ASKED, "").strip()
    if not asked:
        return words
    if asked in PLAIN:
        return [*words, "--plain"]
    raise UsageError('this key is for judging and for nothing else: connect without a command, or with "plain"')
