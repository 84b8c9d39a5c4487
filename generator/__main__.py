"""The command as it is started: `briefbook` is the same as `python -m generator`."""

from __future__ import annotations

import gc
import signal
from types import FrameType
from typing import NoReturn


def main() -> None:
    """Run the command, so that whatever ends it early is told in a line."""
    stops = [each for each in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(each) != signal.SIG_IGN]
    # Modules half imported would answer with a traceback, and nothing is to be tidied up yet.
    for each in stops:
        signal.signal(each, signal.SIG_DFL)
    gc.disable()  # what modules hold stays until the end: it is not to be looked through for rubbish, now or later
    from .cli import main as command

    gc.freeze()
    gc.enable()
    for each in stops:
        signal.signal(each, _interrupt)
    try:
        command()
    finally:
        for each in stops:
            signal.signal(each, signal.SIG_DFL)
        gc.freeze()  # the system takes back all at once what would be looked through here for half a second


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt(number)


if __name__ == "__main__":
    main()
