"""What the person wants from treatment, in their own words and from a list, and what they would rather (not) have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from trellis.approaches.sayings import hear
from trellis.errors import Problem, did_you_mean
from trellis.kinds.approach import Feature
from trellis.library.knowledge import Knowledge

FEATURES: tuple[str, ...] = get_args(Feature)


@dataclass(frozen=True)
class AimSaid:
    """One aim as the person said it, kept as it is.

    ``serves``: aims of the list. ``suggested``: they are only proposed, by sayings that were heard in the words; until
    the person confirms them they steer nothing, as words that propose nothing do. ``danger``: the words may tell of
    suicide: help is shown.
    """

    words: str
    serves: tuple[str, ...]
    suggested: bool = False
    danger: bool = False


@dataclass(frozen=True)
class Wishes:
    """What the person wants: aims, and features of treatment wanted or not."""

    aims: tuple[AimSaid, ...] = ()
    wants: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()

    @property
    def aim_ids(self) -> tuple[str, ...]:
        """The aims of the list that the person confirmed, in their order, each once."""
        return tuple(dict.fromkeys(name for said in self.aims if not said.suggested for name in said.serves))

    @property
    def danger(self) -> bool:
        """Whether some of the words may tell of suicide."""
        return any(said.danger for said in self.aims)

    @property
    def proposed(self) -> tuple[str, ...]:
        """The aims of the list that are proposed and not confirmed."""
        found = dict.fromkeys(name for said in self.aims if said.suggested for name in said.serves)
        return tuple(name for name in found if name not in self.aim_ids)


def goals_for(kb: Knowledge, wishes: Wishes) -> tuple[str, ...]:
    """The goals of a plan that work towards what the person confirmed, in the order of their aims, each once.

    Args:
        kb: the knowledge.
        wishes: what the person wants; what is only proposed counts for nothing.

    >>> import trellis
    >>> goals_for(trellis.load(), Wishes((AimSaid("not go back", ("stay_out_of_jail",)),)))
    ('no-new-charges', 'court-and-care-fit')
    """
    return tuple(dict.fromkeys(goal for aim in wishes.aim_ids for goal in kb.aims[aim].goals))


def read_wishes(kb: Knowledge, said: Mapping[str, Any], problems: list[Problem], where: str = "person") -> Wishes:
    """Read ``aims`` and ``prefers`` of a person's file.

    An aim is an id of the list, words of the person's own, or both (``{words: …, serves: [keep_or_find_work]}``). For
    words alone, aims of the list are proposed; they count once they stand in ``serves``. Words stay as they are.

    Args:
        kb: the knowledge.
        said: the mapping with ``aims`` (a list) and ``prefers`` (``wants`` and ``avoids``, lists of features).
        problems: what is wrong is added here.
        where: the place, for messages.

    >>> import trellis
    >>> wishes = read_wishes(trellis.load(), {"aims": ["I want to keep my job"]}, [])
    >>> wishes.aim_ids, wishes.proposed
    ((), ('keep_or_find_work',))
    """
    prefers = said.get("prefers") or {}
    if not isinstance(prefers, Mapping):
        problems.append(Problem(f"{where}: prefers", f"is [{prefers}].", "Give `wants` and `avoids`, each a list."))
        prefers = {}
    return Wishes(
        aims=tuple(_aims(kb, said.get("aims") or [], problems, f"{where}: aims")),
        wants=_features(prefers.get("wants"), problems, f"{where}: prefers: wants"),
        avoids=_features(prefers.get("avoids"), problems, f"{where}: prefers: avoids"),
    )


def _aims(kb: Knowledge, given: Any, problems: list[Problem], where: str) -> list[AimSaid]:
    if not isinstance(given, Sequence) or isinstance(given, str):
        problems.append(Problem(where, f"is [{given}].", "Give a list; each aim is a name or the person's own words."))
        return []
    found = []
    for aim in given:
        if isinstance(aim, str) and aim in kb.aims:
            found.append(AimSaid("", (aim,)))
        elif isinstance(aim, str) and aim.strip():
            found.append(_proposed(kb, aim.strip()))
        elif isinstance(aim, Mapping) and isinstance(aim.get("words", ""), str):
            found.append(_aim_with_names(kb, aim, problems, where))
        else:
            problems.append(Problem(where, f"has [{aim}].", "Give words, or {words: …, serves: [names]}."))
    return found


def _aim_with_names(kb: Knowledge, aim: Mapping[str, Any], problems: list[Problem], where: str) -> AimSaid:
    words = str(aim.get("words", "")).strip()
    serves = aim.get("serves")
    if serves is None:
        return _proposed(kb, words)
    names = _listed(serves, problems, where)
    for name in names:
        if name not in kb.aims:
            remedy = did_you_mean(str(name), kb.aims) or f"Aims are {', '.join(kb.aims)}."
            problems.append(Problem(where, f"serves [{name}], which is no aim.", remedy))
    return AimSaid(words, tuple(name for name in names if name in kb.aims), danger=hear(kb, words).danger)


def _proposed(kb: Knowledge, words: str) -> AimSaid:
    heard = hear(kb, words)
    return AimSaid(words, heard.aims, suggested=True, danger=heard.danger)


def _features(given: Any, problems: list[Problem], where: str) -> tuple[str, ...]:
    names = _listed(given, problems, where)
    for name in names:
        if name not in FEATURES:
            remedy = did_you_mean(str(name), FEATURES) or f"It may be {', '.join(FEATURES)}."
            problems.append(Problem(where, f"has [{name}].", remedy))
    return tuple(name for name in names if name in FEATURES)


def _listed(given: Any, problems: list[Problem], where: str) -> list[str]:
    """One name or a list of them; what is no name is a problem."""
    names = [] if given is None else [given] if isinstance(given, str) else given
    if not isinstance(names, Sequence):
        problems.append(Problem(where, f"is [{names}].", "Give a list of names."))
        return []
    wrong = [name for name in names if not isinstance(name, str)]
    problems += [Problem(where, f"has [{name}], which is no name.", "Give a list of names.") for name in wrong]
    return [name for name in names if isinstance(name, str)]
