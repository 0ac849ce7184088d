"""Rows and summaries of evidence on a page: every number with its direction, its source and whether it was seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from trellis.cli.terminal import Terminal
from trellis.evidence import Statement, of_100, size_of, statement
from trellis.evidence.bars import frequency_bars
from trellis.evidence.words import level_words, size_words, statement_lines
from trellis.kinds.evidence import Result, Summary
from trellis.kinds.text import Source
from trellis.library.knowledge import Knowledge
from trellis.say import Say

DESIGNS = {
    "meta-analysis": "evidence.meta_analysis",
    "RCT": "evidence.rct",
    "cohort": "evidence.cohort",
    "review": "evidence.review",
}


def name_of(kb: Knowledge, entry: Result | Summary, lang: str) -> str:
    """The approach or the setting that a row or a summary is about; a row without either names what was given."""
    if entry.approach is not None:
        return kb.approaches[entry.approach].name.in_language(lang)
    places = {**kb.settings, **kb.add_ons, **kb.responses}
    if entry.setting is not None and entry.setting in places:
        return places[entry.setting].name.in_language(lang)
    return entry.form.in_language(lang) if isinstance(entry, Result) else entry.id


def condition_of(kb: Knowledge, entry: Result | Summary, lang: str) -> str:
    """What it was given for."""
    return kb.treated[entry.condition].name.in_language(lang)


def direction(say: Say, row: Result) -> str:
    """Which way of the published number favours the approach, in words."""
    if row.favours == "neither":
        return say("evidence.neither")
    if row.ratio:
        return say("evidence.more_than_1") if row.favours == "higher" else say("evidence.less_than_1")
    return say("evidence.more_than_0") if row.favours == "higher" else say("evidence.less_than_0")


def with_interval(say: Say, value: float, ends: tuple[float, float] | None) -> str:
    """A number with its interval where there is one."""
    if ends is None:
        return f"{value:.6g}"
    return say("evidence.interval", value=f"{value:.6g}", low=f"{ends[0]:.6g}", high=f"{ends[1]:.6g}")


def published(say: Say, row: Result) -> str:
    """The number as published, with its direction."""
    effect = row.original
    if effect.value is None:
        return say("evidence.no_number").rstrip(".")
    ends = None if effect.low is None or effect.high is None else (effect.low, effect.high)
    value = with_interval(say, effect.value, ends)
    return say("evidence.pooled_is", measure=row.measure, value=value, direction=direction(say, row)).rstrip(".")


def show_list(
    kb: Knowledge, summaries: Sequence[Summary], rows: Sequence[Result], say: Say, term: Terminal, role: str
) -> None:
    """Summaries with how sure they are, then rows with their numbers; what was not checked says so."""
    if not summaries and not rows:
        term.text(say("evidence.none"))
        return
    if summaries:
        term.heading(say("evidence.summaries"))
    for summary in summaries:
        head = say(
            "evidence.head",
            id=summary.id,
            approach=name_of(kb, summary, say.lang),
            condition=condition_of(kb, summary, say.lang),
        )
        term.text(head, style="bold", hanging="  ")
        told = statement(kb, summary)
        term.text(f"{told.words(role, say.lang)} {level_words(told.level, say.lang, role=role)}", indent="  ")
    if rows:
        term.heading(say("evidence.rows"))
    for row in rows:
        outcome = row.outcome.in_language(say.lang).rstrip(".")
        slots = {
            "approach": name_of(kb, row, say.lang),
            "condition": condition_of(kb, row, say.lang),
            "outcome": outcome,
        }
        number = size_words(size_of(row), say.lang) if role == "person" else published(say, row)
        mark = "" if row.verified == "yes" else f" [{say('evidence.not_verified_short')}]"
        term.text(say("evidence.row", id=row.id, number=number, **slots) + mark, hanging="      ")
    term.line()
    term.text(say("evidence.counts", summaries=len(summaries), rows=len(rows)))
    term.text(say.review(kb.review, role), style="bold")


def show_row(kb: Knowledge, row: Result, say: Say, term: Terminal, role: str) -> None:
    """Everything on one row."""
    head = say(
        "evidence.head", id=row.id, approach=name_of(kb, row, say.lang), condition=condition_of(kb, row, say.lang)
    )
    term.heading(head)
    term.lines(row_lines(row, say))
    used = [summary.id for summary in kb.summaries.values() if row.id in (*summary.results, *summary.against)]
    if used:
        term.text(say("evidence.used", summaries=", ".join(used)))
    if row.seen_at:
        seen = row.verified == "yes"
        place = say("evidence.seen", place=row.seen_at) if seen else say("evidence.located", place=row.seen_at)
        term.text(place, hanging="  ")
    _sources([kb.sources[row.source]], say, term)
    term.line()
    term.text(say.review(kb.review, role), style="bold")


def row_lines(row: Result, say: Say) -> list[str]:
    """A row, a fact a line: what, for whom, against what, the number as published and in one direction, its state."""
    lang = say.lang
    design = say(DESIGNS[row.design])
    lines = [
        say("evidence.what", form=row.form.in_language(lang).rstrip(".")),
        say("evidence.against", comparator=row.comparator.in_language(lang).rstrip(".")),
        say("evidence.who", population=row.population.in_language(lang).rstrip(".")),
        say("evidence.outcome", outcome=row.outcome.in_language(lang).rstrip(".")),
    ]
    if row.studies is None:
        lines.append(say("evidence.design", design=design, year=row.year))
    else:
        lines.append(say("evidence.design_of", design=design, year=row.year, studies=row.studies))
    if row.people is not None:
        lines.append(say("evidence.people", people=say.number(row.people)))
    lines += _numbers(row, say)
    if row.note is not None:
        lines.append(say("evidence.note", note=row.note.in_language(lang)))
    lines.append(say("evidence.verified") if row.verified == "yes" else say("evidence.not_verified"))
    return lines


def _numbers(row: Result, say: Say) -> list[str]:
    lines = [say("evidence.published", number=published(say, row))]
    if row.benefit is not None:
        ends = None if row.interval is None else (round(row.interval[0], 3), round(row.interval[1], 3))
        value = with_interval(say, round(row.benefit, 3), ends)
        lines.append(say("evidence.one_way_log", value=value) if row.ratio else say("evidence.one_way", value=value))
        lines.append(say("evidence.size", size=size_words(size_of(row), say.lang)))
    if row.rates is not None:
        rates = {"approach": f"{row.rates.approach:g}", "comparison": f"{row.rates.comparison:g}"}
        lines.append(say("evidence.rates", **rates))
    return lines


def show_summary(kb: Knowledge, summary: Summary, say: Say, term: Terminal, role: str) -> None:
    """Everything on one summary."""
    told = statement(kb, summary)
    head = {
        "id": summary.id,
        "approach": name_of(kb, summary, say.lang),
        "condition": condition_of(kb, summary, say.lang),
    }
    term.heading(say("evidence.head", **head))
    sentence, frequency, *_, last = statement_lines(told, say.lang, role=role)
    term.text(sentence)
    term.subheading(say("evidence.of_100"))
    term.text(frequency)
    _frequency(kb, told, say, term)
    _certainty(told, say, term, role)
    if not told.verified:
        term.text(last, style="bold")
    _against(told, say, term)
    term.subheading(say("evidence.supports"))
    for row in told.rows:
        term.text(say("lists.id_and_name", id=row.id, name=published(say, row)), style="bold", hanging="  ")
        term.lines(row_lines(row, say), indent="  ")
    _sources(told.sources, say, term)
    term.line()
    term.text(say.review(kb.review, role), style="bold")


def _frequency(kb: Knowledge, told: Statement, say: Say, term: Terminal) -> None:
    found = told.of_100
    if found is None:
        return
    term.lines(frequency_bars(found, say.lang))
    if found.base is not None:
        per_100 = f"{found.base.per_100:g}"
        seen = found.base.verified == "yes"
        term.text(say("evidence.base", per_100=per_100) if seen else say("evidence.base_unverified", per_100=per_100))
        term.bullets(cited([kb.sources[ref.ref] for ref in found.base.sources]), indent="  ")
    if found.method is None:
        term.text(say("evidence.as_published"))
    elif found.method in kb.methods:
        method = kb.methods[found.method].name.in_language(say.lang)
        term.text(say("evidence.made_by", method=method))


def _certainty(told: Statement, say: Say, term: Terminal, role: str) -> None:
    level = level_words(told.level, say.lang, role=role)
    term.subheading(say("evidence.certainty", level=level).rstrip("."))
    certainty = told.summary.certainty
    lines = [say("evidence.starts_high") if certainty.starts == "high" else say("evidence.starts_low")]
    for lowered in certainty.lowered:
        slots = {
            "by": lowered.by,
            "domain": say(f"evidence.domain_{lowered.for_}"),
            "why": lowered.why.in_language(say.lang),
        }
        lines.append(say("evidence.lowered", **slots))
    for raised in certainty.raised:
        slots = {
            "by": raised.by,
            "domain": say(f"evidence.domain_{raised.for_}"),
            "why": raised.why.in_language(say.lang),
        }
        lines.append(say("evidence.raised", **slots))
    term.bullets(lines)


def _against(told: Statement, say: Say, term: Terminal) -> None:
    """Each row that points another way beside the leading row, in equal width."""
    if not told.against:
        return
    term.subheading(say("evidence.conflict"))
    lead = told.rows[0]
    for row in told.against:
        term.columns(lead.id, row.id)
        for left, right in zip(_side(lead, say), _side(row, say), strict=True):
            term.columns(left, right)
        term.line()


def _side(row: Result, say: Say) -> list[str]:
    lang = say.lang
    state = say("evidence.verified") if row.verified == "yes" else say("evidence.not_verified")
    return [
        say("evidence.published", number=published(say, row)),
        say("evidence.outcome", outcome=row.outcome.in_language(lang).rstrip(".")),
        say("evidence.against", comparator=row.comparator.in_language(lang).rstrip(".")),
        say("evidence.who", population=row.population.in_language(lang).rstrip(".")),
        state,
    ]


def cited(sources: Iterable[Source]) -> list[str]:
    """Sources with their addresses."""
    return [f"{source.cite()} {source.link}".strip() for source in sources]


def _sources(sources: Iterable[Source], say: Say, term: Terminal) -> None:
    term.subheading(say("evidence.sources"))
    term.bullets(cited(sources))


def row_json(kb: Knowledge, row: Result) -> dict[str, Any]:
    """A row as plain values, with the number in one direction, its class of size and its source."""
    source = kb.sources[row.source]
    extra = {"benefit": row.benefit, "interval": row.interval, "size": size_of(row)}
    cited = {"source": {"id": source.id, "cite": source.cite(), "link": source.link}}
    return row.model_dump(mode="json", exclude_none=True) | extra | cited


def summary_json(kb: Knowledge, summary: Summary) -> dict[str, Any]:
    """A summary as plain values, with its rows, those against, and the base rate with its source."""
    told = statement(kb, summary)
    found = of_100(kb, summary)
    base = None if found is None or found.base is None else found.base.model_dump(mode="json", exclude_none=True)
    rows = {
        "rows": [row_json(kb, row) for row in told.rows],
        "rows_against": [row_json(kb, row) for row in told.against],
    }
    return told.to_json() | {"base": base} | rows
