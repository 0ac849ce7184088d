"""A knowledge sent to another process: as the place it was loaded from, so that it costs a few hundred bytes.

Who gets it loads it there, once for each process, and is refused when that place does not hold the same content.
"""

from __future__ import annotations

import copyreg
import pickle
from collections import OrderedDict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from trellis.errors import KnowledgeError, Problem
from trellis.library.in_force import in_force
from trellis.library.knowledge import LOADED, Knowledge, Origin
from trellis.library.loader import load
from trellis.once import first_time

KEPT = 8
"""So many that came from elsewhere stay loaded; a process seldom needs more than one."""

_came: OrderedDict[str, Knowledge] = OrderedDict()


def load_again(origin: Origin, digest: str) -> Knowledge:
    """The knowledge with this digest: the one in this process, or else loaded from where the sender had it from.

    Raises:
        KnowledgeError: that place is not on this machine, or holds another content now.

    >>> import pickle
    >>> import trellis
    >>> kb = trellis.load()
    >>> len(pickle.dumps(kb)) < 1_000, pickle.loads(pickle.dumps(kb)) == kb
    (True, True)
    """
    with first_time():
        kb = LOADED.get(digest)
        if kb is None:
            kb = _came[digest] = _load(origin, digest)
            if len(_came) > KEPT:
                _came.popitem(last=False)
        return kb


def view_again(whole: Knowledge, off: frozenset[str]) -> Knowledge:
    """The knowledge as it holds before the dates of some needs; see :func:`trellis.library.in_force.in_force`."""
    return in_force(whole, date.fromisoformat(min(whole.waiting[name] for name in off)) - timedelta(days=1))


def _load(origin: Origin, digest: str) -> Knowledge:
    place = origin.folder or "the knowledge shipped with Trellis"
    if origin.folder is not None and not Path(origin.folder).is_dir():
        message = "is not on this machine, and the knowledge that was sent here was loaded from it."
        raise KnowledgeError([Problem(place, message, "Put the same folder in the same place here.")])
    kb = load(origin.folder, parameters=dict(origin.parameters), jurisdiction=origin.jurisdiction)
    if kb.digest != digest:
        message = f"holds [{kb.digest[:12]}], but what was sent here was loaded from [{digest[:12]}]."
        remedy = (
            "Install the same version of Trellis on both sides."
            if origin.folder is None
            else "Files were changed there: load the knowledge again and send that, or put the old files back."
        )
        raise KnowledgeError([Problem(place, message, remedy)])
    return kb


def _sent(kb: Knowledge) -> tuple[Any, ...]:
    """What is written in the place of a knowledge: what makes it again, and of what."""
    if kb.whole is not None and kb.whole.origin is not None:
        return view_again, (kb.whole, frozenset(kb.off) - frozenset(kb.whole.off))
    if kb.origin is None:
        raise pickle.PicklingError("a knowledge with replaced parts cannot be sent on; send what trellis.load gave")
    return load_again, (kb.origin, kb.digest)


# Here and not as a method: a knowledge does not know of what loads it.
copyreg.pickle(Knowledge, _sent)
