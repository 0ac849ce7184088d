"""``trellis check --alone`` and ``--pairs``: what comes out, for a clinician to read, and what was read of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from trellis.cli.terminal import Terminal
from trellis.errors import AnswerError, Problem
from trellis.kinds.text import Text
from trellis.library.knowledge import Knowledge
from trellis.prove import alone, pairs, readings
from trellis.prove.outcome import Box, Outcome, boxes, in_box
from trellis.say import Say


def show_alone(
    kb: Knowledge, rows: Sequence[alone.AloneRow], read: readings.Readings | None, say: Say, term: Terminal
) -> None:
    """Every row below its fact, with what was read of it."""
    term.heading(say("readings.alone_title", count=len(rows)))
    term.text(say("readings.alone_about"))
    for name in dict.fromkeys(row.name for row in rows):
        asked = kb.facts[name] if name in kb.facts else kb.inputs[name]
        question = asked.question.for_role("clinician").in_language(say.lang)
        term.subheading(say("lists.id_and_name", id=name, name=question))
        for row in (one for one in rows if one.name == name):
            _row(kb, row, read, say, term)


def _row(kb: Knowledge, row: alone.AloneRow, read: readings.Readings | None, say: Say, term: Terminal) -> None:
    who = _who(kb, row.where(kb), say)
    if row.name in kb.facts:
        fact = kb.facts[row.name]
        words = fact.scale[fact.values.index(str(row.step))].in_language(say.lang)
        key = "readings.alone_who" if who else "readings.alone_step"
    else:
        words, key = "", "readings.alone_number_who" if who else "readings.alone_number"
    term.text(say(key, step=_number(row.step), who=who, words=words), indent="  ", hanging="    ", style="bold")
    outcome(kb, row.outcome, say, term, indent="    ")
    for one in _readings_of(kb, row, read):
        verdict = say(f"readings.verdict_{one.verdict.replace(' ', '_')}")
        key = "readings.alone_unread" if one.verdict == readings.UNREAD else "readings.alone_read"
        told = say(key, verdict=verdict, on=one.on, by=one.by, remark=one.remark).strip()
        term.text(told, indent="    ", hanging="      ")


def _number(step: str | float) -> str:
    return step if isinstance(step, str) else f"{step:g}"


def _readings_of(kb: Knowledge, row: alone.AloneRow, read: readings.Readings | None) -> list[readings.HowRead]:
    """How the row was read; of the same reading once."""
    same = [one for one in (read.rows if read else ()) if one.key == (row.name, str(row.step))]
    everybody = frozenset(range(len(kb.contexts)))
    meant = [
        one.read
        for one in same
        if (frozenset.union(*(in_box(kb, box) for box in one.who)) if one.who else everybody) & row.contexts
    ]
    return list(dict.fromkeys(meant))


def _who(kb: Knowledge, where: Iterable[Box], say: Say) -> str:
    """The contexts in words; empty when it is everybody."""
    told = []
    for box in where:
        parts = []
        for factor, values in box.items():
            steps = {step.id: step.in_language(say.lang) for step in kb.factors[factor].values}
            parts.append(say.join(steps[value] for value in values))
        told.append("; ".join(parts))
    return " / ".join(one for one in told if one)


def outcome(kb: Knowledge, found: Outcome, say: Say, term: Terminal, *, indent: str) -> None:
    """What comes out: placed, held, seen, shown, offered, and by which needs."""

    def line(key: str, **slots: object) -> None:
        term.text(say(key, **slots), indent=indent, hanging=f"{indent}  ")

    now, following = _packages(kb, found.now, say), _packages(kb, found.next, say)
    if now == following:
        line("readings.alone_now", places=now)
    else:
        line("readings.alone_now_next", now=now, next=following)
    if found.hold:
        line("readings.alone_hold", places=_listed((kb.responses[one].name for one in found.hold), say))
    if found.evaluate:
        seen = [
            say("readings.alone_seen", who=kb.evaluators[who].name.in_language(say.lang), soon=say.soon(hours))
            for who, hours in found.evaluate
        ]
        line("readings.alone_evaluate", who="; ".join(seen))
    else:
        line("readings.alone_nobody")
    if found.urgent:
        line("readings.alone_urgent", texts=_listed((kb.urgent[one].title for one in found.urgent), say))
    if found.services:
        line("readings.alone_services", services=_listed((kb.services[one].name for one in found.services), say))
    if found.needs:
        line("readings.alone_needs", needs=", ".join(found.needs))


def _listed(texts: Iterable[Text], say: Say) -> str:
    return ", ".join(text.in_language(say.lang) for text in texts)


def _packages(kb: Knowledge, ids: Iterable[str], say: Say) -> str:
    return say.join(
        " + ".join(kb.place(part).name.in_language(say.lang) for part in kb.packages[package].parts) for package in ids
    )


def show_differences(
    differences: Sequence[readings.NotAsRead], rows: int, read: readings.Readings, file: Path, say: Say, term: Terminal
) -> None:
    """What is not as it was read, then how it was read."""
    term.line()
    for one in differences:
        term.text(f"{one.where} {one.what} {one.remedy}".strip(), hanging="  ")
    counts = [
        say("readings.count_of", verdict=say(f"readings.verdict_{verdict.replace(' ', '_')}"), number=number)
        for verdict, number in readings.counted(read).items()
    ]
    term.text(say("readings.counts", counts=", ".join(counts)))
    if differences:
        term.text(say("readings.differ", found=len(differences), file=file))
    else:
        term.text(say("readings.same", rows=rows, file=file))


def alone_json(
    kb: Knowledge, rows: Sequence[alone.AloneRow], differences: Sequence[readings.NotAsRead] | None
) -> dict[str, Any]:
    """The same as plain values; ``differs`` is left out where nothing was compared."""
    told: dict[str, Any] = {
        "rows": [
            {"alone": {row.name: row.step}, "who": [_plain(box) for box in row.where(kb)]} | _outcome_json(row.outcome)
            for row in rows
        ]
    }
    if differences is not None:
        told["differs"] = [
            {"kind": one.kind, "where": one.where, "what": one.what, "remedy": one.remedy} for one in differences
        ]
    return told


def _plain(box: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    return {factor: list(values) for factor, values in box.items()}


def _outcome_json(found: Outcome) -> dict[str, Any]:
    return {
        "now": list(found.now), "next": list(found.next), "hold": list(found.hold), "evaluate": dict(found.evaluate),
        "urgent": list(found.urgent), "services": list(found.services), "needs": list(found.needs),
    }  # fmt: skip


def write(kb: Knowledge, rows: Sequence[alone.AloneRow], read: readings.Readings, file: Path) -> readings.Readings:
    """Write the readings anew; what comes out otherwise than it was read is marked unread, with its remark.

    Raises:
        AnswerError: the file cannot be written.
    """
    renewed = readings.renewed(kb, rows, read)
    try:
        file.write_text(readings.written(renewed), encoding="utf-8")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AnswerError([Problem(str(file), f"cannot be written: {reason}.", "Check the folder.")]) from None
    return renewed


def show_written(renewed: readings.Readings, file: Path, say: Say, term: Terminal) -> None:
    """Where they were written, and how many are unread."""
    unread = readings.counted(renewed).get(readings.UNREAD, 0)
    term.text(say("readings.written", file=file, rows=len(renewed.rows), unread=unread))


def show_pairs(kb: Knowledge, tried: Sequence[pairs.Tried], say: Say, term: Terminal) -> None:
    """Every pair: its facts, what came out, and whether it is what the source asks."""
    term.heading(say("readings.pairs_title", number=len(tried)))
    for one in tried:
        term.subheading(one.pair.id)
        facts = ", ".join(f"{fact}: {step}" for fact, step in one.pair.facts.items())
        who = _who(kb, [one.pair.who], say)
        term.text(say("readings.pairs_facts_who", facts=facts, who=who) if who else facts, indent="  ")
        term.text(say("readings.pairs_source", because=one.pair.because), indent="  ", hanging="    ")
        for found, contexts in one.found:
            if len(one.found) > 1:
                term.text(_who(kb, boxes(kb, contexts, one.among), say), indent="    ", style="bold")
            outcome(kb, found, say, term, indent="    ")
        if one.fails:
            term.text(say("readings.pairs_wrong", what=one.fails), indent="  ", hanging="    ", style="bold")
        else:
            key = "readings.pairs_waiting" if one.wrong else "readings.pairs_right"
            term.text(say(key, what="; ".join(one.wrong)), indent="  ", hanging="    ")
    failing = sum(bool(one.fails) for one in tried)
    waiting = sum(bool(one.wrong) and not one.fails for one in tried)
    right = len(tried) - failing - waiting
    term.line()
    term.text(say("readings.pairs_counts", count=len(tried), right=right, waiting=waiting, wrong=failing))


def pairs_json(kb: Knowledge, tried: Sequence[pairs.Tried]) -> dict[str, Any]:
    """The same as plain values."""
    return {
        "pairs": [
            {
                "id": one.pair.id, "facts": dict(one.pair.facts), "who": _plain(one.pair.who),
                "found": [
                    {"who": [_plain(box) for box in boxes(kb, contexts, one.among)]} | _outcome_json(found)
                    for found, contexts in one.found
                ],
                "wrong": list(one.wrong), "waiting": one.pair.waiting, "fails": one.fails,
            }
            for one in tried
        ]
    }  # fmt: skip
