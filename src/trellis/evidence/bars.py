"""How many of 100, drawn with plain characters: both groups on one scale, what is uncertain in lighter marks."""

from __future__ import annotations

from trellis.evidence.frequency import Estimate, OutOf100
from trellis.say import Say

WIDTH = 20
SURE, PERHAPS, REST = "#", "=", "."


def bar(estimate: Estimate, width: int = WIDTH) -> str:
    """A number of people in 100 as a bar.

    What is filled for sure reaches to the lower end of the interval; from there to the upper end the marks are lighter.
    Without an interval all marks are full, and the words beside it give the number alone.

    Args:
        estimate: people in 100.
        width: how many marks stand for 100 people.

    >>> bar(Estimate(61.7, 55.2, 70.1))
    '[###########===......]'
    >>> bar(Estimate(37.0))
    '[#######.............]'
    """
    low = estimate.value if estimate.low is None else estimate.low
    high = estimate.value if estimate.high is None else estimate.high
    sure, most = (_marks(people, width) for people in (low, high))
    return f"[{SURE * sure}{PERHAPS * (most - sure)}{REST * (width - most)}]"


def _marks(people: float, width: int) -> int:
    # Adding a half and cutting, as Python rounds a half to the even number and two equal gaps would look unequal.
    return max(0, min(width, int(people * width / 100 + 0.5)))


def frequency_bars(found: OutOf100, lang: str, width: int = WIDTH) -> list[str]:
    """Both groups under each other on one scale, and what the marks mean; nothing when only a difference is known.

    The bars repeat what :func:`trellis.evidence.words.frequency_words` says, which stands before them for those who
    listen.

    Args:
        found: the natural frequency.
        lang: ``"en"`` or ``"es"``.
        width: how many marks stand for 100 people; a whole part of 100 reads best.

    Raises:
        ValueError: ``width`` is below 1.

    >>> import trellis
    >>> from trellis.evidence import of_100
    >>> kb = trellis.load()
    >>> found = next(f for s in kb.summaries.values() if (f := of_100(kb, s)) and f.approach)
    >>> len({line.index("]") for line in frequency_bars(found, "en")[:2]})
    1
    """
    if width < 1:
        raise ValueError(f"width is [{width}]. Give 1 or more.")
    if found.approach is None or found.comparison is None:
        return []
    say = Say(lang)
    without = say("findings.bar_without", comparator=found.result.comparator.in_language(lang).rstrip("."))
    rows = [(found.approach, say("findings.bar_with")), (found.comparison, without)]
    unsure = any(estimate.low is not None and estimate.high is not None for estimate, _ in rows)
    people = f"{100 / width:g}"
    key = say("findings.bar_key" if unsure else "findings.bar_key_sure", people=people)
    return [*(_row(estimate, label, say, width) for estimate, label in rows), key]


def _row(estimate: Estimate, label: str, say: Say, width: int) -> str:
    if estimate.low is not None and estimate.high is not None:
        label = say("findings.bar_range", label=label, low=f"{estimate.low:.0f}", high=f"{estimate.high:.0f}")
    return say("findings.bar_row", bar=bar(estimate, width), value=f"{estimate.value:.0f}", label=label)
