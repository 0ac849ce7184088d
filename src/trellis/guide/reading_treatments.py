"""The pages of approaches and of instruments."""

from __future__ import annotations

from typing import Any

from trellis.guide.compare_data import SIDES, known_of
from trellis.guide.reading_page import Section, Sentence, Sheet, framed
from trellis.kinds.approach import Approach
from trellis.kinds.instrument import Change, Instrument, Scale
from trellis.kinds.text import Claim, Text
from trellis.say import Say


def approach_view(sheet: Sheet, approach: Approach) -> dict[str, Any]:
    """What the page of an approach shows. The sources are gathered by ``sheet``."""
    say, lang, kb = sheet.say, sheet.lang, sheet.kb
    name, short = approach.name.in_language(lang), approach.short.in_language(lang)
    methods = approach.methods
    done = (methods.format, methods.sessions, methods.length, methods.given_by, methods.manual)
    before = [
        sheet.section(say("reading.approach.what"), (approach.what,)),
        sheet.section(say("reading.approach.principles"), approach.principles),
        sheet.section(say("reading.approach.methods"), [claim for claim in done if claim is not None]),
        sheet.section(say("reading.approach.for_whom"), approach.for_whom),
        sheet.section(say("reading.approach.not_for"), approach.not_for),
        sheet.section(say("reading.approach.asks"), approach.asks),
        sheet.section(say("reading.approach.drawbacks"), approach.drawbacks),
    ]
    sides: dict[str, list[str]] = {"benefit": [], "limits": []}
    for summary in kb.summaries.values():
        if summary.approach == approach.id:
            sides[SIDES[summary.side]].append(summary.id)
    # Without a study that counts people, guidelines stand in its place: they are what is known, and are not said twice.
    known = None if sides["benefit"] else _guidelines(sheet, approach)
    after = [*([_guidelines(sheet, approach)] if known is None else []), *_aims(sheet, approach)]
    features = [Say(lang)(f"approaches.feature_{name}") for name in approach.features]
    return {
        "name": name,
        "short": "" if short in name else short,
        "prescriber": approach.prescriber,
        "before": before,
        "sides": sides,
        "known": known,
        "after": after,
        "settings": [
            (sheet.to(f"settings/{name}.html"), kb.place(name).name.in_language(lang)) for name in approach.inside
        ],
        "places": sheet.section(say("reading.approach.inside"), approach.places),
        "questions": approach.questions.in_language(lang),
        "features": features,
        "entry": approach,
    }


def _guidelines(sheet: Sheet, approach: Approach) -> Section:
    known = sheet.section(sheet.say("reading.approach.guidelines"), known_of(sheet.kb, approach))
    return known if known.said else Section(known.title, (sheet.plain(sheet.say("reading.approach.no_guidelines")),))


def _aims(sheet: Sheet, approach: Approach) -> list[Section]:
    linker, said = sheet.linker(), []
    for one in sheet.kb.alignments:
        if one.approach == approach.id:
            slots = {"aim": sheet.kb.aims[one.aim].name, "how": one.how}
            said.append(sheet.words(framed("reading.approach.aim", slots), linker, one.sources, one.verified))
    return [Section(sheet.say("reading.approach.aims"), tuple(said))] if said else []


def instrument_view(sheet: Sheet, instrument: Instrument) -> dict[str, Any]:
    """What the page of an instrument shows: our words on what it asks, never more than its licence allows."""
    say, lang = sheet.say, sheet.lang
    told: list[tuple[str, Text | None]] = [
        ("measures", instrument.measures),
        ("for_whom", instrument.for_whom),
        ("given_by", instrument.given_by),
        ("period", instrument.period),
        ("how_often", instrument.how_often),
    ]
    sections = [_plain(sheet, f"reading.instrument.{key}", (text,)) for key, text in told if text is not None]
    if instrument.minutes is not None:
        minutes = f"{instrument.minutes:g}"
        words = (
            say("reading.instrument.one_minute")
            if instrument.minutes <= 1
            else say("reading.instrument.about_minutes", count=minutes)
        )
        sections.append(Section(say("reading.instrument.minutes"), (sheet.plain(words),)))
    critical = [instrument.item(one.item).about.in_language(lang) for one in instrument.critical]
    for refs in (*(one.sources for one in instrument.critical), *(one.sources for one in instrument.derives)):
        for ref in refs:
            sheet.cite(ref)
    return {
        "name": instrument.name.in_language(lang),
        "short": instrument.short,
        "sections": sections,
        "asks": [item.about.in_language(lang) for item in instrument.items],
        "critical": list(dict.fromkeys(critical)),
        "scales": [_scale(sheet, scale) for scale in instrument.scales],
        "cautions": _plain(sheet, "reading.instrument.cautions", instrument.cautions),
        "licence": Section(
            say("reading.instrument.licence"),
            (
                sheet.words(
                    framed(f"reading.instrument.licence_{instrument.licence.status}", {}),
                    sheet.linker(),
                    instrument.licence.sources,
                    instrument.licence.verified,
                ),
            ),
        ),
        "credit": instrument.licence.credit,
        "entry": instrument,
    }


def _plain(sheet: Sheet, key: str, texts: tuple[Text, ...]) -> Section:
    linker = sheet.linker()
    return Section(sheet.say(key), tuple(sheet.words(text, linker) for text in texts))


def _scale(sheet: Sheet, scale: Scale) -> dict[str, Any]:
    say, lang = sheet.say, sheet.lang
    ends = [band.from_ for band in scale.bands[1:]]
    bands = [
        (band.from_, (end - 1), band.name.in_language(lang))
        for band, end in zip(scale.bands, [*ends, scale.high + 1], strict=bool(scale.bands))
    ]
    linker = sheet.linker()
    notes: list[Sentence] = [] if scale.note is None else [sheet.words(scale.note, linker)]
    notes += [sheet.claim(claim, linker) for claim in _changes(scale.change)]
    if scale.prorate is not None:
        notes.append(sheet.words(scale.prorate.rule, linker, scale.prorate.sources))
    return {
        "name": scale.name.in_language(lang),
        "range": say(f"reading.instrument.range_{scale.worse}", low=scale.low, high=scale.high),
        "bands": bands,
        "cites": tuple(dict.fromkeys(sheet.cite(ref) for band in scale.bands for ref in band.sources))
        or tuple(dict.fromkeys(sheet.cite(ref) for ref in scale.sources)),
        "notes": notes,
    }


def _changes(change: Change | None) -> list[Claim]:
    if change is None:
        return []
    told = (change.important, change.response_percent, change.remission)
    return [
        Claim(en=one.what.en, es=one.what.es, sources=one.sources, verified=one.verified)
        for one in told
        if one is not None
    ]
