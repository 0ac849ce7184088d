"""One voice in one language: sentences of the catalogue with their slots filled, lists, and days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from trellis.kinds.text import LANGUAGES, NOT_REVIEWED, Text
from trellis.library.reviewed import REVIEWED, EntryReview
from trellis.say import catalogue, cldr

SOUNDS_LIKE_I = re.compile(r"[ií]|hí|hi(?![ae])", re.IGNORECASE)
"""Before the sound i "y" becomes "e": padres e hijos. Not before hielo, whose first sound is another."""
SOUNDS_LIKE_O = re.compile(r"h?[oó]|8|11(?!\S)", re.IGNORECASE)
"""Before the sound o "o" becomes "u": uno u otro. 8 and 11 are read "ocho" and "once"."""


class Say:
    """All that Trellis says of its own, in one language.

    Args:
        lang: ``"en"`` or ``"es"``. Raises ``ValueError`` for another.

    >>> say = Say("es")
    >>> say("plan.now"), say.day(date(2026, 11, 24))
    ('Ahora', '24 de noviembre de 2026')
    """

    def __init__(self, lang: str) -> None:
        if lang not in LANGUAGES:
            raise ValueError(f"[{lang}] is no language of the catalogue. Give {' or '.join(LANGUAGES)}.")
        self.lang = lang
        self._place = LANGUAGES.index(lang)

    def __call__(self, key: str, **slots: object) -> str:
        """A sentence with its slots filled. Its form follows the number in the slot ``count``, or those it names.

        Args:
            key: topic and name, such as ``plan.now``. Raises ``KeyError`` for one that there is not.
            slots: what stands in the braces. Raises ``KeyError`` for one that is left out.

        >>> say = Say("en")
        >>> say("lists.needs_count", count=1), say("lists.needs_count", count=2)
        ('1 need.', '2 needs.')
        """
        topic, _, name = key.partition(".")
        message = catalogue.topic(topic)[name]
        by = message[len(LANGUAGES) :]
        form = form_of(message[self._place], self.lang, by, slots)
        return form.format(**slots | {slot: self.number(slots[slot]) for slot in by})

    def join(self, items: Iterable[str]) -> str:
        """A list within a sentence, of which all are meant.

        >>> Say("en").join(["a", "b", "c"]), Say("es").join(["padres", "hijos"])
        ('a, b and c', 'padres e hijos')
        """
        return self._list(items, "and")

    def either(self, items: Iterable[str]) -> str:
        """A list within a sentence, of which any will do.

        >>> Say("en").either(["a", "b", "c"]), Say("es").either(["uno", "otro"])
        ('a, b or c', 'uno u otro')
        """
        return self._list(items, "or")

    def _list(self, items: Iterable[str], kind: str) -> str:
        several = list(items)
        if len(several) < 2:
            return "".join(several)
        before_last = cldr.LAST[self.lang][kind]
        if self.lang == "es":
            sound, instead = (SOUNDS_LIKE_I, " e ") if kind == "and" else (SOUNDS_LIKE_O, " u ")
            before_last = instead if sound.match(several[-1]) else before_last
        return cldr.COMMA.join(several[:-1]) + before_last + several[-1]

    def day(self, day: date) -> str:
        """A day in words, so that nobody mistakes day and month.

        >>> Say("en").day(date(2026, 1, 5)), Say("es").day(date(2026, 1, 5))
        ('January 5, 2026', '5 de enero de 2026')
        """
        return self._day(day, "long")

    def day_short(self, day: date, *, year: bool) -> str:
        """A day in few letters, for an axis.

        >>> Say("en").day_short(date(2026, 1, 5), year=False), Say("es").day_short(date(2026, 1, 5), year=True)
        ('Jan 5', '5 ene 2026')
        """
        return self._day(day, "short_year" if year else "short")

    def _day(self, day: date, how: str) -> str:
        month, short = cldr.MONTHS[self.lang][day.month - 1], cldr.SHORT_MONTHS[self.lang][day.month - 1]
        return cldr.DAYS[self.lang][how].format(day=day.day, month=month, short=short, year=day.year)

    def number(self, number: object) -> str:
        """A whole number with a mark for each thousand.

        >>> Say("en").number(1234), Say("es").number(1234567)
        ('1,234', '1,234,567')
        """
        return f"{number:{cldr.THOUSANDS}}"

    def soon(self, hours: int) -> str:
        """How soon, in hours up to two days and then in days.

        >>> Say("en").soon(1), Say("en").soon(24), Say("es").soon(72)
        ('within an hour', 'within 24 hours', 'en menos de 3 días')
        """
        if hours < 48 or hours % 24:
            return self("time.within_hours", count=hours)
        return self("time.within_days", count=hours // 24)

    def review(self, review: str, role: str) -> str:
        """The line on the review of the content that every output carries.

        >>> Say("en").review("clinically reviewed", "person")
        'This is not a diagnosis. Clinicians have read and signed the rules of this content. It is not validated.'
        """
        if review == NOT_REVIEWED:
            return self("result.not_reviewed_clinician" if role == "clinician" else "result.not_reviewed_person")
        if review == REVIEWED:
            return self("result.reviewed_clinician" if role == "clinician" else "result.reviewed_person")
        return self("result.reviewed_as", review=review)

    def review_of(self, review: EntryReview) -> str:
        """Whether an entry is clinically reviewed, by whom and on which day; no whole sentence.

        >>> Say("en").review_of(EntryReview()), Say("es").review_of(EntryReview())
        ('not clinically reviewed', 'sin revisión clínica')
        """
        if review.state == "none":
            return self("review.none")
        signed = self.join(
            self("review.by", name=one.name, credentials=one.credentials, day=self.day(date.fromisoformat(one.on)))
            for one in review.signed
        )
        return self(f"review.{review.state}_{review.read}" if review.read else f"review.{review.state}", signed=signed)

    def entry_review(self, review: EntryReview, role: str) -> str:
        """The line of :meth:`review` for what shows one entry."""
        return self.review(NOT_REVIEWED if review.state == "none" else self.review_of(review), role)


def form_of(forms: Any, lang: str, by: Iterable[str], slots: Mapping[str, object]) -> str:
    """The form of a sentence for the numbers in its slots; the sentence itself where it has one form only.

    Args:
        forms: a sentence, or sentences by plural category, once for each slot of ``by``.
        lang: the language.
        by: the slots whose numbers choose.
        slots: what the slots hold. Raises ``TypeError`` where a number that chooses is no whole number.

    >>> form_of({"one": "a day", "other": "{count} days"}, "en", ["count"], {"count": 1})
    'a day'
    """
    for slot in by:
        if isinstance(forms, str):
            break
        number = slots[slot]
        if not isinstance(number, int):
            raise TypeError(f"the slot [{slot}] holds [{number!r}]: a whole number chooses the form of the sentence.")
        forms = forms.get(cldr.category(lang, number), forms["other"])
    return str(forms)


VOICES = tuple(Say(lang) for lang in LANGUAGES)


def in_each(key: str, **slots: object) -> Text:
    """A sentence in every language; a slot that holds a :class:`Text` is filled with its words in each.

    >>> in_each("plan.now")
    Text(en='Now', es='Ahora')
    """
    english, spanish = (
        say(key, **{k: v.in_language(say.lang) if isinstance(v, Text) else v for k, v in slots.items()})
        for say in VOICES
    )
    return Text(en=english, es=spanish)
