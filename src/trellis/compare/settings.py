"""Settings side by side, each topic in equal detail, and how each fits one person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trellis.compare.fit import Fit, fit_of
from trellis.compare.names import Named, read_setting
from trellis.compare.values import ValuesCompared, fare
from trellis.decide import Recommendation
from trellis.errors import Problem, TrellisError
from trellis.evidence import Statement, statement
from trellis.frozen import FrozenDict
from trellis.kinds.setting import FEWEST_COMPARED, MOST_COMPARED, BenefitOrDrawback, Life, Place, Setting
from trellis.kinds.text import Claim, Text, TextList
from trellis.library.knowledge import Knowledge
from trellis.say.outline import requirement_lines

FEWEST, MOST = FEWEST_COMPARED, MOST_COMPARED

TOPICS = (
    "short",
    "what",
    "who",
    "supervision",
    "structure",
    "gives",
    "hours",
    "flexibility",
    "day",
    "week",
    "work",
    "school",
    "family",
    "stay",
    "benefits",
    "drawbacks",
    "cost",
    "questions",
    "before",
    "after",
    "ways_in",
    "ways_out",
    "services",
)
"""What is told of every setting, in this order."""

ASKS: dict[str, tuple[Claim, Claim]] = {
    "nights_away": (
        Claim(en="You sleep there, away from home.", es="Usted duerme ahí, fuera de casa."),
        Claim(en="It asks for no nights away from home.", es="No pide pasar noches fuera de casa."),
    ),
    "daytime_hours": (
        Claim(
            en="Much of it takes place in the daytime. Ask about evening or video hours.",
            es="Gran parte ocurre de día. Pregunte por horarios de noche o por video.",
        ),
        Claim(en="It asks for no fixed hours in the daytime.", es="No pide un horario fijo durante el día."),
    ),
    "travel": (
        Claim(en="You travel there several days a week.", es="Usted viaja ahí varios días por semana."),
        Claim(en="It asks for no travel on most days.", es="No pide viajar la mayoría de los días."),
    ),
}
"""What a place asks of the person, and what may be said when it does not."""
DAY_AND_NIGHT: dict[str, Claim] = {
    "daytime_hours": Claim(
        en="Much of it takes place in the daytime. Ask what becomes of work, school or people in your care.",
        es="Gran parte ocurre de día. Pregunte qué pasa con el trabajo, la escuela o quienes cuida.",
    ),
    "travel": Claim(en="It asks for no travel while you stay there.", es="No pide viajar mientras usted se queda ahí."),
}
"""What is said instead of a place where the person also sleeps: evening hours and travel are no question there."""
NOT_RAISED = Claim(en="As where it is joined.", es="Como en el lugar al que se suma.")


@dataclass(frozen=True)
class SettingColumn:
    """One setting: how it was named, what is told of it by topic, what studies say of it, how it fits the person."""

    named: Named
    place: Place
    name: Text
    topics: Mapping[str, tuple[Claim, ...]]
    evidence: tuple[Statement, ...]
    fit: Fit | None

    @property
    def id(self) -> str:
        """The id of the place."""
        return self.place.id

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        plain = self.place.model_dump(mode="json", exclude_none=True)
        plain |= {
            "named": self.named.said,
            "topics": {
                topic: [claim.model_dump(mode="json", exclude_defaults=True) for claim in claims]
                for topic, claims in self.topics.items()
            },
            "evidence": [one.to_json() for one in self.evidence],
        }
        return plain if self.fit is None else plain | {"for_this_person": self.fit.to_json()}


@dataclass(frozen=True)
class SettingsCompared:
    """Two to four settings side by side. Immutable; every output reads it.

    Args:
        columns: one for each setting, in the order asked for.
        values: how they fare on what matters, when that was given.
        rec: the person, when there is one.
    """

    columns: tuple[SettingColumn, ...]
    values: ValuesCompared | None
    rec: Recommendation | None

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics on which something is said of any of them, in order."""
        return tuple(topic for topic in TOPICS if any(column.topics[topic] for column in self.columns))

    def row(self, topic: str) -> tuple[tuple[Claim, ...], ...]:
        """One topic, a cell for each setting. Raises ``KeyError`` for a topic that there is not."""
        return tuple(column.topics[topic] for column in self.columns)

    def to_json(self) -> list[dict[str, Any]]:
        """Plain values, one entry a setting."""
        return [column.to_json() for column in self.columns]


def compare_settings(
    kb: Knowledge,
    names: Sequence[str],
    *,
    rec: Recommendation | None = None,
    matters: Mapping[str, int] | None = None,
) -> SettingsCompared:
    """Put settings side by side.

    Args:
        kb: the knowledge.
        names: two to four settings, add-ons or responses, by id or by another name that they are called by.
        rec: the person; with it each setting tells how it fits, what it would lack and what it would take.
        matters: from the id of a thing to how much it matters, 0 to 5.

    Raises:
        TrellisError: a name that means no setting, one named twice, or too few or too many.
        AnswerError: a rating that cannot be used.

    >>> import trellis
    >>> compared = compare_settings(trellis.load(), ["inpatient", "iop"])
    >>> [column.id for column in compared.columns], len({len(column.topics) for column in compared.columns})
    (['inpatient_psychiatric', 'iop'], 1)
    """
    problems: list[Problem] = []
    read = [read_setting(kb, name, problems, rec) for name in names]
    named = [one for one in read if one is not None]
    ids = [one.id for one in named]
    if len(set(ids)) != len(ids):
        problems.append(Problem("compare", "names a setting twice.", "Name each once."))
    if not FEWEST <= len(names) <= MOST:
        remedy = f"Name {FEWEST} to {MOST} settings; `trellis settings` lists them."
        problems.append(Problem("compare", f"has [{len(names)}] settings.", remedy))
    if problems:
        raise TrellisError(problems)
    raised = [axis for axis in kb.axes if any(axis in kb.place(name).gives for name in ids)]
    columns = tuple(_column(kb, one, raised, rec) for one in named)
    values = fare(kb, matters, rec, only=ids) if matters else None
    return SettingsCompared(columns, values, rec)


