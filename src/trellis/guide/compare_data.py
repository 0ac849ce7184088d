"""What the guide's comparing screens say in one language: settings, what matters, approaches and their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args

from trellis.approaches.guidance import asked_table
from trellis.approaches.minded import words_of_check
from trellis.compare.approaches import topics_of as told_of_approach
from trellis.compare.settings import TOPICS, topics_of
from trellis.evidence import Estimate, Statement, statement
from trellis.evidence.frequency import METHODS
from trellis.evidence.words import in_a_sentence, statement_lines
from trellis.guide.core import Plain, check_id
from trellis.kinds.approach import Approach, Feature
from trellis.kinds.evidence import Result, Summary
from trellis.kinds.setting import Fare, Place, Value
from trellis.kinds.text import Claim, Words
from trellis.library.knowledge import Knowledge
from trellis.say import Say
from trellis.say.of_another import of_another

ONLY_READ = ("gives", "ways_in", "ways_out", "services")
"""Topics of a setting that stand on its reading page alone."""
SHOWN = tuple(topic for topic in TOPICS if topic not in ONLY_READ)
"""Topics of a setting that the screens show as well."""
FROM_STANDARDISED = METHODS["standardised"]["g"]
"""The method that makes a rate of a standardised difference: such a rate is said, with its method, and never drawn."""
CLOSE = "_loved_one"
"""How the key of words ends that somebody close reads in the place of the person."""
FOR_CLOSE = frozenset({"craft", "get_someone_into_care"})
"""A treatment that is for somebody close, and the aim it serves: there "you" is whoever reads."""
SIDES = {"benefit": "benefit", "neither": "limits", "harm": "limits"}
"""Which half of the evidence a statement belongs to: what speaks for it, or its limits and harms."""


def compare_of(kb: Knowledge, lang: str) -> Plain:
    """All that comparing settings, rating what matters and reading of approaches need, in one language.

    Evidence stands once, by the id of its summary; a setting or an approach names the ids of its own.

    Args:
        kb: the knowledge.
        lang: ``"en"`` or ``"es"``.

    >>> import trellis
    >>> found = compare_of(trellis.load(), "en")
    >>> found["settings"]["iop"]["topics"]["hours"][0]["says"][:23]
    '9 to 19 hours a week fo'
    """
    places: dict[str, Place] = {**kb.settings, **kb.add_ons, **kb.responses}
    return {
        "lang": lang,
        "settings": {name: _place(kb, place, lang) for name, place in places.items()},
        "values": {name: _value(value, lang) for name, value in kb.values.items()},
        "approaches": {name: _approach(kb, approach, lang) for name, approach in kb.approaches.items()},
        "evidence": {name: _evidence(kb, summary, lang) for name, summary in kb.summaries.items()},
        "rules": {
            name: _because(rule.because, lang) for rules in (kb.matches, kb.stops) for name, rule in rules.items()
        }
        | {
            str(check_id(kb, stop)): _because(words_of_check(stop), lang)
            for stop in kb.stops.values()
            if stop.check is not None
        },
        **_twice("guidance", {one.id: one.says.in_language(lang) for one in asked_table(kb)}, lang),
        "notHeld": {
            one.id: one.named.not_held.in_language(lang) for one in asked_table(kb) if one.named.not_held is not None
        },
        **_twice("aims", {name: aim.name.in_language(lang) for name, aim in kb.aims.items()}, lang),
        **_twice("serves", _serves(kb, lang), lang),
        "features": {name: Say(lang)(f"approaches.feature_{name}") for name in get_args(Feature)},
    }


def _twice(key: str, words: Any, lang: str) -> Plain:
    """Words as the person reads them, and as somebody close does, under the same key with its ending."""
    return {key: words, f"{key}{CLOSE}": _of_another(words, lang)}


def _of_another(words: Any, lang: str, path: tuple[str, ...] = ()) -> Any:
    if isinstance(words, Mapping):
        return {name: _of_another(one, lang, (*path, name)) for name, one in words.items()}
    return words if FOR_CLOSE & set(path) else of_another(words, lang)


def _place(kb: Knowledge, place: Place, lang: str) -> Plain:
    told = dict(topics_of(kb, place))
    # How long it takes stands there in a clinician's few words and in whole sentences: these are enough here.
    if len(told["stay"]) > 1:
        told["stay"] = told["stay"][1:]
    about = [summary.id for summary in kb.summaries.values() if place.id in (summary.setting, *summary.also)]
    # What to ask is in the person's own voice, for whoever asks it.
    own = {"questions"}
    return {
        "topics": {topic: _claims(told[topic], lang, own=topic in own) for topic in SHOWN if told[topic]},
        "evidence": about,
    }


def _claims(claims: Iterable[Claim], lang: str, *, own: bool = False, asked: bool = False) -> list[Plain]:
    return [_said(claim.in_language(lang), claim.verified, lang, own=own, asked=asked) for claim in claims]


def _said(words: str, verified: str, lang: str, *, own: bool = False, asked: bool = False) -> Plain:
    """A sentence, and as somebody close reads it where that differs.

    ``unverified`` where it is general knowledge that nobody has checked in a source.
    """
    close = words if own else of_another(words, lang, asked=asked)
    found: Plain = {"says": words} if close == words else {"says": words, f"says{CLOSE}": close}
    return found | {"unverified": True} if verified == "memory" else found


def _value(value: Value, lang: str) -> Plain:
    return {
        **_twice("name", value.name.in_language(lang), lang),
        **_twice("asks", value.asks.in_language(lang), lang),
        "places": {name: _fare(fare, lang) for name, fare in value.settings.items()},
    }


def _fare(fare: Fare, lang: str) -> Plain:
    return {"how": fare.how, "why": _said(fare.why.in_language(lang), fare.verified, lang)}


def _approach(kb: Knowledge, approach: Approach, lang: str) -> Plain:
    methods = approach.methods
    sides: dict[str, list[str]] = {"benefit": [], "limits": []}
    for summary in kb.summaries.values():
        if summary.approach == approach.id:
            sides[SIDES[summary.side]].append(summary.id)
    own = approach.id in FOR_CLOSE
    found = {
        "name": approach.name.in_language(lang),
        "short": approach.short.in_language(lang),
        "what": _said(approach.what.in_language(lang), approach.what.verified, lang, own=own),
        "format": _claims((methods.format,), lang, own=own),
        "sessions": _claims((methods.sessions,), lang, own=own),
        "given_by": _claims((methods.given_by,), lang, own=own),
        "asks": _claims(approach.asks, lang, own=own, asked=True),
        "drawbacks": _claims(approach.drawbacks, lang, own=own),
        "not_for": _claims(approach.not_for, lang, own=own),
        "questions": list(approach.questions.in_language(lang)),
        "evidence": sides,
    }
    if not sides["benefit"]:
        found["known"] = [_said(one.in_language(lang), one.verified, lang, own=own) for one in known_of(kb, approach)]
    return found if methods.length is None else found | {"length": _claims((methods.length,), lang, own=own)}


def known_of(kb: Knowledge, approach: Approach) -> tuple[Claim, ...]:
    """What is known of an approach, and from whom: each guideline that speaks of it, with its strength.

    It stands where no study is held that counts people: that we hold none does not mean that nothing is known.

    >>> import trellis
    >>> kb = trellis.load()
    >>> known_of(kb, kb.approaches["naloxone"])[0].en[:32]
    'World Health Organization (2014)'
    """
    return told_of_approach(kb, approach)["guidelines"]


def _because(words: Words, lang: str) -> Plain:
    close = words.person if words.loved_one is None else words.loved_one
    said = close.in_language(lang) if words.loved_one else of_another(close.in_language(lang), lang)
    return {"because": words.person.in_language(lang), f"because{CLOSE}": said}


def _serves(kb: Knowledge, lang: str) -> dict[str, dict[str, str]]:
    """How each approach serves each aim: by aim, then by approach."""
    found: dict[str, dict[str, str]] = {aim: {} for aim in kb.aims}
    for alignment in kb.alignments:
        found[alignment.aim][alignment.approach] = alignment.how.in_language(lang)
    return found


def _evidence(kb: Knowledge, summary: Summary, lang: str) -> Plain:
    """One statement: its sentence, its numbers in words, how sure it is, and what there is to draw.

    ``says``, ``numbers`` and ``sure`` are together what :func:`statement_lines` tells the person, less the line on
    numbers that were not checked, which ``unverified`` stands for.
    """
    one = statement(kb, summary)
    says, *rest = statement_lines(one, lang)
    *numbers, sure = rest if one.verified else rest[:-1]
    found: Plain = {
        "side": SIDES[summary.side],
        "about": kb.treated[summary.condition].name.in_language(lang),
        **_said(says, "", lang),
        "numbers": numbers,
        "level": one.level,
        "sure": sure,
        "studies": list(dict.fromkeys(_study(row) for row in (*one.rows, *one.against))),
    }
    if not one.verified:
        found["unverified"] = True
    drawn = _picture(one, lang)
    return found if drawn is None else found | {"picture": drawn}


def _study(row: Result) -> str:
    return f"{row.first_author} {row.year}"


def _picture(one: Statement, lang: str) -> Plain | None:
    """What can be drawn as 100 people, with every word under it: what is counted stands in the caption of each picture.

    A standardised difference counts nobody, nor does a rate that was worked out from one (Furukawa & Leucht 2011): it
    is told in words and never drawn. ``good`` says which form the people have: those who do well, or those to whom
    something bad happened. Fewer of something bad are people who were spared it, so that is good.

    The numbers are rounded as the words round them, so that a picture never says another number than its sentence.
    """
    found = one.of_100
    if found is None or found.method == FROM_STANDARDISED:
        return None
    say, asked = Say(lang), found.frequency
    slots = {
        "outcome": asked.outcome.in_language(lang),
        "time": asked.time.in_language(lang),
        "comparator": in_a_sentence(found.result.comparator.in_language(lang)),
    }
    if found.approach is not None and found.comparison is not None:
        form = "good" if asked.good else "bad"
        groups = [("with", found.approach, "counted"), ("without", found.comparison, "counted")]
        counts = f"counts_{form}"
    else:
        fewer = found.difference.value < 0
        form = "good" if asked.good != fewer else "bad"
        groups = [("fewer" if fewer else "more", _positive(found.difference), "fewer_who" if fewer else "more_who")]
        counts = "counts_fewer" if fewer else "counts_more"
    return {
        "good": form == "good",
        "counts": say(f"guide.approaches.{counts}", **slots),
        "groups": [
            {
                "people": _people(estimate),
                "label": say(f"guide.approaches.group_{label}", **slots),
                "words": say(f"guide.approaches.{words}", count=_how_many(estimate, say), **slots),
            }
            for label, estimate, words in groups
        ],
    }


def _how_many(estimate: Estimate, say: Say) -> str:
    people = _people(estimate)
    return say(f"guide.approaches.{'of_100_range' if 'low' in people else 'about_100'}", **people)


def _positive(difference: Estimate) -> Estimate:
    """A difference as a number of people, whichever way it goes."""
    if difference.value >= 0:
        return difference
    low, high = difference.low, difference.high
    return Estimate(-difference.value, None if high is None else -high, None if low is None else -low)


def _people(estimate: Estimate) -> Plain:
    ends = {"low": estimate.low, "high": estimate.high} if None not in (estimate.low, estimate.high) else {}
    return {name: int(f"{end:.0f}") for name, end in ({"value": estimate.value} | ends).items()}
