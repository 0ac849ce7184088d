"""What the command line says, in English and Spanish: whole sentences with named slots, never glued fragments.

Words about a person, a setting or a need come from the knowledge and are not repeated here. The help of the commands
and the messages about a wrong file or option are in English, as they speak to whoever runs the command.
"""

from __future__ import annotations

from collections.abc import Iterable

from trellis.cli import (
    messages_ask,
    messages_compare,
    messages_evidence,
    messages_guide,
    messages_instruments,
    messages_lists,
    messages_readings,
    messages_result,
)
from trellis.kinds.text import NOT_REVIEWED

LANGUAGES = ("en", "es")
Message = tuple[str, str]

MESSAGES: dict[str, Message] = {
    **messages_ask.MESSAGES,
    **messages_result.MESSAGES,
    **messages_lists.MESSAGES,
    **messages_evidence.MESSAGES,
    **messages_compare.MESSAGES,
    **messages_instruments.MESSAGES,
    **messages_guide.MESSAGES,
    **messages_readings.MESSAGES,
}


class Say:
    """The table in one language.

    >>> say = Say("es")
    >>> say("press_enter_to_go_on")
    'Oprima Enter cuando quiera seguir.'
    >>> say.join(["a", "b", "c"])
    'a, b y c'
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._place = LANGUAGES.index(lang)

    def __call__(self, key: str, **slots: object) -> str:
        """The message with its slots filled. Raises ``KeyError`` for a key or a slot that is not there."""
        return MESSAGES[key][self._place].format(**slots)

    def join(self, items: Iterable[str]) -> str:
        """A list within a sentence."""
        several = list(items)
        if len(several) < 2:
            return "".join(several)
        return self("join_last", first=", ".join(several[:-1]), last=several[-1])

    def soon(self, hours: int) -> str:
        """How soon, in hours up to two days and then in days."""
        if hours == 1:
            return self("within_1_hour")
        if hours < 48 or hours % 24:
            return self("within_hours", hours=hours)
        return self("within_days", days=hours // 24)

    def review(self, review: str, role: str) -> str:
        """The line on the review status that every output carries."""
        if review == NOT_REVIEWED:
            return self("not_reviewed_clinician" if role == "clinician" else "not_reviewed_person")
        return self("reviewed_as", review=review)