def _column(kb: Knowledge, named: Named, raised: list[str], rec: Recommendation | None) -> SettingColumn:
    place = kb.place(named.id)
    context = rec.context if rec is not None else None
    name = Text(en=kb.unit_name(place.id, context, "en"), es=kb.unit_name(place.id, context, "es"))
    evidence = tuple(
        statement(kb, summary) for summary in kb.summaries.values() if place.id in (summary.setting, *summary.also)
    )
    topics = FrozenDict(topics_of(kb, place, raised))
    return SettingColumn(named, place, name, topics, evidence, fit_of(rec, place.id) if rec is not None else None)


def topics_of(kb: Knowledge, place: Place, raised: Iterable[str] = ()) -> dict[str, tuple[Claim, ...]]:
    """All that is told of a place, by topic; every topic is there, and empty where the knowledge says nothing.

    Args:
        kb: the knowledge.
        place: the setting, add-on or response.
        raised: axes to tell of, besides supervision and structure.

    >>> import trellis
    >>> kb = trellis.load()
    >>> list(topics_of(kb, kb.settings["iop"])) == list(TOPICS)
    True
    """
    services = (kb.services[name].name for name in place.services)
    found: dict[str, tuple[Claim, ...]] = {
        "short": (_claim(place.short),),
        "what": (place.what,),
        "who": _given(place.who_is_there),
        "supervision": _axis(kb, place, "supervision"),
        "structure": _axis(kb, place, "structure"),
        "gives": tuple(_gives(kb, place, axis) for axis in raised if axis not in ("supervision", "structure")),
        "hours": _given(place.hours),
        "flexibility": _flexibility(place),
        "stay": _given(place.usual_stay),
        "benefits": _said(place.benefits),
        "drawbacks": _said(place.drawbacks),
        "ways_in": place.ways_in,
        "ways_out": place.ways_out,
        "services": tuple(_claim(name) for name in services),
    }
    if place.life is not None:
        lived = _life(place.life)
        lived["stay"] = (*found["stay"], *lived["stay"])
        found |= lived
    return {topic: found.get(topic, ()) for topic in TOPICS}


def _life(life: Life) -> dict[str, tuple[Claim, ...]]:
    return {
        "day": life.day,
        "week": life.week,
        "work": (life.work,),
        "school": (life.school,),
        "family": (life.family,),
        "stay": life.stay,
        "cost": life.cost,
        "questions": _listed(life.questions),
        "before": (life.before,),
        "after": (life.after,),
    }


def _claim(text: Text) -> Claim:
    return Claim(en=text.en, es=text.es)


def _given(claim: Claim | None) -> tuple[Claim, ...]:
    return () if claim is None else (claim,)


def _said(statements: Iterable[BenefitOrDrawback]) -> tuple[Claim, ...]:
    return tuple(Claim(en=s.text.en, es=s.text.es, sources=s.sources, verified=s.verified) for s in statements)


def _listed(texts: TextList) -> tuple[Claim, ...]:
    spanish = texts.es or (None,) * len(texts.en)
    return tuple(Claim(en=en, es=es) for en, es in zip(texts.en, spanish, strict=True))


def _axis(kb: Knowledge, place: Place, axis: str) -> tuple[Claim, ...]:
    """The step of an axis, by its name and, once it stands in both languages, by what it is checked against."""
    if axis not in kb.axes:
        return ()
    if axis not in place.gives:
        return (NOT_RAISED,)
    step = kb.axes[axis].steps[kb.axes[axis].rank_of(place.gives[axis])]
    told = (step.name, step.definition) if step.definition.es else (step.name,)
    return tuple(_claim(text) for text in told)


def _gives(kb: Knowledge, place: Place, axis: str) -> Claim:
    if axis not in place.gives:
        name = kb.axes[axis].name
        return Claim(en=f"{name.en}: {NOT_RAISED.en}", es=f"{name.in_language('es')}: {NOT_RAISED.es}")
    rows = {lang: requirement_lines(kb, ((axis, place.gives[axis]),), lang)[0] for lang in ("en", "es")}
    return Claim(en=rows["en"], es=rows["es"])


def _flexibility(place: Place) -> tuple[Claim, ...]:
    """What it asks of the day and the night. Of add-ons and responses only what they ask: the rest is not theirs."""
    if not isinstance(place, Setting):
        return tuple(asks for name, (asks, _) in ASKS.items() if name in place.meets)
    stays = DAY_AND_NIGHT if "nights_away" in place.meets else {}
    return tuple(
        stays.get(name, asks if name in place.meets else not_asked) for name, (asks, not_asked) in ASKS.items()
    )
