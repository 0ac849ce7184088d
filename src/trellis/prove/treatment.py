"""What is wrong with approaches, evidence, values and goals: sentences without a source a reader can open, and gaps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from trellis.kinds.evidence import Result, Summary
from trellis.kinds.text import Claim, Frozen, SourceRef
from trellis.library.knowledge import Knowledge
from trellis.prove.finding import Finding, error, warning, where_of

NOT_CHECKED = (
    re.compile(r"not (yet )?been checked|not yet checked|that we could check|unverified"),
    re.compile(r"verific|comprob"),
)
SPEAKS_OF_STUDIES = re.compile(r"\b(stud(y|ies)|trials?|research|proof|proven|meta-analys[ei]s|best supported)\b", re.I)
SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-ZÁÉÍÓÚÑ¿¡])")
DECIMALS = re.compile(r"(?<!p [<=] )(?<![\w.])-?\d*\.\d+")


def evidence_without_source(kb: Knowledge) -> Iterator[Finding]:
    """Sentences of evidence that lead to no source a reader can open."""
    for name, summary in kb.summaries.items():
        for ref in _sources(kb, summary):
            if not kb.sources[ref].link:
                what = f"[{name}] rests on [{ref}], which has no address to open."
                yield error("no-address", where_of(kb, "summaries", name), what, "Give the source an address or a DOI.")
    for name, result in kb.results.items():
        if result.verified == "yes" and kb.sources[result.source].verified == "memory":
            what = f"[{name}] says it was seen, and its source [{result.source}] was not."
            yield error("unverified", where_of(kb, "results", name), what, "One of the two is wrong.")


def _sources(kb: Knowledge, summary: Summary) -> Iterator[str]:
    yield from dict.fromkeys(kb.results[row].source for row in (*summary.results, *summary.against))
    yield from (ref.ref for ref in summary.sources)
    if summary.frequency is not None and summary.frequency.base is not None:
        yield from (ref.ref for ref in summary.frequency.base.sources)


def unverified_unsaid(kb: Knowledge) -> Iterator[Finding]:
    """Sentences and figures that rest on numbers nobody has checked, without saying so."""
    for name, summary in kb.summaries.items():
        rows = [kb.results[row] for row in (*summary.results, *summary.against)]
        if any(row.verified == "memory" for row in rows):
            for words in (summary.says.person, summary.says.clinician):
                said = NOT_CHECKED[0].search(words.en), NOT_CHECKED[1].search(words.in_language("es"))
                if not all(said):
                    what = f"[{name}] rests on an unverified row and does not say so: {words.en[:50]}…"
                    yield error(
                        "unverified-unsaid",
                        where_of(kb, "summaries", name),
                        what,
                        "Say that the figure has not been checked yet.",
                    )
        frequency = summary.frequency
        if frequency is not None and kb.results[frequency.result].verified == "memory":
            what = f"[{name}] makes a frequency of [{frequency.result}], which nobody has verified."
            yield error("unverified-figure", where_of(kb, "summaries", name), what, "Verify the row, or say `unknown`.")


def figures_from_memory(kb: Knowledge) -> Iterator[Finding]:
    """Figures shown as sourced that nobody has read: in the very sentence that says one stands that it is unchecked.

    That a summary says somewhere that "one figure" has not been checked leaves a reader to guess which one.
    """
    for name, summary in kb.summaries.items():
        rows = [kb.results[row] for row in (*summary.results, *summary.against)]
        read = {abs(number) for row in rows if row.verified == "yes" for number in _numbers(row)}
        recalled = {abs(number) for row in rows if row.verified == "memory" for number in _numbers(row)} - read
        for words in (summary.says.person, summary.says.clinician):
            for lang, marked in zip(("en", "es"), NOT_CHECKED, strict=True):
                for sentence in SENTENCE_ENDS.split(words.in_language(lang)):
                    bare = [number for number in DECIMALS.findall(sentence) if abs(float(number)) in recalled]
                    if bare and not marked.search(sentence):
                        yield _from_memory(kb, "summaries", name, f"[{bare[0]}] ({lang})")
    for name, approach in kb.approaches.items():
        stated = [(claim.en, claim.sources, claim.verified) for _, claim in _claims(approach)]
        stated += [(f"{rule.says.en} {rule.strength.en}", rule.sources, rule.verified) for rule in approach.guidelines]
        for said, sources, verified in stated:
            unread = sources and all(kb.sources[ref.ref].verified == "memory" for ref in sources)
            if unread and not verified and re.search(r"\d", said):
                yield _from_memory(kb, "approaches", name, f"a figure ({said[:50]}…)")


def _from_memory(kb: Knowledge, key: str, name: str, figure: str) -> Finding:
    what = f"[{name}] shows {figure} as sourced, and it is from memory."
    fix = (
        "Open the source and mark it as seen, say in the same sentence that it is not checked, or leave the figure out."
    )
    return error("figure-from-memory", where_of(kb, key, name), what, fix)


def numbers_without_row(kb: Knowledge) -> Iterator[Finding]:
    """Numbers with decimals in a sentence for the clinician that stand in none of its rows."""
    for name, summary in kb.summaries.items():
        rows = [kb.results[row] for row in (*summary.results, *summary.against)]
        known = {abs(number) for row in rows for number in _numbers(row)}
        for words in (summary.says.clinician.en, summary.says.clinician.in_language("es")):
            for found in DECIMALS.findall(words):
                if abs(float(found)) not in known:
                    what = f"[{name}] says [{found}], which none of its rows says."
                    yield error("number", where_of(kb, "summaries", name), what, "Correct it, or add the row.")


def _numbers(row: Result) -> Iterator[float]:
    effect = row.original
    yield from (value for value in (effect.value, effect.low, effect.high) if value is not None)
    if row.rates is not None:
        yield from (row.rates.approach, row.rates.comparison)
    texts = [row.outcome.en, row.form.en, row.population.en] + ([row.note.en] if row.note else [])
    for text in texts:
        yield from (float(number) for number in re.findall(r"-?\d*\.\d+|\d+", text))


def ungrounded_claims(kb: Knowledge) -> Iterator[Finding]:
    """Claims about an approach or a setting with neither a source nor a mark that they are from memory."""
    groups: tuple[tuple[str, dict[str, Frozen]], ...] = (
        ("approaches", dict(kb.approaches)),
        ("setting", {name: place.life for name, place in kb.settings.items() if place.life is not None}),
        ("add_ons", {name: place.life for name, place in kb.add_ons.items() if place.life is not None}),
    )
    for key, entries in groups:
        for name, entry in entries.items():
            for path, claim in _claims(entry):
                if not claim.sources and not claim.verified:
                    what = f"[{name}] claims without ground in [{path}]: {claim.en[:50]}…"
                    yield error("ungrounded", where_of(kb, key, name), what, "Cite a source, or mark it as memory.")


def _claims(value: object, path: str = "") -> Iterator[tuple[str, Claim]]:
    if isinstance(value, Claim):
        yield path, value
    elif isinstance(value, Frozen):
        for field in type(value).model_fields:
            yield from _claims(getattr(value, field), f"{path}.{field}".lstrip("."))
    elif isinstance(value, tuple):
        for item in value:
            yield from _claims(item, path)


def findings_unsourced(kb: Knowledge) -> Iterator[Finding]:
    """Sentences that speak of studies or proof and lead to no source a reader can open."""
    for key, name, words, refs in _reasons(kb):
        if SPEAKS_OF_STUDIES.search(words) and not any(kb.sources[ref.ref].link for ref in refs):
            what = f"[{name}] speaks of studies and names none: {words[:60]}…"
            yield error("no-address", where_of(kb, key, name), what, "Cite a source with an address, or say less.")


def _reasons(kb: Knowledge) -> Iterator[tuple[str, str, str, tuple[SourceRef, ...]]]:
    for key, rules in (("needs", kb.needs), ("matches", kb.matches), ("stops", kb.stops)):
        for name, rule in rules.items():
            yield key, name, f"{rule.because.person.en} {rule.because.clinician.en}", rule.sources
    for alignment in kb.alignments:
        yield "alignments", f"{alignment.approach} for {alignment.aim}", alignment.how.en, alignment.sources
    for name, approach in kb.approaches.items():
        for _, claim in _claims(approach):
            yield "approaches", name, claim.en, claim.sources


def needs_without_goal(kb: Knowledge) -> Iterator[Finding]:
    """Needs that lead to no goal of a plan, or to several."""
    if not kb.goals:
        return
    counts = Counter(need for goal in kb.goals.values() for need in goal.needs)
    for need in kb.needs:
        if counts[need] != 1:
            what = f"need [{need}] stands in {counts[need]} goals."
            yield error("goal", where_of(kb, "needs", need), what, "Name it in exactly one goal of plans/goals.yaml.")


def unmatched(kb: Knowledge) -> Iterator[Finding]:
    """Approaches that nothing leads to, aims that nothing serves, values that leave a setting out."""
    led = {rule.approach for rule in kb.matches.values()} | {alignment.approach for alignment in kb.alignments}
    for name in kb.approaches:
        if name not in led:
            what = f"no rule and no aim leads to [{name}]."
            yield error("unmatched", where_of(kb, "approaches", name), what, "Add a match or an alignment.")
    served = {alignment.aim for alignment in kb.alignments}
    for name in kb.aims:
        if name not in served:
            yield error("unmatched", where_of(kb, "aims", name), f"nothing serves [{name}].", "Add an alignment.")
    for name, value in kb.values.items():
        missing = [setting for setting in kb.settings if setting not in value.settings]
        if missing:
            what = f"[{name}] says nothing of {', '.join(missing)}."
            yield error("value", where_of(kb, "values", name), what, "Say how each setting fares on it.")
    used = {row for s in kb.summaries.values() for row in (*s.results, *s.against)}
    for name in kb.results:
        if kb.summaries and name not in used:
            yield warning("unused", where_of(kb, "results", name), f"no summary uses [{name}].", "Weigh adding it.")
