"""The most useful open screen: danger first, then whatever narrows the two ends most, kept together by topic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trellis.decide.answers import read_answers
from trellis.decide.ends import Ends, SignatureMasks, both_ends, is_settled
from trellis.decide.given import check_arguments
from trellis.decide.parsing import DECLINED, NOT_KNOWN, Answers
from trellis.decide.reading import Reading
from trellis.decide.recommend import masks_of
from trellis.engine.artefact import HOLD, bits, covers, propagate
from trellis.engine.node import OPEN, WITHIN, Node, evaluate
from trellis.interview.about import (
    EVERYTHING,
    Scope,
    asked_about,
    asked_at_all,
    asked_first,
    asked_to_open,
    check_about,
)
from trellis.kinds.need import Screen
from trellis.library.in_force import in_force
from trellis.library.knowledge import Knowledge, once_per_knowledge

CONTEXT_TOPIC = "context"
FIRST_SEVERITY = 1


@dataclass(frozen=True)
class Question:
    """One screen to ask.

    Args:
        screen: the screen; its ``checklist`` is empty for a question that is asked alone.
        facts: the facts on it that are open; for a context none.
        factors: the contexts it asks; empty for facts.
        needs: the needs that the answer bears on, which is the honest answer to "why do you ask?".
        again: the answer on record is too old and tells of danger: it is asked again first.
    """

    screen: Screen
    facts: tuple[str, ...]
    factors: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    again: bool = False

    @property
    def topic(self) -> str:
        """The topic the screen belongs to."""
        return self.screen.topic


def next_question(kb: Knowledge, answers: Answers, *, as_of: date, about: Scope = EVERYTHING) -> Question | None:
    """The most useful open screen, or None when the result is settled or nothing that is left can be answered.

    In this order: danger on record that is too old; the danger question; where somebody is, when that worries them;
    which danger; who the person is; then, of the screens that can still matter, those that bear on danger already
    hinted at; those on what worries somebody most; those that move the worst end most; those that clear most of the
    needs that hold the worst end where it is. A topic once begun is finished first.

    Args:
        kb: the knowledge.
        answers: the answers so far, in the order given; see :func:`trellis.decide`.
        as_of: the day.
        about: what worries somebody most, which is asked first; on the short way nothing else is asked but danger.

    Raises:
        AnswerError: the answers are wrong.
        ConcernError: the knowledge has no such concern.

    >>> from datetime import date
    >>> import trellis
    >>> next_question(trellis.load(), {}, as_of=date(2026, 11, 23)).screen.id
    'harm.danger_now'
    """
    check_arguments(answers, as_of)
    check_about(kb, about)
    kb = in_force(kb, as_of)
    reading = read_answers(kb, answers, as_of)
    return next_open(kb, reading, both_ends(kb, reading), last=_last_topic(kb, answers), about=about)


def next_open(
    kb: Knowledge, reading: Reading, ends: tuple[Ends, ...], *, last: str | None, about: Scope = EVERYTHING
) -> Question | None:
    """The same for a reading and its ends, which a session already has. ``last`` is the topic asked last."""
    masks = masks_of(kb)
    for fact in dict.fromkeys(reading.latched):
        if fact not in reading.unanswerable:
            return _alone(kb, fact, _needs_reading(kb, fact), again=True)
    if is_settled(ends, masks):
        return None
    opening = [kb.number_of(fact) for fact in asked_to_open(kb, about)]
    for number in (*_index(kb).first_danger, *opening):
        if _askable(kb, reading, number):
            fact = kb.artefact.facts[number]
            return _alone(kb, fact, _needs_reading(kb, fact))
    factors = _open_factors(kb, reading)
    matter = mattering(kb, ends, masks)
    candidates = list(_candidates(kb, reading, ends, matter))
    if factors:
        which_danger = _present_dangers(kb, reading)
        candidates = [question for question in candidates if which_danger & set(question.facts)]
    within = asked_at_all(kb, about, _telling(kb, reading))
    if within is not None:
        candidates = [question for question in candidates if within & set(question.facts)]
    if not candidates:
        return _about_the_person(factors) if factors else None
    views = [_EndView(kb, reading, pair, matter) for pair in ends]
    scored = [(_score(kb, reading, views, question), question) for question in candidates]
    most_urgent = max(score[0] for score, _ in scored)
    urgent = [pair for pair in scored if pair[0][0] == most_urgent]
    for wanted in asked_first(kb, about):
        urgent = [pair for pair in urgent if wanted & set(pair[1].facts)] or urgent
    together = [pair for pair in urgent if pair[1].topic == last and pair[0][2] > 0]
    pool = together or urgent
    return max(pool, key=lambda pair: pair[0])[1]


def _present_dangers(kb: Knowledge, reading: Reading) -> set[str]:
    """What the first question covers, once it was answered with yes: asked even before who the person is."""
    first = {number for number in _index(kb).first_danger if reading.lo[number] > 0}
    return {kb.artefact.facts[a] for a, i, b, _ in kb.artefact.implications if b in first and reading.hi[a] >= i}


def _telling(kb: Knowledge, reading: Reading) -> set[str]:
    """The questions that open others and were answered with more than the best answer."""
    return {name for name in asked_about(kb).opens if reading.lo[kb.number_of(name)] > 0}


def _about_the_person(factors: tuple[str, ...]) -> Question:
    return Question(Screen(id=CONTEXT_TOPIC, topic=CONTEXT_TOPIC), (), factors=factors)


def mattering(kb: Knowledge, ends: tuple[Ends, ...], masks: SignatureMasks) -> int:
    """The open needs, as a mask, that could still change placement, a hold, danger, evaluation or safety services."""
    found = 0
    for pair in ends:
        open_needs = pair.most.active & ~pair.least.active
        for place in bits(open_needs):
            need = kb.artefact.needs[place]
            if (
                not covers(pair.least.hold, need.asks("hold"))
                or (pair.least.now_fit != pair.most.now_fit and not covers(pair.least.now, need.asks("now")))
                or (pair.least.next_fit != pair.most.next_fit and not covers(pair.least.next, need.asks("next")))
            ):
                found |= 1 << place
        for mask in masks.all:
            if not pair.least.active & mask:
                found |= open_needs & mask
    return found


class Index:
    """What never changes about a knowledge, worked out once: who reads what, who asks what, who opens what."""

    def __init__(self, kb: Knowledge) -> None:
        artefact = kb.artefact
        self.place = {need: place for place, need in enumerate(kb.needs)}
        self.reads = tuple(frozenset(_facts_of(need.node)) for need in artefact.needs)
        gravest = {urgent.id for urgent in kb.urgent.values() if urgent.severity == FIRST_SEVERITY}
        self.first_danger = tuple(
            fact
            for need in kb.needs.values()
            if need.urgent in gravest
            for fact in sorted(self.reads[self.place[need.id]])
        )
        self.urgent_needs = frozenset(self.place[need.id] for need in kb.needs.values() if need.urgent)
        self.alone = {s.facts[0]: s for s in kb.screens.values() if not s.checklist}
        self.lists: dict[str, list[Screen]] = {}
        for screen in kb.screens.values():
            for item in screen.checklist:
                self.lists.setdefault(item.fact, []).append(screen)
        self.topics = {fact: screens[0].topic for fact, screens in self.lists.items()}
        self.topics |= {fact: s.topic for fact, s in self.alone.items() if fact not in self.topics}
        top = artefact.packages[-1].rank
        # The rank that each need asks for by itself; holds count as the top, for they concern danger.
        self.own_rank = tuple(
            tuple(
                top if need.phase == HOLD else artefact.packages[artefact.engine.fit(need.requires, context)[0]].rank
                for need in artefact.needs
            )
            for context in range(len(kb.contexts))
        )


_index = once_per_knowledge(Index)


def _facts_of(node: Node) -> Iterator[int]:
    if node[0] == WITHIN:
        yield node[1]
        return
    for child in node[1:]:
        if isinstance(child, tuple):
            yield from _facts_of(child)


def _needs_reading(kb: Knowledge, fact: str) -> tuple[str, ...]:
    index, number = _index(kb), kb.number_of(fact)
    return tuple(need for need, place in index.place.items() if number in index.reads[place])


def _askable(kb: Knowledge, reading: Reading, number: int) -> bool:
    return reading.lo[number] < reading.hi[number] and kb.artefact.facts[number] not in reading.unanswerable


def _open_factors(kb: Knowledge, reading: Reading) -> tuple[str, ...]:
    """The contexts still open, asked together on one screen.

    One that the answer to an earlier one may make impossible waits for that answer: nobody is asked what cannot be. It
    is asked where the earlier one stays unknown, for unknown is never "no".
    """
    found = []
    for factor in kb.factors:
        values = {kb.contexts[number][factor] for number in reading.contexts}
        given = reading.used.get(factor, ())
        if len(values) > 1 and not any(answer.value in (NOT_KNOWN, DECLINED) for answer in given):
            found.append(factor)
    return tuple(factor for factor in found if not set(waits_for(kb)[factor]) & set(found))


@once_per_knowledge
def waits_for(kb: Knowledge) -> dict[str, tuple[str, ...]]:
    """Per context, the earlier ones that leave some of its values impossible: their answer comes first.

    >>> import trellis
    >>> waits_for(trellis.load())["pregnancy"]
    ('age',)
    """

    def exclude(one: str, other: str) -> bool:
        together = {(context[one], context[other]) for context in kb.contexts}
        return len(together) < len({a for a, _ in together}) * len({b for _, b in together})

    names = list(kb.factors)
    return {name: tuple(one for one in names[:place] if exclude(one, name)) for place, name in enumerate(names)}


def _last_topic(kb: Knowledge, answers: Mapping[str, object]) -> str | None:
    last = next((name for name in reversed(list(answers)) if name in kb.facts), None)
    if last is None:
        return None
    return _index(kb).topics[last]


def _boxes(screen: Screen) -> tuple[str, ...]:
    return tuple(item.fact for item in screen.checklist)


def _candidates(kb: Knowledge, reading: Reading, ends: tuple[Ends, ...], matter: int) -> Iterator[Question]:
    """One question for every screen on which something open bears on a need that matters."""
    bearing = _bearing(kb, reading, ends, matter)
    dangers = _present_dangers(kb, reading)
    offered: set[str] = set()
    for fact in bearing:
        screen = _screen_for(kb, reading, fact, bearing)
        if screen.id in offered:
            continue
        offered.add(screen.id)
        asked = _boxes(screen) or screen.facts
        facts = tuple(
            name
            for name in asked
            if (name in bearing or dangers & set(asked))
            and _applies(kb, reading, name)
            and _askable(kb, reading, kb.number_of(name))
        )
        needs = tuple(dict.fromkeys(need for name in facts for need in bearing.get(name, ())))
        yield Question(screen, facts, needs=needs)


def _applies(kb: Knowledge, reading: Reading, fact: str) -> bool:
    number = kb.number_of(fact)
    return any(number not in kb.artefact.closed[context] for context in reading.contexts)


def _bearing(kb: Knowledge, reading: Reading, ends: tuple[Ends, ...], matter: int) -> dict[str, list[str]]:
    """The facts to ask, each with the needs it bears on. A fact whose gateways are all unknown gives way to them."""
    found: dict[str, list[str]] = {}
    for context in dict.fromkeys(pair.least.context for pair in ends):  # a set of numbers has no order to rely on
        lo, hi = reading.intervals(kb, context)
        gateways: dict[int, list[int]] = {}
        hinted = {a for a, _, b, j in kb.artefact.implications if lo[b] >= j}
        for a, _, b, _ in kb.artefact.implications:
            if a not in hinted and lo[b] < hi[b] and _askable(kb, reading, b):
                gateways.setdefault(a, []).append(b)
        for place in bits(matter & kb.artefact.engine.context_masks[context]):
            need = kb.artefact.needs[place]
            for fact in _open_facts(need.node, lo, hi):
                for asked in gateways.get(fact, [fact]):
                    name = kb.artefact.facts[asked]
                    if name not in reading.unanswerable and need.id not in found.setdefault(name, []):
                        found[name].append(need.id)
    return {name: needs for name, needs in found.items() if needs}


def _open_facts(node: Node, lo: list[int], hi: list[int]) -> Iterator[int]:
    """The open facts below the parts of a node that are open: what is already decided is not asked about."""
    if evaluate(node, lo, hi) != OPEN:
        return
    if node[0] == WITHIN:
        yield node[1]
        return
    for child in node[1:]:
        if isinstance(child, tuple):
            yield from _open_facts(child, lo, hi)


def _screen_for(kb: Knowledge, reading: Reading, fact: str, bearing: Mapping[str, object]) -> Screen:
    """A checklist while nothing is known of the fact and others on the list matter too; else its own screen."""
    number = kb.number_of(fact)
    untouched = reading.lo[number] == 0 and reading.hi[number] == kb.artefact.tops[number]
    if untouched:
        for screen in _index(kb).lists.get(fact, ()):
            if sum(item.fact in bearing for item in screen.checklist) > 1:
                return screen
    return _index(kb).alone[fact]


class _EndView:
    """What every candidate is measured against, in one open context."""

    def __init__(self, kb: Knowledge, reading: Reading, pair: Ends, matter: int) -> None:
        self.context = pair.least.context
        self.lo, self.hi = reading.intervals(kb, self.context)
        self.open = matter & pair.most.active
        own_rank = _index(kb).own_rank[self.context]
        places = bits(self.open)
        self.plateau = max((own_rank[place] for place in places), default=0)
        self.at_plateau = sum(1 << place for place in places if own_rank[place] == self.plateau)
        self.rank = kb.artefact.packages[pair.most.now_fit[0]].rank


def _score(kb: Knowledge, reading: Reading, views: Sequence[_EndView], question: Question) -> tuple[int, int, int, int]:
    """(urgent needs hinted at, fall of the worst end, needs cleared at the worst end's rank, needs cleared).

    Each is counted as if the screen were answered as well as it can be: that is what clears needs from above.
    """
    numbers = [kb.number_of(fact) for fact in question.facts]
    artefact, engine = kb.artefact, kb.artefact.engine
    fall = cleared_top = cleared_all = 0
    for view in views:
        lo, hi = view.lo.copy(), view.hi.copy()
        for number in numbers:
            hi[number] = lo[number]
        propagate(artefact.implications, lo, hi)
        remaining = engine.active(hi) & engine.context_masks[view.context]
        cleared_all += (view.open & ~remaining).bit_count()
        cleared_top += (view.at_plateau & ~remaining).bit_count()
        now = engine.requirement(remaining, "now")
        fall += view.rank - artefact.packages[engine.fit(now, view.context)[0]].rank
    return (_urgency(kb, reading, question), fall, cleared_top, cleared_all)


def _urgency(kb: Knowledge, reading: Reading, question: Question) -> int:
    """How many urgent needs the screen bears on through facts that an earlier answer already hints at."""
    hinted = set()
    for a, _, b, j in kb.artefact.implications:
        if reading.lo[b] >= j and kb.artefact.facts[a] in question.facts:
            hinted.add(kb.artefact.facts[a])
    touched = {kb.number_of(fact) for fact in question.facts if fact in hinted or reading.lo[kb.number_of(fact)] > 0}
    index = _index(kb)
    places = (index.place[need] for need in question.needs)
    return sum(1 for place in places if place in index.urgent_needs and touched & index.reads[place])


def _alone(kb: Knowledge, fact: str, needs: Iterable[str], again: bool = False) -> Question:
    return Question(_index(kb).alone[fact], (fact,), needs=tuple(needs), again=again)
