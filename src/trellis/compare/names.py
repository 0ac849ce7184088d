"""The names people use for settings, and which place of the knowledge each one means."""

from __future__ import annotations

from dataclasses import dataclass

from trellis.decide import Recommendation
from trellis.errors import Problem, did_you_mean
from trellis.kinds.text import Text
from trellis.library.knowledge import Knowledge
from trellis.say import in_each

ALIASES: dict[str, str] = {
    "op": "outpatient",
    "weekly": "outpatient",
    "ambulatorio": "outpatient",
    "intensive_outpatient": "iop",
    "ambulatorio_intensivo": "iop",
    "day_program": "php",
    "day_hospital": "php",
    "day_treatment": "php",
    "partial": "php",
    "partial_hospital": "php",
    "programa_de_dia": "php",
    "residential": "residential_high",
    "rehab": "residential_high",
    "residencial": "residential_high",
    "halfway_house": "residential_low",
    "detox": "medically_monitored",
    "desintoxicacion": "medically_monitored",
    "psychiatric": "inpatient_psychiatric",
    "psych": "inpatient_psychiatric",
    "sober_living": "recovery_residence",
    "recovery_home": "recovery_residence",
    "home": "self_management",
    "self_help": "self_management",
    "er": "emergency_department",
    "ed": "emergency_department",
    "crisis": "crisis_stabilisation",
    "crisis_stabilization": "crisis_stabilisation",
}
INPATIENT_NAMES = ("inpatient", "internacion", "internamiento", "hospitalizacion")
INPATIENT = ("medically_monitored", "inpatient_psychiatric", "hospital")
"""What may be meant by "inpatient"; of these the one is taken that the person's situation points to."""


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
        name: an id, or a name of :data:`ALIASES`; capitals, spaces and hyphens make no difference.
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
    plain = name.strip().casefold().replace("-", "_").replace(" ", "_")
    if plain in known:
        return Named(plain, plain)
    if plain in INPATIENT_NAMES:
        return _inpatient(plain, rec)
    if ALIASES.get(plain) in known:
        return Named(plain, ALIASES[plain])
    near = did_you_mean(plain, [*known, *ALIASES, "inpatient"])
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
