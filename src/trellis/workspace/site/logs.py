"""Nothing personal in a log: of a fault its kind and where in the code it came up, and no words that somebody gave."""

from __future__ import annotations

import logging
import traceback


class NothingPersonal(logging.Filter):
    """Replaces the message, the arguments and the traceback of a record by what is known to be free of people."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, without what may be personal."""
        status = getattr(record, "status_code", None)
        told = f"{record.levelname.lower()}" if status is None else f"answered {status}"
        if record.exc_info and record.exc_info[0] is not None:
            frames = traceback.extract_tb(record.exc_info[2])
            last = f" at {frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else ""
            ours = next((frame for frame in reversed(frames) if "/trellis/" in frame.filename), None)
            by = f", from {ours.filename.rpartition('/')[2]}:{ours.lineno}" if ours else ""
            told += f": {record.exc_info[0].__name__}{last}{by}"
        record.msg, record.args, record.exc_info, record.exc_text, record.stack_info = told, (), None, None, None
        return True
