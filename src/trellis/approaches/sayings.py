"""What a person says they want, held against the sayings that the knowledge lists: it proposes aims, and no more.

Nothing is learned and nothing is weighed. Words are written plainly (small letters, no accents, endings cut), little
words are passed over, and a saying is heard when all its other words stand close together, in any order, each denied or
not as in the saying. So "I do not want to stop drinking" proposes nothing, and every proposal can say what was heard.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from trellis.kinds.approach import AimWords
from trellis.kinds.text import TextList
from trellis.library.knowledge import Knowledge, once_per_knowledge

CLOSE = 3
"""So many other words, little ones not counted, may stand between the words of a saying."""


@dataclass(frozen=True)
class Proposal:
    """An aim that somebody may mean.

    Args:
        aim: its id.
        saying: the saying of the list that was heard, as it is written there.
        heard: the words of the person in which it was heard, as they wrote them.
    """

    aim: str
    saying: str
    heard: str


@dataclass(frozen=True)
class Heard:
    """What was heard in somebody's own words.

    ``danger``: they may tell of suicide, so help is shown at once; that is no answer, and somebody asks.
    """

    words: str
    proposals: tuple[Proposal, ...] = ()
    danger: bool = False

    @property
    def aims(self) -> tuple[str, ...]:
        """The aims that are proposed, each once, in the order of the list."""
        return tuple(dict.fromkeys(one.aim for one in self.proposals))


@dataclass(frozen=True)
class _Word:
    """One word: as it is compared, whether it is denied, little, and where it stands in what was written.

    ``start`` is that of the word that denies it, where one does: what was heard is told together with its "not".
    """

    stem: str
    denied: bool
    little: bool
    clause: int
    start: int
    end: int


def hear(kb: Knowledge, words: str) -> Heard:
    """The aims that somebody's own words may mean: proposals, which count only once the person confirms them.

    Args:
        kb: the knowledge.
        words: what the person said, in English or Spanish.

    >>> import trellis
    >>> heard = hear(trellis.load(), "I just don't want to go back to prison again")
    >>> heard.aims, heard.proposals[0].heard
    (('stay_out_of_jail',), "don't want to go back to prison")
    >>> hear(trellis.load(), "something else entirely").aims
    ()
    """
    lists, sayings = _sayings(kb)
    spoken = _read(words, lists)
    found = []
    for aim, several in sayings.items():
        heard = ((saying, _where(spoken, wanted)) for saying, wanted in several)
        first = next(((saying, span) for saying, span in heard if span is not None), None)
        if first is not None:
            saying, (start, end) = first
            found.append(Proposal(aim, saying, words[start:end]))
    return Heard(words, tuple(found), _danger(spoken, lists))


def _danger(spoken: list[_Word], lists: AimWords) -> bool:
    """Whether a saying of suicide is heard. A "not" before it takes nothing away: "I can't stop thinking of it"."""
    said = [replace(word, denied=False) for word in spoken]
    for saying in _both(lists.danger):
        wanted = _read(saying, lists)
        if _where(spoken if any(word.denied for word in wanted) else said, wanted) is not None:
            return True
    return False


@once_per_knowledge
def _sayings(kb: Knowledge) -> tuple[AimWords, Mapping[str, list[tuple[str, list[_Word]]]]]:
    lists: AimWords = next(iter(kb.of("aim_words").values()))
    return lists, {
        name: [(saying, _read(saying, lists)) for saying in _both(aim.like)] for name, aim in kb.aims.items()
    }


def _both(texts: TextList) -> Iterable[str]:
    return (*texts.en, *texts.es)


def plain(words: str) -> str:
    """The words in small letters without accents, of the same length as they were written.

    >>> plain("Prisión")
    'prision'
    """
    folded = [unicodedata.normalize("NFKD", letter.lower())[:1] for letter in words.replace("\u2019", "'")]
    return "".join(one or " " for one in folded)


def _read(words: str, lists: AimWords) -> list[_Word]:
    """The words one by one. Punctuation and words such as "but" end a clause, and with it what a "not" denies."""
    little, denying = {*_both(lists.passed_over)}, {*_both(lists.denies)}
    found: list[_Word] = []
    clause, denied = 0, -1
    for part in re.finditer(r"[^\W_]+(?:'[^\W_]+)*|[.,;:!?¿¡()\n]", plain(words)):
        text = part.group()
        if not text[0].isalnum() or text in _both(lists.begins):
            clause, denied = clause + 1, -1
        elif text in denying or text.endswith("n't"):
            denied = part.start()
        else:
            start = part.start() if denied < 0 else denied
            found.append(_Word(_stem(text.replace("'", "")), denied >= 0, text in little, clause, start, part.end()))
    return found


def _stem(word: str) -> str:
    """A word without the ending that number, gender or tense gives it: the same for what is said and for a saying."""
    if len(word) > 3 and word.endswith("s"):
        word = word[:-1]
    if len(word) > 4 and word.endswith("ing"):
        word = word[:-3]
        word = word[:-1] if len(word) > 3 and word[-1] == word[-2] else word
    if len(word) > 3 and word[-1] in "aeo":
        word = word[:-1]
    return word


def _where(spoken: list[_Word], saying: list[_Word]) -> tuple[int, int] | None:
    """Where a saying is heard in what was said, from the first letter to behind the last; None where it is not.

    A saying with one word that is not little must stand there as it is, or "want to live" would be heard in "a place
    to live".
    """
    wanted = [word for word in saying if not word.little]
    if len(wanted) < 2:
        return _together(spoken, saying)
    there = [word for word in spoken if not word.little]
    room = len(wanted) + CLOSE
    for place in range(len(there)):
        near = [word for word in there[place : place + room] if word.clause == there[place].clause]
        hit = [next((word for word in near if _same(word, asked)), None) for asked in wanted]
        spans = [word for word in hit if word is not None]
        if len(spans) == len(wanted) and there[place] in spans:
            return min(word.start for word in spans), max(word.end for word in spans)
    return None


def _together(spoken: list[_Word], saying: list[_Word]) -> tuple[int, int] | None:
    for place in range(len(spoken) - len(saying) + 1):
        part = spoken[place : place + len(saying)]
        if saying and all(map(_same, part, saying)) and part[0].clause == part[-1].clause:
            return part[0].start, part[-1].end
    return None


def _same(one: _Word, other: _Word) -> bool:
    return one.stem == other.stem and one.denied == other.denied
