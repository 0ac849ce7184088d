"""Scoring: exact totals; with items missing, every total that is still possible; answers that matter by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import TypeGuard

from trellis.errors import AnswerError, Problem, did_you_mean
from trellis.instruments.domains import Domains, settle, split, start
from trellis.kinds.instrument import Critical, Instrument, Scale, ScoreBand


@dataclass(frozen=True)
class Prorated:
    """A total estimated by the published rule for missing items. Shown beside the range, never in its place."""

    total: float
    missing: int
    scale: Scale

    @property
    def rule(self) -> str:
        """The rule in words (English)."""
        return self.scale.prorate.rule.en if self.scale.prorate else ""


@dataclass(frozen=True)
class ScaleScore:
    """One total or subscale of one filled-in instrument.

    Args:
        scale: the scale as the instrument defines it.
        possible: every total that the answers leave possible, lowest first; one when nothing is missing.
        missing: the items of this scale without an answer.
        prorated: the estimate by the published rule, when there is one and it may be used.
    """

    scale: Scale
    possible: tuple[int, ...]
    missing: tuple[str, ...] = ()
    prorated: Prorated | None = None

    @property
    def low(self) -> int:
        """The lowest total still possible."""
        return self.possible[0]

    @property
    def high(self) -> int:
        """The highest total still possible."""
        return self.possible[-1]

    @property
    def total(self) -> int | None:
        """The exact total, or None while the answers leave more than one."""
        return self.low if self.low == self.high else None

    @property
    def bands(self) -> tuple[ScoreBand, ...]:
        """The bands still possible, lowest first; one when the total is exact, none when the scale has no bands."""
        found = {id(band): band for band in (band_of(self.scale, total) for total in self.possible) if band is not None}
        return tuple(found.values())


@dataclass(frozen=True)
class Scored:
    """A filled-in instrument, scored. ``answers`` holds what was given; ``skipped`` what was rightly not asked."""

    instrument: Instrument
    answers: Mapping[str, int]
    scales: Mapping[str, ScaleScore]
    skipped: tuple[str, ...]
    critical: tuple[Critical, ...]
    unasked_critical: tuple[Critical, ...]

    @property
    def total(self) -> ScaleScore:
        """The first scale, which is the instrument's main one."""
        return next(iter(self.scales.values()))

    @property
    def urgent(self) -> tuple[str, ...]:
        """The urgent texts that these answers call for at once, whatever the total."""
        return tuple(dict.fromkeys(entry.urgent for entry in self.critical))

    @property
    def complete(self) -> bool:
        """Whether every scale has its exact total."""
        return all(score.total is not None for score in self.scales.values())


class ScoreError(AnswerError):
    """What was filled in cannot be scored. ``critical``: the answers in it that matter by themselves all the same.

    A fault in one answer never hides the danger that another tells of: show ``urgent`` first, then the problems.

    >>> import trellis
    >>> try:
    ...     score(trellis.load().instruments["phq9"], {"1": 7, "9": 3})
    ... except ScoreError as refused:
    ...     print(refused.urgent, refused)
    ('suicide',) phq9[1]: is [7]. Its answers score 0, 1, 2, 3; leave it out if missing.
    """

    def __init__(self, problems: Iterable[Problem], critical: Iterable[Critical] = ()) -> None:
        super().__init__(problems)
        self.critical = tuple(critical)

    @property
    def urgent(self) -> tuple[str, ...]:
        """The urgent texts that the valid answers call for at once."""
        return tuple(dict.fromkeys(entry.urgent for entry in self.critical))


def critical_in(instrument: Instrument, seen: Iterable[tuple[object, object]]) -> tuple[Critical, ...]:
    """The answers that matter by themselves among whatever was seen, an item answered twice included.

    Args:
        instrument: as loaded.
        seen: item id and score, each as it came; what is no answer of the item is passed over.

    >>> import trellis
    >>> phq9 = trellis.load().instruments["phq9"]
    >>> [entry.item for entry in critical_in(phq9, [("9", 3), ("9", 0), ("1", "many")])]
    ['9']
    """
    names = {item.id for item in instrument.items}
    valid: list[tuple[str, int]] = [
        (str(name), value)
        for name, value in seen
        if name in names and is_whole(value) and value in instrument.scores_of(str(name))
    ]
    return tuple(
        entry
        for entry in instrument.critical
        if any(name == entry.item and value >= entry.from_ for name, value in valid)
    )


def is_whole(value: object) -> TypeGuard[int]:
    """Whether this is a whole number. ``True`` is none: it would count as 1."""
    return isinstance(value, int) and not isinstance(value, bool)


def band_of(scale: Scale, total: float) -> ScoreBand | None:
    """The band a total falls in, or None when the scale has no bands."""
    below = [band for band in scale.bands if band.from_ <= total]
    return below[-1] if below else None


def score(instrument: Instrument, answers: Mapping[str, int | None]) -> Scored:
    """Score one filled-in instrument.

    Args:
        instrument: as loaded, ``kb.instruments["phq9"]``.
        answers: item id to score; an item left out, or None, is missing and never counts as zero.

    Returns:
        per scale the exact total, or every total that the missing items leave possible, with the bands still possible.

    Raises:
        ScoreError: an item does not exist, a score is not one of its answers, a skipped item has an answer, or the
            instrument has no items to score; it lists every problem, and the danger that valid answers tell of.

    >>> import trellis
    >>> phq9 = trellis.load().instruments["phq9"]
    >>> answers = {str(item): 1 for item in range(1, 10)}
    >>> score(phq9, answers).total.total, score(phq9, answers).urgent
    (9, ('suicide',))
    >>> del answers["1"], answers["9"]
    >>> partly = score(phq9, answers).total
    >>> (partly.low, partly.high), [band.id for band in partly.bands], partly.missing
    ((7, 13), ['mild', 'moderate'], ('1', '9'))
    """
    given = _checked(instrument, answers)
    open_to = settle(instrument, start(instrument, given))
    if open_to is None:
        problem = Problem(instrument.id, "has answers that cannot stand together.", "See which are skipped.")
        raise ScoreError([problem], critical_in(instrument, given.items()))
    skipped = _skipped(instrument, given, open_to)
    scales = {scale.id: _score_scale(instrument, scale, given, skipped, open_to) for scale in instrument.scales}
    return Scored(
        instrument=instrument,
        answers=given,
        scales=scales,
        skipped=skipped,
        critical=critical_in(instrument, given.items()),
        unasked_critical=tuple(e for e in instrument.critical if e.item not in given and e.item not in skipped),
    )


