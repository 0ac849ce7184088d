"""The names people use for settings, and which place of the knowledge each one means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trellis.decide import Recommendation
from trellis.errors import Problem, did_you_mean
from trellis.kinds.text import Text
from trellis.library.knowledge import Knowledge, once_per_knowledge
from trellis.say import in_each

INPATIENT_NAMES = ("inpatient", "internacion", "internamiento", "hospitalizacion")
INPATIENT = ("medically_monitored", "inpatient_psychiatric", "hospital")
"""What may be meant by "inpatient"; of these the one is taken that the person's situation points to."""


@once_per_knowledge
def other_names(kb: Knowledge) -> Mapping[str, str]:
    """What places are called beside their ids, and the place that each name means.

    >>> import trellis
    >>> other_names(trellis.load())["rehab"]
    'residential_high'
    """
    places = [*kb.settings.values(), *kb.add_ons.values(), *kb.responses.values()]
    return {name: place.id for place in places for name in place.called}


@dataclass(frozen=True)
class Named:
    """A place as it was named: the name ``said``, the ``id`` of the place taken, and ``why`` where it was a choice."""

    said: str
    id: str
    why: Text | None = None

    @property
    def other(self) -> bool:
        """Whether the place goes by another name than the one given."""
        return self.said != self.id


def read_setting(
    kb: Knowledge, name: str, problems: list[Problem], rec: Recommendation | None = None, where: str = "compare"
) -> Named | None:
    """Find the setting, add-on or response that a name means.

    Args:
        kb: the knowledge.
        name: an id, or another name that the place is called by; capitals, spaces and hyphens make no difference.
        problems: what is wrong is added here.
        rec: the person, for names that mean one place for some and another for others.
        where: the place, for messages.

    Returns:
        the place, or None when there is none of this name.

    >>> import trellis
    >>> kb = trellis.load()
    >>> read_setting(kb, "day-program", []).id, read_setting(kb, "inpatient", []).id
    ('php', 'inpatient_psychiatric')
    """
    known = [*kb.settings, *kb.add_ons, *kb.responses]
    aliases = other_names(kb)
    plain = name.strip().casefold().replace("-", "_").replace(" ", "_")
    if plain in known:
        return Named(plain, plain)
    if plain in INPATIENT_NAMES:
        return _inpatient(plain, rec)
    if plain in aliases:
        return Named(plain, aliases[plain])
    near = did_you_mean(plain, [*known, *aliases, "inpatient"])
    problems.append(Problem(f"{where} {name}", f"[{name}] is no setting.", near or "See `trellis settings`."))
    return None


def _inpatient(said: str, rec: Recommendation | None) -> Named:
    if rec is not None:
        placed = rec.now or rec.next
        found = [p.setting for p in placed.packages if p.setting in INPATIENT] if placed else []
        if found:
            return Named(said, found[0], in_each("compare.inpatient_by_situation"))
        if rec.context is not None and rec.context.get("focus") == "substance_use":
            return Named(said, "medically_monitored", in_each("compare.inpatient_by_focus"))
    return Named(said, "inpatient_psychiatric", in_each("compare.inpatient_as_usual"))
