"""Instruments on a terminal: the list, one in full, and one filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from trellis.cli import panel
from trellis.cli.instruments_input import FilledIn
from trellis.cli.terminal import Terminal
from trellis.decide.parsing import Answer
from trellis.decide.views import UrgentView
from trellis.instruments import ScaleScore
from trellis.kinds.instrument import Critical, Derives, Instrument, Item, Scale
from trellis.kinds.text import SourceRef
from trellis.library.knowledge import Knowledge
from trellis.say import Say
from trellis.say.say import VOICES

FORMS = {
    "full": "instruments.form_full",
    "scores_only": "instruments.form_scores_only",
    "total_only": "instruments.form_total_only",
}
LICENCES = {
    "public_domain": "instruments.licence_public_domain",
    "free": "instruments.licence_free",
    "unconfirmed": "instruments.licence_unconfirmed",
    "restricted": "instruments.licence_restricted",
}
LANGUAGES = {
    "both": "instruments.languages_both",
    "english": "instruments.languages_english",
    "none": "instruments.languages_none",
}
ABOUT = {
    "measures": "instruments.about_measures",
    "for_whom": "instruments.about_for_whom",
    "given_by": "instruments.about_given_by",
    "period": "instruments.about_period",
    "minutes": "instruments.about_minutes",
    "how_often": "instruments.about_how_often",
}


def show_list(kb: Knowledge, say: Say, term: Terminal) -> None:
    """Every instrument with what can be done with it here."""
    term.heading(say("instruments.instruments_title"))
    for instrument in kb.instruments.values():
        name = instrument.name.in_language(say.lang)
        term.text(say("instruments.instrument_row", id=instrument.id, name=name, short=instrument.short), style="bold")
        term.text(
            say(
                "instruments.instrument_line",
                form=say(FORMS[instrument.form]),
                licence=say(LICENCES[instrument.licence.status]),
                languages=say(LANGUAGES[_languages(instrument)]),
                minutes=_minutes(instrument, say),
            ),
            indent="  ",
        )
    term.line()
    term.text(say("instruments.instruments_note"))


def list_json(kb: Knowledge) -> list[dict[str, Any]]:
    """The same as plain values."""
    return [
        {
            "id": one.id, "name": one.name.en, "short": one.short, "form": one.form, "licence": one.licence.status,
            "languages": _languages(one), "minutes": one.minutes, "scales": [scale.id for scale in one.scales],
        }
        for one in kb.instruments.values()
    ]  # fmt: skip


def _languages(instrument: Instrument) -> str:
    texts = [item.text for item in instrument.items if item.text is not None]
    if not texts:
        return "none"
    return "both" if all(text.es for text in texts) else "english"


def _minutes(instrument: Instrument, say: Say) -> str:
    return say("instruments.minutes_unknown") if instrument.minutes is None else f"{instrument.minutes:g}"


def show_one(kb: Knowledge, instrument: Instrument, say: Say, term: Terminal, role: str) -> None:
    """One instrument with everything that is known of it."""
    lang = say.lang
    name = instrument.name.in_language(lang)
    term.heading(say("instruments.score_title", short=instrument.short, name=name))
    term.text(say(FORMS[instrument.form]))
    term.subheading(say("instruments.part_about"))
    term.bullets(_about(instrument, say))
    term.subheading(say("instruments.part_licence", status=say(LICENCES[instrument.licence.status])))
    term.text(instrument.licence.text, indent="  ")
    if instrument.licence.credit:
        term.text(say("instruments.credit", credit=instrument.licence.credit), indent="  ")
    _items(instrument, say, term)
    term.subheading(say("instruments.part_scales"))
    for scale in instrument.scales:
        _scale(scale, say, term)
    if instrument.critical:
        term.subheading(say("instruments.part_critical"))
        term.bullets(
            say("instruments.critical_row", item=e.item, low=e.from_, says=e.says.for_role(role).in_language(lang))
            for e in instrument.critical
        )
    term.subheading(say("instruments.part_derives"))
    term.bullets(_derives(kb, instrument, say) if instrument.derives else [say("instruments.derives_nothing")])
    if instrument.derives:
        term.text(say("instruments.only_raises"), indent="  ")
    if instrument.cautions:
        term.subheading(say("instruments.part_cautions"))
        term.bullets(caution.in_language(lang) for caution in instrument.cautions)
    if instrument.note:
        term.line()
        term.text(say("basis.note", note=instrument.note))
    term.subheading(say("instruments.part_sources"))
    term.bullets(_sources(kb, instrument, say))
    term.line()
    if lang != "en":
        term.text(say("lists.in_english"))
    term.text(say.entry_review(kb.review_of("instruments", instrument.id), role), style="bold")


def _about(instrument: Instrument, say: Say) -> Iterator[str]:
    for name, key in ABOUT.items():
        value = getattr(instrument, name)
        if value is not None:
            text = _minutes(instrument, say) if name == "minutes" else value.in_language(say.lang)
            yield say(key, text=text)


def _items(instrument: Instrument, say: Say, term: Terminal) -> None:
    if not instrument.items:
        return
    shown = any(item.text is not None for item in instrument.items)
    term.subheading(say("instruments.part_items") if shown else say("instruments.part_items_about"))
    if shown and instrument.stem is not None:
        term.text(instrument.stem.in_language(say.lang), indent="  ")
    told: list[str] = []
    for item in instrument.items:
        term.text(
            say("instruments.item_row", id=item.id, text=item_words(item, say.lang)), indent="  ", hanging="      "
        )
        options = _options(instrument, item, say)
        if options != told:
            term.bullets(options, indent="      ")
        told = options
        unscored = [one.text.in_language(say.lang) for one in item.missing if one.text is not None]
        if unscored:
            term.bullets([say("instruments.option_missing", texts="; ".join(unscored))], indent="      ")
    for skip in instrument.skips:
        scores = ", ".join(str(score) for score in skip.scores)
        names = ", ".join(f"[{name}]" for name in skip.skips)
        term.text(say("instruments.skip_row", item=skip.item, scores=scores, names=names), indent="  ")


def _options(instrument: Instrument, item: Item, say: Say) -> list[str]:
    options = instrument.options_of(item)
    if any(option.text is None for option in options):
        return [
            say("instruments.option_scores", scores=", ".join(str(score) for score in instrument.scores_of(item.id)))
        ]
    return [
        say("instruments.option_row", score=option.score, text=option.text.in_language(say.lang))
        for option in options
        if option.text is not None
    ]


def item_words(item: Item, lang: str) -> str:
    """The words of an item: its own where they may be shown, else ours."""
    return (item.about if item.text is None else item.text).in_language(lang)


def _scale(scale: Scale, say: Say, term: Terminal) -> None:
    key = "instruments.scale_row" if scale.worse == "up" else "instruments.scale_row_down"
    term.text(say(key, id=scale.id, name=scale.name.in_language(say.lang), low=scale.low, high=scale.high), indent="  ")
    term.bullets(
        (say("instruments.band_row", low=band.from_, name=band.name.in_language(say.lang)) for band in scale.bands),
        indent="    ",
    )
    if scale.note is not None:
        term.text(scale.note.in_language(say.lang), indent="    ")


def _derives(kb: Knowledge, instrument: Instrument, say: Say) -> Iterator[str]:
    for rule in instrument.derives:
        if rule.to in kb.inputs:
            yield say("instruments.derives_input", scale=_what(instrument, rule, say), to=rule.to)
        else:
            step = _step(kb, rule.to, str(rule.step), say.lang)
            yield say(
                "instruments.derives_fact", what=_what(instrument, rule, say), low=rule.from_, to=rule.to, step=step
            )


def _what(instrument: Instrument, rule: Derives, say: Say) -> str:
    if rule.item is not None:
        return say("instruments.derives_item", item=rule.item)
    scale = instrument.scale(str(rule.scale))
    return say("instruments.derives_scale", scale=scale.name.in_language(say.lang))


def _step(kb: Knowledge, fact: str, value: str, lang: str) -> str:
    entry = kb.facts[fact]
    return entry.step_at(entry.rank_of(value)).in_language(lang)


def _sources(kb: Knowledge, instrument: Instrument, say: Say) -> Iterator[str]:
    refs: dict[str, SourceRef] = {}
    cited = [*instrument.sources, *instrument.licence.sources]
    cited += [ref for scale in instrument.scales for ref in scale.sources]
    cited += [ref for entry in instrument.critical for ref in entry.sources]
    cited += [ref for rule in instrument.derives for ref in rule.sources]
    for ref in cited:
        refs.setdefault(ref.ref, SourceRef(ref=ref.ref))
    for ref in refs.values():
        (cite,) = kb.cite((ref,))
        yield say("instruments.source_row", cite=cite, link=kb.sources[ref.ref].link).strip()


def urgent_of(kb: Knowledge, critical: Iterable[Critical]) -> list[str]:
    """The dangers that these answers tell of, the gravest first."""
    told = {entry.urgent for entry in critical}
    return [name for name in kb.urgent if name in told]


def show_scored(
    kb: Knowledge, filled: FilledIn, facts: Mapping[str, Answer], say: Say, term: Terminal, role: str
) -> None:
    """A filled-in instrument: danger first, then what matters by itself, the totals, what is missing, what it gives."""
    scored = filled.scored
    instrument, lang = scored.instrument, say.lang
    panel.show(kb, [UrgentView(name, ()) for name in urgent_of(kb, filled.critical)], say, term, role)
    term.heading(say("instruments.score_title", short=instrument.short, name=instrument.name.in_language(lang)))
    if filled.critical:
        term.subheading(say("instruments.critical_given"))
        for entry in filled.critical:
            term.text(
                say("instruments.critical_item", item=entry.item, says=entry.says.for_role(role).in_language(lang)),
                indent="  ",
            )
        term.line()
    for found in scored.scales.values():
        _score(found, say, term)
    if scored.skipped:
        term.text(say("instruments.score_skipped", items=", ".join(f"[{name}]" for name in scored.skipped)))
    if scored.unasked_critical:
        items = dict.fromkeys(entry.item for entry in scored.unasked_critical)
        told = "; ".join(
            say("instruments.item_row", id=i, text=instrument.item(i).about.in_language(lang).rstrip("."))
            for i in items
        )
        term.line()
        term.text(say("instruments.critical_unasked", items=told), style="bold")
    if filled.told:
        term.subheading(say("instruments.not_understood"))
        term.bullets(str(told) for told in filled.told)
    term.subheading(say("instruments.facts_given"))
    term.bullets([*_facts(kb, facts, say)] or [say("instruments.facts_none")])
    term.line()
    term.text(say("instruments.only_raises"))
    if scored.answers and instrument.licence.credit:
        term.text(say("instruments.credit", credit=instrument.licence.credit))
    term.text(say.entry_review(kb.review_of("instruments", instrument.id), role), style="bold")


def _score(found: ScaleScore, say: Say, term: Terminal) -> None:
    scale, lang = found.scale, say.lang
    slots: dict[str, object] = {"name": scale.name.in_language(lang), "low": scale.low, "high": scale.high}
    bands = [band.name.in_language(lang) for band in found.bands]
    if found.total is None:
        slots |= {"least": found.low, "most": found.high}
        told = (
            say("instruments.score_range_band", bands="; ".join(bands), **slots)
            if bands
            else say("instruments.score_range", **slots)
        )
    elif bands:
        told = say("instruments.score_exact_band", total=found.total, band=bands[0], **slots)
    else:
        told = say("instruments.score_exact", total=found.total, **slots)
    term.text(told, style="bold")
    if found.missing:
        term.text(say("instruments.score_missing", items=", ".join(f"[{name}]" for name in found.missing)), indent="  ")
    if found.prorated is not None and found.total is None:
        rule = found.prorated.scale.prorate
        words = rule.rule.in_language(lang) if rule is not None else ""
        term.text(say("instruments.score_prorated", total=f"{found.prorated.total:g}", rule=words), indent="  ")


def _facts(kb: Knowledge, facts: Mapping[str, Answer], say: Say) -> Iterator[str]:
    for name, answer in facts.items():
        if name in kb.inputs:
            yield say("instruments.fact_given", fact=name, value=answer.value)
        else:
            yield say("instruments.fact_at_least", fact=name, value=_step(kb, name, str(answer.value), say.lang))


def scored_json(kb: Knowledge, filled: FilledIn, facts: Mapping[str, Answer]) -> dict[str, Any]:
    """A filled-in instrument as plain values."""
    scored = filled.scored
    return {
        "instrument": scored.instrument.id,
        "answers": dict(scored.answers),
        "skipped": list(scored.skipped),
        "scales": {
            name: {
                "total": found.total,
                "possible": list(found.possible),
                "bands": [band.id for band in found.bands],
                "missing": list(found.missing),
                "prorated": found.prorated.total if found.prorated else None,
            }
            for name, found in scored.scales.items()
        },
        "urgent": list(dict.fromkeys(entry.urgent for entry in filled.critical)),
        "critical": [entry.item for entry in filled.critical],
        "critical_not_asked": [entry.item for entry in scored.unasked_critical],
        "not_understood": [asdict(told) for told in filled.told],
        "facts": {name: answer.to_json() for name, answer in facts.items()},
        "review": VOICES[0].review_of(kb.review_of("instruments", scored.instrument.id)),
    }
