"""What is wrong with an instrument that loads: its licence, what it leads to, its Spanish."""

from __future__ import annotations

from collections.abc import Iterator

from trellis.kinds.instrument import MAY_SHOW, Instrument
from trellis.kinds.text import Text
from trellis.library.knowledge import Knowledge
from trellis.prove.finding import Finding, error, where_of

MEMORY = "memory"


def instruments(kb: Knowledge) -> Iterator[Finding]:
    """Words shown without a ground for it, an instrument that leads to nothing, and missing Spanish."""
    for instrument in kb.instruments.values():
        where = where_of(kb, "instruments", instrument.id)
        yield from _licence(instrument, where)
        yield from _leads_somewhere(kb, instrument, where)
        yield from _spanish(instrument, where)


def _licence(instrument: Instrument, where: str) -> Iterator[Finding]:
    licence, name = instrument.licence, instrument.id
    if licence.status in MAY_SHOW:
        if licence.verified == MEMORY:
            what = f"[{name}] is said to be [{licence.status}], on the ground of [{MEMORY}]."
            yield error(
                "licence", where, what, "See the licence in a source, or write `unconfirmed` and leave its words out."
            )
        return
    shown = [item.id for item in instrument.items if item.text is not None]
    shown += ["stem"] if instrument.stem is not None else []
    if shown:
        what = f"[{name}] shows the words of [{', '.join(shown)}], and its licence is [{licence.status}]."
        yield error(
            "licence", where, what, "Leave its words out until the licence is confirmed; say in `about` what it asks."
        )


def _leads_somewhere(kb: Knowledge, instrument: Instrument, where: str) -> Iterator[Finding]:
    """What can be filled in must matter for a decision; what can only be typed as a total may be a record alone."""
    name = instrument.id
    if instrument.items and not any(rule.to in kb.facts or rule.to in kb.inputs for rule in instrument.derives):
        yield error("leads-nowhere", where, f"[{name}] raises no fact.", "Add `derives`, or record its total only.")
    raised = {rule.item for rule in instrument.derives}
    for item in dict.fromkeys(entry.item for entry in instrument.critical):
        if item not in raised:
            what = f"[{name}] has the critical item [{item}], which raises no fact."
            yield error("leads-nowhere", where, what, "Add to `derives` what its answer says.")


def _spanish(instrument: Instrument, where: str) -> Iterator[Finding]:
    for path, text in _required(instrument):
        if not text.es:
            yield error("untranslated", where, f"[{instrument.id}] has no Spanish for [{path}].", "Add es.")
    lacking = [item.id for item in instrument.items if item.text is not None and not item.text.es]
    if lacking and not instrument.note:
        what = f"[{instrument.id}] has no Spanish for the words of [{', '.join(lacking)}], and no note says why."
        yield error("untranslated", where, what, "Add the published Spanish, or say in `note` that there is none.")


def _required(instrument: Instrument) -> Iterator[tuple[str, Text]]:
    """Our own words, which are never without Spanish, each with its path."""
    for name in ("name", "measures", "for_whom", "given_by", "period", "how_often"):
        text = getattr(instrument, name)
        if text is not None:
            yield name, text
    yield from ((f"items/{item.id}/about", item.about) for item in instrument.items)
    for scale in instrument.scales:
        yield f"scales/{scale.id}/name", scale.name
        yield from ((f"scales/{scale.id}/bands/{band.id}", band.name) for band in scale.bands)
        if scale.note is not None:
            yield f"scales/{scale.id}/note", scale.note
    for entry in instrument.critical:
        yield f"critical/{entry.item}/person", entry.says.person
        yield f"critical/{entry.item}/clinician", entry.says.clinician
    yield from ((f"cautions/{number}", caution) for number, caution in enumerate(instrument.cautions, 1))
