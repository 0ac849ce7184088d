"""``trellis check --vignettes FILE``: a site's own people, and each who comes out otherwise than expected.

The form is that of the people in ``tests/vignettes``, and what is compared is the same: what must be all of it, and
what must be among it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import trellis
from trellis.cli.inputs import read_tree
from trellis.decide import Recommendation
from trellis.decide.answers import read_answers
from trellis.errors import AnswerError, Problem, did_you_mean
from trellis.library.knowledge import Knowledge
from trellis.prove import Finding
from trellis.written import as_written

NEEDED = ("id", "answers", "expect")
MAY_HOLD = (
    *NEEDED, "story", "others", "places", "because", "without", "group", "near_miss_of", "why",
    "justice", "justice_expect",
)  # fmt: skip
EXPECTATIONS = ("now", "next", "urgent", "evaluate", "services", "hold", "conflicts", "barriers")
OTHERS = ("best", "unknown")
ENDS = ("least", "most")
KIND = "vignette"


def run(kb: Knowledge, file: str, as_of: date) -> tuple[list[Finding], int]:
    """Decide for everybody in a file of people.

    Args:
        kb: the knowledge.
        file: its name, or ``-``.
        as_of: the day of the decision.

    Returns:
        an error for each thing that comes out otherwise, and how many people there are.

    Raises:
        AnswerError: the file is not of the form; it lists every problem.
    """
    people = _people(file)
    findings = []
    for one in people:
        where = f"{file}: {one['id']}"
        try:
            rec = _decided(kb, one, as_of)
        except AnswerError as error:
            wrong = [f"{problem.where} {problem.what} {problem.remedy}".strip() for problem in error.problems]
        else:
            wrong = list(_wrong(rec, one))
        findings += [
            Finding("error", KIND, Problem(where, what, "Change the rule, or what is expected.")) for what in wrong
        ]
    return findings, len(people)


def _people(file: str) -> list[dict[str, Any]]:
    tree = read_tree(file)
    people = tree.get("people") if isinstance(tree, dict) else None
    if not isinstance(people, list) or not people:
        raise AnswerError([Problem(file, "holds no [people].", "Write `people:` and below it a list.")])
    problems: list[Problem] = []
    seen: set[str] = set()
    for place, one in enumerate(people):
        where = f"{file}: people[{place}]"
        if not isinstance(one, dict):
            problems.append(Problem(where, f"is [{as_written(one)}].", f"Write a mapping with {', '.join(NEEDED)}."))
            continue
        problems += _form(where, one)
        name = str(one.get("id"))
        if name in seen:
            problems.append(Problem(where, f"has the id [{name}] of somebody above.", "Give each an id of their own."))
        seen.add(name)
    if problems:
        raise AnswerError(problems)
    return people


def _form(where: str, one: Mapping[str, Any]) -> Iterator[Problem]:
    for name in NEEDED:
        if name not in one:
            yield Problem(where, f"has no [{name}].", f"Give {', '.join(NEEDED)}.")
    for name in one:
        if name not in MAY_HOLD:
            remedy = did_you_mean(str(name), MAY_HOLD) or f"It may hold {', '.join(MAY_HOLD)}."
            yield Problem(where, f"has [{as_written(name)}], which means nothing.", remedy)
    for name in ("answers", "expect", "places"):
        if not isinstance(one.get(name, {}), dict):
            yield Problem(f"{where}.{name}", f"is [{as_written(one[name])}].", "Write a mapping.")
    expected = one.get("expect", {})
    for name, value in expected.items() if isinstance(expected, dict) else ():
        if name not in EXPECTATIONS:
            remedy = did_you_mean(str(name), EXPECTATIONS) or f"It may hold {', '.join(EXPECTATIONS)}."
            yield Problem(f"{where}.expect", f"has [{as_written(name)}], which means nothing.", remedy)
        elif not _expectable(name, value):
            yield Problem(f"{where}.expect.{name}", f"is [{as_written(value)}].", "Write ids, in a list.")
    for name in ("because", "without"):
        if not _texts(one.get(name, [])):
            yield Problem(f"{where}.{name}", f"is [{as_written(one[name])}].", "Write ids of needs, in a list.")
    if one.get("others", OTHERS[0]) not in OTHERS:
        yield Problem(f"{where}.others", f"is [{as_written(one['others'])}].", f"It may be {' or '.join(OTHERS)}.")


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _expectable(name: str, value: Any) -> bool:
    if name not in ("now", "next"):
        return _texts(value)
    if isinstance(value, dict):
        return set(value) == set(ENDS) and all(isinstance(one, str) or _texts(one) for one in value.values())
    return isinstance(value, str) or _texts(value)


def _decided(kb: Knowledge, one: Mapping[str, Any], as_of: date) -> Recommendation:
    answers = one["answers"]
    if one.get("others", OTHERS[0]) == "best":
        answers = complete(kb, answers, as_of)
    return trellis.decide(kb, answers, as_of=as_of, places=one.get("places"))


def complete(kb: Knowledge, answers: Mapping[str, Any], as_of: date) -> dict[str, Any]:
    """The answers with every other fact at the best value that they allow; facts that do not apply are left out.

    Nobody has evaluated the person unless the answers say so.

    Raises:
        AnswerError: the answers are wrong, or do not go together.
    """
    reading = read_answers(kb, answers, as_of)
    known = dict(answers)
    lo, _ = reading.intervals(kb, reading.contexts[0])
    closed = frozenset.intersection(*(kb.artefact.closed[number] for number in reading.contexts))
    for number, fact in enumerate(kb.facts.values()):
        if fact.id not in known and number not in closed and fact.kind != "evaluation":
            known[fact.id] = fact.step_at(lo[number]).id
    return known


def _wrong(rec: Recommendation, one: Mapping[str, Any]) -> Iterator[str]:
    for name, expected in one["expect"].items():
        if isinstance(expected, dict):
            for end in ENDS:
                placement = getattr(getattr(rec, end), name)
                yield from _differs(f"{name}, {end}", _ids(expected[end]), placement.ids)
        elif name in ("now", "next"):
            placement = getattr(rec, name)
            if placement is None:
                between = ", ".join(getattr(rec.between, name))
                yield f"{name}: expected [{', '.join(_ids(expected))}], found it not settled: [{between}]."
            else:
                yield from _differs(name, _ids(expected), placement.ids)
        else:
            yield from _differs(name, expected, _found(rec, name, expected))
    active = [need.id for need in rec.active]
    for name in one.get("because", ()):
        if name not in active:
            yield f"because: expected [{name}], found [{', '.join(active)}]."
    for name in one.get("without", ()):
        if name in active:
            yield f"without: expected not [{name}], and it is active."


def _ids(expected: Any) -> list[str]:
    return [expected] if isinstance(expected, str) else list(expected)


def _differs(name: str, expected: Iterable[str], found: Iterable[str]) -> Iterator[str]:
    wanted, got = sorted(set(expected)), sorted(set(found))
    if wanted != got:
        yield f"{name}: expected [{', '.join(wanted) or 'none'}], found [{', '.join(got) or 'none'}]."


def _found(rec: Recommendation, name: str, expected: Iterable[str]) -> list[str]:
    if name == "urgent":
        return [view.id for view in rec.urgent]
    if name == "evaluate":
        return [view.by for view in rec.evaluate if view.certain]
    if name == "services":  # at least these
        return [view.id for view in rec.services if view.certain and view.id in set(expected)]
    if name == "hold":
        responses = rec.hold.responses if rec.hold else ()
        # At least these; when none is expected, all that it asks for.
        return [one for one in responses if one in set(expected) or not expected]
    if name == "conflicts":
        return [conflict.kind for conflict in rec.conflicts]
    return [barrier.id for barrier in rec.barriers]
