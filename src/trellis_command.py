"""Starts ``trellis``: outside the package, so that Ctrl-C ends it quietly while the package is still being loaded."""

import sys

INTERRUPTED = 130


def main() -> None:
    """The entry point."""
    try:
        from trellis.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
