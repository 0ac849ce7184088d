"""What an author runs: the checker and the prover."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from trellis.cli.terminal import Terminal
from trellis.errors import Problem, TrellisError
from trellis.library.knowledge import Knowledge
from trellis.prove import Finding
from trellis.prove.reading import FORMULA, HIGHEST_GRADE
from trellis.prove.rule_sets import Covered, covered, rule_sets
from trellis.say import Say


def show_findings(findings: Sequence[Finding], say: Say, term: Terminal) -> None:
    """Every finding with its place and remedy, errors first, then how many there are."""
    for finding in findings:
        term.text(str(finding), hanging="  ")
    errors = sum(finding.level == "error" for finding in findings)
    if not findings:
        term.text(say("check.clean"))
    term.text(say("check.counts", errors=errors, warnings=len(findings) - errors))
    term.text(say("check.formula", formula=FORMULA, grade=f"{HIGHEST_GRADE:g}"))
    term.text(say("check.not_proved"))


def findings_json(findings: Sequence[Finding]) -> list[dict[str, str]]:
    """The same as plain values."""
    return [
        {"level": f.level, "kind": f.kind, "where": f.problem.where, "what": f.problem.what, "remedy": f.problem.remedy}
        for f in findings
    ]


def prove(kb: Knowledge, say: Say, load: Callable[[Mapping[str, int | str]], Knowledge]) -> tuple[list[Any], Covered]:
    """Prove everything of every set of rules that a site can make by what it may set, in whatever combination.

    Raises:
        TrellisError: the solver is not installed; the message names the extra.
    """
    if importlib.util.find_spec("z3") is None:
        raise TrellisError([Problem("trellis prove", say("prove.missing"))])
    from trellis.prove.solver import prove as prove_all

    results: list[Any] = []
    sets = 0
    for name, variant in rule_sets(kb, load):
        sets += 1
        found = prove_all(variant)
        results += [replace(r, theorem=f"{r.theorem} [{name}]") for r in found] if name else found
    return results, covered(kb, sets)


def kind_of(theorem: str) -> str:
    """The kind of a theorem: the first word of its name.

    >>> kind_of("monotone now: rank")
    'monotone'
    """
    return theorem.split(":")[0].split(" ")[0]


def stale_faults(kb: Knowledge, results: Sequence[Any]) -> list[Finding]:
    """Known faults whose theorem holds in every set of rules that was proved."""
    from trellis.prove.faults import mended

    broken = [result.theorem.partition(" [")[0] for result in results if not result.proved]
    return list(mended(kb, broken, {kind_of(result.theorem) for result in results}))


def show_results(
    kb: Knowledge, results: Sequence[Any], about: Covered, say: Say, term: Terminal, stale: Sequence[Finding] = ()
) -> None:
    """A table by kind with times, then each broken theorem with somebody who breaks it, and what the proof covers.

    What is known not to hold yet is told apart; ``stale``: known faults that are none any more.
    """
    from trellis.prove.solver import KINDS

    term.heading(say("prove.head"))
    columns = {key: say(f"prove.{key}") for key in ("kind", "proved", "of", "seconds")}
    term.line(say("prove.columns", **columns))
    # A kind of which the knowledge states nothing stands here with 0 of 0, rather than being left out.
    for kind in dict.fromkeys([*KINDS, *(kind_of(result.theorem) for result in results)]):
        group = [result for result in results if kind_of(result.theorem) == kind]
        seconds = f"{sum(result.seconds for result in group):.2f}"
        proved = sum(result.proved for result in group)
        term.line(say("prove.columns", kind=kind, proved=proved, of=len(group), seconds=seconds))
    known = [result for result in results if result.known]
    broken = [result for result in results if not result.proved and not result.known]
    term.line()
    if broken:
        term.text(say("prove.broken", count=len(broken), total=len(results)))
    elif known:
        term.text(say("prove.all_but_known", count=len(results) - len(known), known=len(known)))
    else:
        term.text(say("prove.all", count=len(results)))
    for result in broken:
        term.bullets([say("lists.id_and_name", id=result.theorem, name=result.says)])
        if result.note:
            term.text(say("basis.note", note=result.note), indent="  ")
        else:
            person = ", ".join(f"{name}={value}" for name, value in result.person.items())
            term.text(say("prove.breaker", person=person or say("prove.best")), indent="  ")
    if known:
        term.subheading(say("prove.known"))
        for theorem, why in dict.fromkeys((result.theorem.partition(" [")[0], result.known) for result in known):
            term.bullets([say("lists.id_and_name", id=theorem, name=why)])
    for finding in stale:
        term.text(str(finding), hanging="  ")
    term.line()
    term.text(_covers(about, say))
    term.text(say.review(kb.review, "clinician"))


def _covers(about: Covered, say: Say) -> str:
    if not about.in_rules:
        words = say("prove.one_set", combinations=about.combinations)
    else:
        names = ", ".join(about.in_rules)
        words = say("prove.sets", combinations=about.combinations, sets=about.sets, names=names)
    bounds = say("prove.bounds", names=", ".join(about.in_bounds)) if about.in_bounds else ""
    return f"{words} {bounds}".rstrip()


def results_json(results: Sequence[Any], stale: Sequence[Finding] = ()) -> list[dict[str, Any]]:
    """The same as plain values; a known fault that is none any more is of the kind ``fault``."""
    told = [
        {
            "theorem": r.theorem, "kind": kind_of(r.theorem), "says": r.says, "proved": r.proved,
            "person": r.person, "note": r.note, "known": r.known, "seconds": round(r.seconds, 4),
        }
        for r in results
    ]  # fmt: skip
    return told + [
        {"theorem": "fault", "kind": "fault", "says": str(one.problem), "proved": False, "person": {}, "note": "",
         "known": "", "seconds": 0.0}
        for one in stale
    ]  # fmt: skip
