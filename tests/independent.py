"""Servers that others wrote, each started as a process of its own on loopback, with a share of its replies failing.

`llmock` comes with the development dependencies. `aimock` is a Node package: it is used where it is found, after
`npm install --no-save @copilotkit/aimock` in the checkout or with its `dist/cli.js` named by AIMOCK.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

_LISTENING = re.compile(rb"(?:running|listening) on (http://[\d.:]+)")
_AIMOCK = "node_modules/@copilotkit/aimock/dist/cli.js"


@asynccontextmanager
async def llmock(folder: Path, *, errors: Mapping[int, float]) -> AsyncIterator[str]:
    """Serve every API that llmock speaks (`/v1` is OpenAI's, `/anthropic` Anthropic's), failing with `errors`."""
    program = Path(sys.executable).with_name("llmock")
    rates = [flag for code, rate in errors.items() for flag in ("--error-rate", f"{code}={rate}")]
    async with _served([str(program), "serve", "--port", "0", *rates], folder / "llmock.log") as url:
        yield url


def aimock_found() -> Path | None:
    """Return where aimock is, if it is there and can run."""
    place = Path(os.environ.get("AIMOCK") or Path(__file__).parent.parent / _AIMOCK)
    return place if place.is_file() and shutil.which("node") else None


@asynccontextmanager
async def aimock(
    folder: Path, *, says: Sequence[tuple[Mapping[str, str], str]], chaos: Mapping[str, float]
) -> AsyncIterator[str]:
    """Serve both APIs from aimock, which says the text of the first match, with rates of its kinds of chaos."""
    place = aimock_found()
    assert place is not None
    fixtures: list[dict[str, Any]] = [{"match": dict(match), "response": {"content": text}} for match, text in says]
    (folder / "fixtures.json").write_text(json.dumps({"fixtures": fixtures}))
    rates = [flag for kind, rate in chaos.items() for flag in (f"--chaos-{kind}", str(rate))]
    command = ["node", str(place), "--port", "0", "-f", str(folder / "fixtures.json"), *rates]
    async with _served(command, folder / "aimock.log") as url:
        yield url


@asynccontextmanager
async def _served(command: Sequence[str], log: Path) -> AsyncIterator[str]:
    """Run a server until the block ends; its address is read from what it prints."""
    with log.open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            *command, stdout=out, stderr=out, stdin=asyncio.subprocess.DEVNULL
        )
    try:
        yield await _address(process, log)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.wait()


async def _address(process: asyncio.subprocess.Process, log: Path) -> str:
    while process.returncode is None:
        found = _LISTENING.search(await asyncio.to_thread(log.read_bytes))
        if found:
            return found.group(1).decode()
        await asyncio.sleep(0.05)
    raise AssertionError(f"the server ended: {await asyncio.to_thread(log.read_text)}")
