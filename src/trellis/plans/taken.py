"""Which treatments somebody has already, by the names of the medicines that were recorded.

A plan does not tell a person to start what they take, and never offers what must not be given beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from trellis.approaches.match import Matched, Stopped
from trellis.library.knowledge import Knowledge
from trellis.plans.person import Medication, Member

_WORD = re.compile(r"[^\W\d_]+")


def taken_of(kb: Knowledge, medications: Iterable[Medication]) -> dict[str, Medication]:
    """The approaches that somebody has already, each with the record that says so.

    The first word of a record that names a medicine decides: "buprenorphine and naloxone" is buprenorphine, and no
    naloxone to carry. A record that says it is not taken any more counts for nothing.

    Args:
        kb: the knowledge, whose approaches name their medicines.
        medications: as prescribers recorded them.

    >>> import trellis
    >>> records = [Medication(name="Suboxone film 8 mg"), Medication(name="sertraline", taken=False)]
    >>> sorted(taken_of(trellis.load(), records))
    ['buprenorphine']
    """
    found: dict[str, Medication] = {}
    for one in medications:
        if not one.taken:
            continue
        for word in words_of(one):
            named = [name for name, approach in kb.approaches.items() if word in approach.medicines]
            if named:
                found |= {name: one for name in named if name not in found}
                break
    return found


def words_of(medication: Medication) -> list[str]:
    """The words of a medicine's name, in small letters and in their order.

    >>> words_of(Medication(name="Buprenorphine/Naloxone 8-2 mg"))
    ['buprenorphine', 'naloxone', 'mg']
    """
    return _WORD.findall(medication.name.casefold())


def prescriber_of(medicines: Iterable[str], medications: Iterable[Medication]) -> Member | None:
    """Who prescribes one of some medicines, as the record says; None where no record does.

    Args:
        medicines: names in small letters.
        medications: as prescribers recorded them.

    >>> record = Medication(name="clonazepam", prescriber="Dr. Orr")
    >>> prescriber_of(["clonazepam"], [record]).name
    'Dr. Orr'
    """
    names = set(medicines)
    for one in medications:
        if one.taken and one.prescriber and names & set(words_of(one)):
            return Member(name=one.prescriber, role="prescriber")
    return None


def without_what_must_not_go_with(kb: Knowledge, matched: Matched, taken: Mapping[str, Medication]) -> Matched:
    """What fits, less what is never given beside a medicine on record; it is told as not proposed.

    Args:
        kb: the knowledge.
        matched: what fits the person.
        taken: what the person has already.
    """
    barred = {other for name in taken for other in kb.approaches[name].not_with}
    stopped = [Stopped(view.approach, (), view.rules) for view in matched.ranked if view.id in barred]
    return replace(
        matched,
        ranked=tuple(view for view in matched.ranked if view.id not in barred),
        stopped=(*matched.stopped, *stopped),
        ask_about=tuple(ask for ask in matched.ask_about if ask.approach.id not in barred),
    )
