"""Known faults: theorems that the content does not obey yet, told in the content itself. The list can only shrink."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from trellis.errors import did_you_mean
from trellis.library.knowledge import Knowledge
from trellis.prove.finding import Finding, error, where_of

HOURS = "hours"
"""The one kind that is checked and not proved: words of a need against its rule."""

MENDED = "Take the entry out: the list can only shrink."


def why_known(kb: Knowledge) -> Mapping[str, str]:
    """Per theorem that the content is known not to obey, why.

    >>> import trellis
    >>> all(":" in theorem for theorem in why_known(trellis.load()))
    True
    """
    return {fault.theorem: fault.why for fault in kb.of("known_faults").values()}


def unknown_faults(kb: Knowledge) -> Iterator[Finding]:
    """Known faults whose theorem is about a need or a property that is not there."""
    named = {HOURS: kb.needs, "evaluated": kb.needs, "property": kb.properties}
    for name, fault in kb.of("known_faults").items():
        kind, _, about = fault.theorem.partition(": ")
        if kind not in named:
            what = f"[{name}] is of a theorem [{kind}], of which no fault may be kept."
            yield error("fault", where_of(kb, "known_faults", name), what, f"It may be {', '.join(named)}.")
        elif about not in named[kind]:
            what = f"[{name}] is of [{about}], which is not there."
            yield error("fault", where_of(kb, "known_faults", name), what, did_you_mean(about, named[kind]) or MENDED)


def mended(kb: Knowledge, broken: Iterable[str], kinds: Iterable[str]) -> Iterator[Finding]:
    """Known faults that are none any more.

    Args:
        kb: the knowledge.
        broken: the theorems that do not hold, in any of the sets of rules that were looked at.
        kinds: the kinds of theorems that were looked at.
    """
    still, looked_at = set(broken), set(kinds)
    for name, fault in kb.of("known_faults").items():
        if fault.theorem.partition(": ")[0] in looked_at and fault.theorem not in still:
            yield error("fault", where_of(kb, "known_faults", name), f"[{fault.theorem}] holds now.", MENDED)
