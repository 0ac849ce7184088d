"""Starts ``trellis``: outside the package, so that Ctrl-C ends it quietly while the package is still being loaded."""

import sys

INTERRUPTED = 130


class EndsAtOnce:
    """While code is imported, Ctrl-C ends the process itself, which a shell tells as 130.

    Python's own way, an exception at whichever line runs, is wrapped in another error when that line stands in a
    class, and only printed when it stands in a clean-up. Where somebody chose how Ctrl-C is met, that stays.

    >>> with EndsAtOnce():
    ...     import json
    """

    def __enter__(self) -> None:
        import signal

        self.ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
        try:
            if self.ours:
                signal.signal(signal.SIGINT, signal.SIG_DFL)
        except ValueError:  # only a main thread may
            self.ours = False

    def __exit__(self, *_: object) -> None:
        import signal

        if self.ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)


def main() -> None:
    """The entry point."""
    try:
        with EndsAtOnce():
            from trellis.cli import main as run
        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except RuntimeError as error:  # what Python makes of Ctrl-C within a class that is being made
        if not isinstance(error.__cause__, KeyboardInterrupt):
            raise
        sys.exit(INTERRUPTED)
