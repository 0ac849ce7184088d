"""The words that speak to the person, turned so that they speak of the person: for somebody close who reads them.

English keeps its verbs ("you live" and "they live"), so that only the pronoun changes, and Spanish keeps them as well
("usted vive", "la persona vive"). What is told as a request ("ask about evening hours") asks whoever reads, and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

OBJECT_AFTER = re.compile(
    r"to|for|with|from|by|of|about|around|over|on|at|near|between|behind|beside|without|"
    r"against|through|know|help|helps|helping|see|sees|make|makes|give|gives|let|lets|send|"
    r"sends|link|links|keep|keeps|keeping|tell|tells|ask|asks|call|calls|check|checks|suit|"
    r"suits|expect|wake|reach|drive|cost|bring|brings|guide|guides|controls|visit|visits|"
    r"left|limits|move|watch|support|supports|saves|judge|judges|pull|pulls|push|pushes|heat|"
    r"protect|protects|protecting|back|meet|meets|hurts|hurt|hurting|calms|shame|police|triggers|spare|lifts|changed"
)
"""After one of these "you" is whom something is done to or for; elsewhere it is who does it."""
NOUNS_BEFORE = frozenset({("support", "want"), ("visits", "try")})
"""Where such a word is a noun after all: "the support you want"."""
YOU = re.compile(r"\b(?:(look|looks)\s+after\s+|([\w\u2019-]+)(\s+))?([Yy])ou\b(?=\s+([\w\u2019]+)|([.,;:?!)”]|$))?")
TOLD_OF = re.compile(r"\byou(?:rs?)?\b|\bperson\b", re.IGNORECASE)
"""What has told of the person, so that "them" is enough."""
OTHERS = re.compile(r"\bthey\b", re.IGNORECASE)
"""Somebody else whom the words tell of: "them" would be those."""
REQUESTS = re.compile(
    r"Do|Take|Tell|Have|Go|Agree|Let|Come|Say|Be|Give|Show|Sleep|Answer|Sign|Meet|Start|"
    r"Decide|Drink|Speak|Carry|Try|Pay|Practice|Name|List|Write|Find|Watch|Use|Keep"
)
"""With these words begins what is asked of the person."""
SENTENCE = re.compile(r"(?<=[.!?])\s+")
ENGLISH = (
    (re.compile(r"\b([Yy])ourself\b"), "themselves"),
    (re.compile(r"\b([Yy])ours\b"), "theirs"),
    (re.compile(r"\b([Yy])our\b"), "their"),
    (re.compile(r"(?<![\w-])I(?![\w-])"), "they"),
    (re.compile(r"\b(m)yself\b"), "themselves"),
    (re.compile(r"\b([Mm])y\b"), "their"),
    (re.compile(r"\b(m)e\b"), "them"),
)
SPANISH = (
    (re.compile(r"\b([Uu])no de ustedes\b"), "uno de los dos"),
    (re.compile(r"\b([Uu])stedes\b"), "los dos"),
    (re.compile(r"\b([Uu])sted\b"), "la persona"),
    (re.compile(r"(¿Cuánto le importa)\b"), "¿Cuánto le importa a la persona"),
    (re.compile(r"\byo pago\b"), "paga la persona"),
    (re.compile(r"\b([Mm])i\b"), "su"),
    (re.compile(r"\b([Mm])is\b"), "sus"),
    (re.compile(r"\bme pasó\b"), "le pasó"),
)
OF_ONESELF = re.compile(r"\b([Ss]entir|[Pp]reocupar|[Hh]acer|[Dd]ecidir)me\b")
"""Wishes are told in the person's own voice: \"sentirme mejor\"."""


def of_another(words: str, lang: str, *, asked: bool = False) -> str:
    """The words as somebody close reads them: what was said to the person is said of the person.

    Args:
        words: whole sentences that speak to the person, or a wish in their own voice.
        lang: ``"en"`` or ``"es"``.
        asked: the words are what is asked of the person, so that a request is theirs to follow, and not the reader's.

    >>> of_another("You sleep at home, and staff call you with your results.", "en")
    'They sleep at home, and staff call them with their results.'
    >>> of_another("Pay rent and do your chores.", "en", asked=True)
    'They pay rent and do their chores.'
    >>> of_another("Nurses check on you at night, and one can stay with you.", "en")
    'Nurses check on the person at night, and one can stay with them.'
    >>> of_another("Usted vive en casa y alguien habla con usted.", "es")
    'La persona vive en casa y alguien habla con la persona.'
    """
    if lang == "es":
        return _changed(OF_ONESELF.sub(r"\1se", words), SPANISH)
    return _changed(YOU.sub(_you, " ".join(_request(one, asked) for one in SENTENCE.split(words))), ENGLISH)


def _request(sentence: str, asked: bool) -> str:
    first, _, rest = sentence.partition(" ")
    if asked and REQUESTS.fullmatch(first):
        return f"They are {rest}" if first == "Be" else f"They {first.lower()} {rest}"
    return f"They should not {sentence[7:]}" if sentence.startswith("Do not ") else sentence


def _you(match: re.Match[str]) -> str:
    looks, before, _, first, follower, ends = match.groups()
    word = (before or "").lower()
    is_object = OBJECT_AFTER.fullmatch(word) and (word, (follower or "").lower()) not in NOUNS_BEFORE
    new = "they"
    if looks or is_object or (before and ends):
        told_of = TOLD_OF.search(match.string, 0, match.end() - 3)
        new = "them" if told_of and not OTHERS.search(match.string) else "the person"
    return match[0][:-3] + (new.capitalize() if first == "Y" else new)


def _changed(words: str, changes: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for pattern, new in changes:
        words = pattern.sub(partial(_in_its_case, new), words)
    return words


def _in_its_case(new: str, match: re.Match[str]) -> str:
    """With a capital where the old word had one."""
    first = match[1] if match.re.groups else ""
    return new[0].upper() + new[1:] if first.isupper() else new
