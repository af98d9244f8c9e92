"""A folder for one run, gone with everything in it when the run ends in any way."""

import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def workplace() -> Iterator[Path]:
    """Give a new folder; SIGTERM ends the block as Ctrl-C does, so that servers are ended too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with tempfile.TemporaryDirectory(prefix="pingpong-benchmark-") as folder:
        yield Path(folder)
