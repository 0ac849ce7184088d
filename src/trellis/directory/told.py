"""What is said of a place in a list: why it stands there, what to ask in a call, and words for it. SaidRow once.

A terminal, a page and a printed sheet show the same sentences in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trellis.directory.matching import PlaceMatch, Point, PointKind
from trellis.directory.programme import ListSource, Programme
from trellis.directory.wanted import Wanted
from trellis.kinds.place_feature import PlaceFeature
from trellis.library.knowledge import Knowledge
from trellis.say import Say

MOST_QUESTIONS = 8
"""More questions than this nobody asks in one call; what is needed comes first. Ours."""
MOST_REASONS = 2
ASKED_FIRST: tuple[PointKind, ...] = ("setting", "people", "axis", "service", "language", "payment")
"""Whether they have it and take the person goes before how they do it."""


@dataclass(frozen=True)
class ToldPlace:
    """What is said of one place.

    Args:
        id: of the place. ``name`` and ``address`` stand on top.
        fit: ``meets``, ``may`` or ``lacks``; ``says`` is the sentence for it.
        why: why it stands here: what it says, what it does not say, what is missing and who asks for it.
        far: how far it is and how one gets there; ``wait`` how long one waits.
        reach: telephone numbers, web, hours.
        questions: what to ask in a call, what is needed first.
        script: words for the call.
        signs: what one can check of it, each with how.
        checked: by which lists and when.
    """

    id: str
    name: str
    address: str
    fit: str
    says: str
    why: tuple[str, ...]
    far: tuple[str, ...]
    wait: str
    reach: tuple[str, ...]
    questions: tuple[str, ...]
    script: tuple[str, ...]
    signs: tuple[str, ...]
    checked: tuple[str, ...]


def told_of(
    kb: Knowledge,
    found: PlaceMatch,
    wanted: Wanted,
    sources: Iterable[ListSource],
    say: Say,
    *,
    as_of: date,
    role: str = "person",
    looked_from: bool = True,
) -> ToldPlace:
    """All that is said of a place.

    Args:
        kb: the knowledge.
        found: the place, held against what is wanted.
        wanted: what is wanted.
        sources: the lists of the directory.
        say: the language.
        as_of: the day.
        role: for whom the reasons are: ``person``, ``loved_one`` or ``clinician``.
        looked_from: somebody said from where, so that a distance is told, or that it is not known.
    """
    place = found.programme
    return ToldPlace(
        place.id,
        name_of(place),
        address_of(place),
        found.fit,
        say(f"directory.fit_{found.fit}"),
        why_here(kb, found, say, role),
        _far(found, say) if looked_from else (),
        _wait(found, say),
        _reach(place, say),
        questions_for(kb, found, wanted, say),
        call_script(kb, found, wanted, say),
        _signs(kb, place, say),
        _checked(place, sources, say, as_of, kb),
    )


def name_of(place: Programme) -> str:
    """The name of a place, with the part of a larger house that it is."""
    return ", ".join(text for text in (place.text("name"), place.text("part")) if text)


def address_of(place: Programme) -> str:
    """The address on one line, as far as it is known."""
    town = " ".join(text for text in (place.text("state"), place.text("zip")) if text)
    return ", ".join(text for text in (place.text("street"), place.text("city"), town) if text)


def why_here(kb: Knowledge, found: PlaceMatch, say: Say, role: str = "person") -> tuple[str, ...]:
    """Why a place stands in the list: what it says, what it does not, what is missing and which need asks for it.

    Args:
        kb: the knowledge.
        found: the place, held against what is wanted.
        say: the language.
        role: for whom the reasons are.
    """
    lines = []
    # What a name means on an axis nobody said in words: only a clinician reads it.
    met = [point for point in found.met if role == "clinician" or point.kind != "axis"]
    if met:
        lines.append(say("directory.meets", things=_listed(kb, met, say)))
    if found.ask:
        lines.append(say("directory.ask", things=_listed(kb, found.ask, say)))
    reasons: list[str] = []
    for point in found.lacks:
        if point.kind == "axis":
            axis = kb.axes[point.id]
            step = axis.steps[axis.rank_of(point.step)]
            names = (one.name.in_language(say.lang) for one in (axis, step))
            lines.append(say("directory.lacks_axis", axis=next(names), step=next(names)))
            reasons += point.needs
    for kind, key in (("setting", "lacks_said"), ("people", "lacks_people"), ("service", "gaps")):
        points = [point for point in found.lacks if point.kind == kind]
        if points:
            lines.append(say(f"directory.{key}", things=_listed(kb, points, say)))
            reasons += [need for point in points for need in point.needs]
    soft = [point for point in found.lacks if point.kind in ("payment", "language")]
    if soft:
        lines.append(say("directory.lacks_said", things=_listed(kb, soft, say)))
    for need in list(dict.fromkeys(reasons))[:MOST_REASONS]:
        because = kb.needs[need].because.for_role(role).in_language(say.lang)
        lines.append(say("directory.asked_because", because=because))
    return tuple(lines)


def questions_for(kb: Knowledge, found: PlaceMatch, wanted: Wanted, say: Say) -> tuple[str, ...]:
    """What to ask in a call: what is not known of what is needed, whether they take the person first; then the cost.

    Args:
        kb: the knowledge.
        found: the place, held against what is wanted.
        wanted: what is wanted.
        say: the language.
    """
    features = kb.of("place_features")
    points = sorted(found.ask, key=lambda point: ASKED_FIRST.index(point.kind))
    asked = [_question(kb, features, point, say) for point in points]
    closed = [_question(kb, features, point, say) for point in found.lacks if point.kind == "setting"]
    whatever = [say("directory.ask_wait")] if found.wait is None else []
    if not wanted.payment:
        whatever.append(say("directory.ask_cost"))
    several = list(dict.fromkeys(closed + asked))
    return tuple(several[: MOST_QUESTIONS - len(whatever)] + whatever)


def call_script(kb: Knowledge, found: PlaceMatch, wanted: Wanted, say: Say) -> tuple[str, ...]:
    """Words for the call. They tell nothing of the person but the kind of care."""
    settings = [found.setting] if found.setting else list(wanted.settings[:1])
    lines = [say("directory.script_private")]
    if settings:
        lines.append(say("directory.script_open", care=say.join(care_name(kb, one, say) for one in settings)))
    lines += [say("directory.script_questions"), say("directory.script_full"), say("directory.script_close")]
    return tuple(lines)


def care_name(kb: Knowledge, setting: str, say: Say) -> str:
    """The name of a kind of care, with the word that people use for it."""
    place = kb.settings.get(setting) or kb.add_ons.get(setting) or kb.responses[setting]
    name = place.name.in_language(say.lang)
    known = place.known_as.in_language(say.lang) if place.known_as is not None else ""
    return f"{name} ({known})" if known and known not in name else name


def _listed(kb: Knowledge, points: Iterable[Point], say: Say) -> str:
    return "; ".join(dict.fromkeys(_named(kb, point, say) for point in points))


def _named(kb: Knowledge, point: Point, say: Say) -> str:
    """What a point is about, in few words."""
    features = kb.of("place_features")
    if point.kind == "setting":
        return care_name(kb, point.id, say)
    if point.kind == "axis":
        axis = kb.axes[point.id]
        name, step = axis.name, axis.steps[axis.rank_of(point.step)].name
        return f"{name.in_language(say.lang)} ({step.in_language(say.lang)})"
    if point.kind == "service":
        return str(kb.services[point.id].name.in_language(say.lang))
    return _name(features[point.features[0]], say)


def _name(feature: PlaceFeature, say: Say) -> str:
    return feature.name.in_language(say.lang)


def _question(kb: Knowledge, features: Mapping[str, PlaceFeature], point: Point, say: Say) -> str:
    if point.kind == "axis":
        axis = kb.axes[point.id]
        step = axis.steps[axis.rank_of(point.step)]
        return say("directory.ask_axis", told=(step.told or step.definition).in_language(say.lang))
    one = features[point.features[0]] if point.features else None
    if point.kind in ("payment", "language") and one is not None:
        return say(f"directory.ask_{point.kind}", name=_name(one, say))
    if one is not None and one.ask is not None:
        return one.ask.in_language(say.lang)
    if point.kind == "people" and one is not None:
        return say("directory.ask_takes", name=_name(one, say))
    return say("directory.ask_name", name=_named(kb, point, say))


def _far(found: PlaceMatch, say: Say) -> tuple[str, ...]:
    place = found.programme
    if found.miles is None:
        lines = [say("directory.miles_unknown")]
    elif found.miles < 1:
        lines = [say("directory.miles_under")]
    else:
        lines = [say("directory.miles", count=round(found.miles))]
    if found.miles is not None and place.number("latitude") is None:
        lines.append(say("directory.miles_of_zip"))
    ways = [
        say(f"directory.{key}")
        for key, name in (("way_help", "transport_help"), ("way_video", "telehealth"))
        if place.has(name)
    ]
    return (*lines, *(ways or [say("directory.way_unknown")]))


def _wait(found: PlaceMatch, say: Say) -> str:
    if found.wait is None:
        return say("directory.wait_unknown")
    return say("directory.wait", count=found.wait) if found.wait else say("directory.wait_none")


def _reach(place: Programme, say: Say) -> tuple[str, ...]:
    lines = []
    for key, field, slot in (
        ("phone", "phone", "number"), ("intake", "intake_phone", "number"), ("crisis", "crisis_phone", "number"),
        ("web", "website", "address"), ("hours", "hours", "hours"),
    ):  # fmt: skip
        if place.text(field):
            lines.append(say(f"directory.{key}", **{slot: place.text(field)}))
    if not any(place.text(field) for field in ("phone", "intake_phone")):
        lines.insert(0, say("directory.phone_unknown"))
    return tuple(lines)


def _signs(kb: Knowledge, place: Programme, say: Say) -> tuple[str, ...]:
    lines = []
    for one in kb.of("place_features").values():
        has = place.has(one.id) if one.group == "sign" else None
        if has is not None:
            key = "sign_said" if has else "sign_not"
            lines.append(say(f"directory.{key}", sign=_name(one, say), check=one.check.in_language(say.lang)))
    for key, field, slot in (("license_is", "license", "license"), ("complaints_go", "complaint_to", "where")):
        if place.text(field):
            lines.append(say(f"directory.{key}", **{slot: place.text(field)}))
    return tuple(lines)


def _checked(place: Programme, sources: Iterable[ListSource], say: Say, as_of: date, kb: Knowledge) -> tuple[str, ...]:
    called = list_names(kb, sources, say)
    names = say.join(dict.fromkeys(called.get(name, name) for name in place.sources))
    lines = []
    if place.gone:
        lines.append(say("directory.gone", sources=names, day=say.day(date.fromisoformat(place.gone))))
    elif place.newest:
        key = "stale" if place.is_stale(as_of) else "checked"
        lines.append(say(f"directory.{key}", sources=names, day=say.day(date.fromisoformat(place.newest))))
    else:
        lines.append(say("directory.undated", sources=names))
    disputed = [name for name in place.disputed if name in kb.of("place_features")]
    if disputed:
        features: Sequence[PlaceFeature] = [kb.of("place_features")[name] for name in disputed]
        lines.append(say("directory.disputed", things="; ".join(_name(one, say) for one in features)))
    return tuple(lines)


def list_names(kb: Knowledge, sources: Iterable[ListSource], say: Say) -> dict[str, str]:
    """What each list is called where a place is told of, by its id.

    Args:
        kb: the knowledge.
        sources: the lists.
        say: the language.

    >>> import trellis
    >>> own = ListSource("own", "Own", "csv", True, "2026-11-30")
    >>> list_names(trellis.load(), [own], Say("es"))
    {'own': 'la lista propia de este sitio'}
    """
    return {one.id: say("directory.own_list") if one.own else _title(kb, one, say) for one in sources}


def _title(kb: Knowledge, source: ListSource, say: Say) -> str:
    lists = kb.of("place_lists")
    return str(lists[source.id].title.in_language(say.lang)) if source.id in lists else source.title
