"""What holds when and where: needs that are off are told, and dates and places that decide nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from trellis.library.in_force import EVERYWHERE, same_place
from trellis.library.knowledge import Knowledge
from trellis.prove.finding import Finding, entries, error, warning, where_of

CARRIES_A_DATE = ("instruments",)
"""Kinds whose date says only how old an entry is, and decides nothing."""


def needs_off(kb: Knowledge) -> Iterator[Finding]:
    """Needs that wait for their date, and rules of another place."""
    for name, effective in kb.waiting.items():
        what = f"need [{name}] is off before [{effective}]; the content itself is in force from [{kb.effective}]."
        yield warning("off", where_of(kb, "needs", name), what, "Nothing to mend, if that is meant.")
    for name, why in kb.off.items():
        what = f"need [{name}] is off: it is {why}, and the content is used in [{kb.jurisdiction}]."
        yield warning("off", where_of(kb, "needs", name), what, "Nothing to mend, if that is meant.")


def places_without_effect(kb: Knowledge) -> Iterator[Finding]:
    """Needs for care of another place than the others, which hold all the same; rules of a place that nobody names."""
    places = sorted({need.jurisdiction for need in kb.needs.values()} - set(EVERYWHERE))
    for name, need in kb.needs.items():
        where = where_of(kb, "needs", name)
        if need.basis != "care" and need.jurisdiction in EVERYWHERE:
            what = f"the {need.basis} rule [{name}] has jurisdiction [{need.jurisdiction}] and holds everywhere."
            yield error("place", where, what, "Say where it is in force.")
        elif need.basis == "care":
            # Where nobody said where the content is used, only places that cannot be one and the same stand out.
            known = [kb.jurisdiction] if kb.jurisdiction else [place for place in places if place != need.jurisdiction]
            other = [place for place in known if not same_place(place, need.jurisdiction)]
            if other:
                what = f"need [{name}] has jurisdiction [{need.jurisdiction}] and holds in [{other[0]}] all the same."
                remedy = "A need for care holds everywhere; leave it out, or give the rule the basis legal or payment."
                yield warning("place", where, what, remedy)


def dates_without_effect(kb: Knowledge) -> Iterator[Finding]:
    """Dates later than that of the content on entries that do not wait for them."""
    for key, name, entry in entries(kb):
        effective = getattr(entry, "effective", "")
        if key != "needs" and key not in CARRIES_A_DATE and effective > kb.effective:
            what = f"[{name}] is dated [{effective}], after the content itself [{kb.effective}], and holds already."
            yield warning("date", where_of(kb, key, name), what, "Only a need waits for its date.")


def not_yet(kb: Knowledge, as_of: date) -> Iterator[Finding]:
    """Content whose own date is still to come: it decides already."""
    if kb.effective > as_of.isoformat():
        what = f"the content is in force from [{kb.effective}], and decides already on [{as_of.isoformat()}]."
        yield warning("date", "version.yaml", what, "Use it from that day on.")
