"""Deciding for a person's file: every fault of it told at once, and the danger that its valid part tells of first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import trellis
from trellis.cli.inputs import MOST_TOLD, Case, Gathered, gather_case, read_day, read_parameters
from trellis.cli.result_file import tell_if_edited
from trellis.decide import Recommendation, danger_in
from trellis.decide.views import UrgentView
from trellis.errors import AnswerError, KnowledgeError, Problem
from trellis.library.knowledge import Knowledge

if TYPE_CHECKING:
    from trellis.justice.assessment import Assessment
    from trellis.plans import Person


class PersonFileError(AnswerError):
    """A person's file is wrong.

    Args:
        problems: what is wrong.
        kb: the knowledge.
        urgent: the dangers that its valid part tells of, to be shown before the problems.
        left_out: how many problems of one kind are counted but not listed.
    """

    def __init__(
        self, problems: Iterable[Problem], kb: Knowledge, urgent: tuple[UrgentView, ...], left_out: int = 0
    ) -> None:
        super().__init__(problems)
        self.kb, self.urgent, self.left_out = kb, urgent, left_out


class ForPerson(NamedTuple):
    """A person's file: what is decided for them, what they say (nothing where it was not read).

    ``other``: whether another knowledge saved it. ``justice``: its justice part; None where there is none.
    """

    rec: Recommendation
    person: Person
    other: bool
    justice: Assessment | None = None


def decide_file(
    file: str,
    folder: Path | None,
    pairs: list[str] | None,
    as_of: str | None,
    lang: str = "en",
    *,
    person: bool = False,
) -> ForPerson:
    """Read a person's file and decide for it.

    Args:
        file: its name, or ``-``.
        folder: the folder of ``--knowledge``.
        pairs: what ``--set`` says; it goes before the parameters of the file.
        as_of: the day of ``--as-of``; it goes before that of the file.
        lang: the language in which a result edited by hand is told.
        person: what the person says is read too.

    Raises:
        PersonFileError: anything in the file is wrong; it lists every problem, with the danger that was found.
        AnswerError: there is nothing to read.
        KnowledgeError: the knowledge does not load.
    """
    day = read_day(as_of)
    gathered = gather_case(file)
    problems = list(gathered.problems)
    kb = _knowledge(folder, gathered.case, read_parameters(pairs or ()), problems)
    on = day or gathered.case.as_of or date.today()
    answers, left_out = _known(kb, gathered.case.answers)
    said: Any = _person(kb, gathered.case.person, problems) if person else None
    justice = _justice(kb, gathered.case.justice, on, problems)
    order = {f"answers[{name}]": number for number, name in enumerate(answers)}
    try:
        if justice is not None:
            from trellis.justice.told import with_justice

            answers = with_justice(kb, answers, justice, as_of=on)
        rec = trellis.decide(kb, answers, as_of=on, places=gathered.case.places)
    except AnswerError as error:
        problems += sorted(error.problems, key=lambda one: order.get(one.where, len(order)))
        rec = None
    if problems or rec is None:
        raise PersonFileError(dict.fromkeys(problems), kb, danger_of(kb, gathered, on), left_out)
    tell_if_edited(gathered.case, rec, lang)
    return ForPerson(rec, said, bool(gathered.case.digest) and gathered.case.digest != kb.digest, justice)


@contextmanager
def danger_first(kb: Knowledge, gathered: Gathered, as_of: date) -> Iterator[Case]:
    """Use a person's file; where it is wrong, or what is made of it, the danger it tells of goes with the problems.

    Raises:
        PersonFileError: the file is wrong, or an ``AnswerError`` came out of what was done with it.
    """
    try:
        if gathered.problems:
            raise AnswerError(gathered.problems)
        yield gathered.case
    except AnswerError as error:
        raise PersonFileError(error.problems, kb, danger_of(kb, gathered, as_of)) from None


def danger_of(kb: Knowledge, gathered: Gathered, as_of: date) -> tuple[UrgentView, ...]:
    """The dangers that any document of a file tells of, the gravest first."""
    found = {view.id: view for answers in gathered.told for view in danger_in(kb, _known(kb, answers)[0], as_of=as_of)}
    return tuple(found[name] for name, _ in kb.urgent_masks if name in found)


def _knowledge(folder: Path | None, case: Case, typed: Mapping[str, int | str], problems: list[Problem]) -> Knowledge:
    """The knowledge with its parameters; a wrong one is a problem like any other, and what ships is taken for it."""
    chosen = {**case.parameters, **typed}
    if not chosen:
        return trellis.load(folder)
    try:
        return trellis.load(folder, parameters=chosen)
    except KnowledgeError as error:
        kb = trellis.load(folder)  # where the folder itself is wrong, this says so
        problems += error.problems
        return kb


def _known(kb: Knowledge, answers: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    """The answers without the unknown names beyond the first twenty, and how many those are."""
    # Each would be searched for a near name, which takes minutes for a file that is no person's at all.
    unknown = [name for name in answers if name not in kb.facts and name not in kb.factors and name not in kb.inputs]
    beyond = set(unknown[MOST_TOLD:])
    return {name: given for name, given in answers.items() if name not in beyond}, len(beyond)


def _person(kb: Knowledge, said: Mapping[str, Any], problems: list[Problem]) -> Person:
    """What the person says; its wishes and what matters are looked up too, so that all its faults are told at once."""
    from trellis.approaches import read_wishes  # much to import, and a decision needs none of it
    from trellis.compare import read_matters
    from trellis.compare.values import LEAST, MOST
    from trellis.plans import Person, read_person

    person = None
    try:
        person = read_person(said)
    except AnswerError as error:
        problems += error.problems
    aims, prefers, matters = (said.get(name) for name in ("aims", "prefers", "matters"))
    wishes = {"aims": aims if isinstance(aims, list) else [], "prefers": prefers if isinstance(prefers, dict) else {}}
    read_wishes(kb, wishes, problems)
    if isinstance(matters, dict):
        # A rating that is no number from 0 to 5 is told already.
        read_matters(kb, {name: one for name, one in matters.items() if one in range(LEAST, MOST + 1)}, problems)
    return person or Person()


def _justice(kb: Knowledge, given: Any, on: date, problems: list[Problem]) -> Assessment | None:
    if given is None:
        return None
    from trellis.justice.assessment import read_assessment  # only for files that have such a part

    try:
        return read_assessment(kb, given, as_of=on)
    except AnswerError as error:
        problems += error.problems
        return None
