"""What the questions to take along, the next steps and the printed page say, beyond the words of the conversation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from trellis.guide.core import Plain
from trellis.kinds.fact import Fact
from trellis.kinds.need import Need
from trellis.kinds.text import Text
from trellis.library.knowledge import Knowledge
from trellis.say.outline import fact_label
from trellis.say.short_names import short_names


def next_of(kb: Knowledge, lang: str) -> Plain:
    """What the screens after the result need beyond the words of the conversation and of the comparison.

    For each fact: its ``name`` in a few words and, where somebody is named, ``who`` can find it out.

    Args:
        kb: the knowledge.
        lang: ``"en"`` or ``"es"``.

    >>> import trellis
    >>> next_of(trellis.load(), "en")["facts"]["use.craving"]
    {'name': 'Urges to use, past two weeks', 'who': 'addiction_clinician'}
    """
    return {
        "lang": lang,
        "facts": {name: _fact(kb, fact, lang) for name, fact in kb.facts.items()},
        "filters": {
            one.id: {"label": one.label, "says": one.says.in_language(lang)} for one in kb.of("place_filters").values()
        },
        "factors": {name: _name(name, factor.question.person, lang) for name, factor in kb.factors.items()},
    }


def _fact(kb: Knowledge, fact: Fact, lang: str) -> Plain:
    short = short_names().get(fact.id)
    found = {"name": short.in_language(lang) if short else fact_label(fact, lang)}
    who = who_knows(kb, fact.id)
    return found | {"who": who} if who else found


def _name(name: str, otherwise: Text, lang: str) -> str:
    return short_names().get(name, otherwise).in_language(lang)


def who_knows(kb: Knowledge, fact: str) -> str:
    """Who can best find out a fact: whom most of the needs that read it ask for, the least hurried where several do.

    The needs of the fact's own dimension come before all others; where none names anybody for it, whom most facts of
    its domain point to. One profession comes before a team, for a person calls somebody; emergency staff only where
    nobody else is named. Empty where the person knows best.

    >>> import trellis
    >>> kb = trellis.load()
    >>> who_knows(kb, "withdrawal.alcohol_intake"), who_knows(kb, "preferences.nights_at_home")
    ('medical_clinician', '')
    """
    domain = kb.facts[fact].domain
    if kb.about("facts", fact).known_by == "person":
        return ""
    alike = [name for name, one in kb.facts.items() if one.domain == domain]
    looking = [need for need in kb.needs.values() if need.evaluate is not None and not _asks_of_scores(kb, need)]
    for needs in ([need for need in looking if need.dimension == domain], looking):
        asked = {name: _asked_for(kb, name, needs) for name in alike}
        found = asked[fact] or _first(kb, Counter(who for who in asked.values() if who), {})
        if found:
            return found
    return ""


def _asked_for(kb: Knowledge, fact: str, needs: list[Need]) -> str:
    counts: Counter[str] = Counter()
    hours: dict[str, int] = {}
    for need in needs:
        if need.evaluate is not None and fact in kb.reads[need.id]:
            counts[need.evaluate.by] += 1
            hours[need.evaluate.by] = max(hours.get(need.evaluate.by, 0), need.evaluate.within_hours)
    return _first(kb, counts, hours)


def _asks_of_scores(kb: Knowledge, need: Need) -> bool:
    """Whether it asks for a look at scores alone: that says nothing about who knows a fact best."""
    return all(kb.facts[name].kind == "score" for name in kb.reads[need.id])


def _first(kb: Knowledge, counts: Counter[str], hours: Mapping[str, int]) -> str:
    """Whom most ask for: one profession before a team, and emergency staff only where nobody else is named."""

    def order(who: str) -> tuple[bool, bool, int, int, str]:
        evaluator = kb.evaluators[who]
        return evaluator.emergency, evaluator.team, -counts[who], -hours.get(who, 0), who

    return min(counts, key=order, default="")