def typed(instrument: Instrument, totals: Mapping[str, object]) -> Scored:
    """Record totals that somebody typed: all that may be done with an instrument whose items are not here.

    Nobody saw the items, so every answer that matters by itself counts as not asked.

    Args:
        instrument: as loaded.
        totals: scale id to a whole number.

    Raises:
        AnswerError: a scale does not exist, or a total lies outside its range.

    >>> import trellis
    >>> found = typed(trellis.load().instruments["dast_10"], {"total": 7})
    >>> found.total.total, found.total.bands[0].id
    (7, 'substantial')
    """
    problems: list[Problem] = []
    scales: dict[str, ScaleScore] = {}
    known = {scale.id: scale for scale in instrument.scales}
    for name, total in totals.items():
        where = f"{instrument.id}[{name}]"
        if name not in known:
            remedy = did_you_mean(str(name), known) or f"Its scales are {', '.join(known)}."
            problems.append(Problem(where, f"{instrument.short} has no scale [{name}].", remedy))
        elif isinstance(total, bool) or not isinstance(total, int) or not known[name].low <= total <= known[name].high:
            remedy = f"It may be a whole number from {known[name].low} to {known[name].high}."
            problems.append(Problem(where, f"is [{total}].", remedy))
        else:
            scales[name] = ScaleScore(known[name], (total,))
    if not totals:
        problems.append(Problem(instrument.id, "has no total.", f"Give one of {', '.join(known)}."))
    if problems:
        raise AnswerError(problems)
    return Scored(instrument, {}, scales, (), (), instrument.critical)


def _checked(instrument: Instrument, answers: Mapping[str, object]) -> dict[str, int]:
    problems: list[Problem] = []
    if not instrument.items:
        scales = ", ".join(scale.id for scale in instrument.scales)
        message = f"{instrument.short} may be recorded as a total only."
        raise ScoreError([Problem(instrument.id, message, f"Give the total of {scales}.")])
    names = [item.id for item in instrument.items]
    given: dict[str, int] = {}
    for name, value in answers.items():
        where = f"{instrument.id}[{name}]"
        if name not in names:
            remedy = did_you_mean(str(name), names) or f"Its items are {', '.join(names)}."
            problems.append(Problem(where, f"{instrument.short} has no item [{name}].", remedy))
        elif value is None:
            continue
        elif not is_whole(value) or value not in instrument.scores_of(name):
            allowed = ", ".join(str(one) for one in instrument.scores_of(name))
            problems.append(Problem(where, f"is [{value}].", f"Its answers score {allowed}; leave it out if missing."))
        else:
            given[name] = value
    for skip in instrument.skips:
        if given.get(skip.item) not in skip.scores:
            continue
        for name in skip.skips:
            if given.get(name, 0) != 0:
                message = f"is [{given[name]}], but item [{skip.item}] is [{given[skip.item]}], so it is not asked."
                problems.append(Problem(f"{instrument.id}[{name}]", message, "Correct one of the two."))
    if problems:
        raise ScoreError(problems, critical_in(instrument, given.items()))
    return given


def _skipped(instrument: Instrument, given: Mapping[str, int], open_to: Domains) -> tuple[str, ...]:
    skipped = {
        name
        for skip in instrument.skips
        if set(open_to[skip.item]) <= set(skip.scores)
        for name in skip.skips
        if name not in given
    }
    return tuple(item.id for item in instrument.items if item.id in skipped)


def _score_scale(
    instrument: Instrument, scale: Scale, given: Mapping[str, int], skipped: tuple[str, ...], open_to: Domains
) -> ScaleScore:
    missing = tuple(name for name in scale.items if name not in given and name not in skipped)
    possible: set[int] = set()
    for domains in split(instrument, scale, open_to):
        possible |= _joined(scale, [domains[name] for name in scale.items])
    return ScaleScore(scale, tuple(sorted(possible)), missing, _prorate(scale, given, skipped, missing))


def _joined(scale: Scale, values: Iterable[tuple[int, ...]]) -> set[int]:
    """Every value the scale can take: the sums (maxima, counts) of all choices, kept as a set at each step."""
    if scale.method == "highest":
        return reduce(lambda seen, scores: {max(a, b) for a in seen for b in scores}, values, {scale.low})
    if scale.method == "count":
        values = [tuple({int(score > 0) for score in scores}) for scores in values]
    return reduce(lambda seen, scores: {a + b for a in seen for b in scores}, values, {0})


def _prorate(
    scale: Scale, given: Mapping[str, int], skipped: tuple[str, ...], missing: tuple[str, ...]
) -> Prorated | None:
    if scale.prorate is None or not 0 < len(missing) <= scale.prorate.missing_at_most:
        return None
    answered = [given.get(name, 0) for name in scale.items if name in given or name in skipped]
    if not answered:
        return None
    return Prorated(sum(answered) * len(scale.items) / len(answered), len(missing), scale)
