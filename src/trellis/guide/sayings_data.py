"""The sayings that propose an aim, as plain data for a reader without words: both languages at once.

A screen where somebody types what they want needs no language of its own: people mix them. The reader follows
:mod:`trellis.approaches.sayings` and is held to ``examples``.
"""

from __future__ import annotations

from collections.abc import Sequence

from trellis.approaches.sayings import CLOSE, hear
from trellis.guide.core import Plain
from trellis.kinds.approach import AimWords
from trellis.kinds.text import TextList
from trellis.library.knowledge import Knowledge


def sayings_of(kb: Knowledge, examples: Sequence[str] = ()) -> Plain:
    """All that hearing an aim in somebody's words needs, and what must be heard in the examples.

    Args:
        kb: the knowledge.
        examples: words of people, to check a second reader by.

    Returns:
        ``close``: how many words may stand between; ``passedOver``, ``denies`` and ``begins``: lists of words in plain
        letters; ``danger``: sayings of suicide; ``aims``: the sayings of each; ``examples``: for each, the aims that
        are proposed, what was heard, and whether help is shown.

    >>> import trellis
    >>> found = sayings_of(trellis.load(), ["keep my baby"])
    >>> found["examples"][0]["proposes"]
    [['keep_children', 'keep my baby']]
    """
    lists: AimWords = next(iter(kb.of("aim_words").values()))
    heard = [hear(kb, one) for one in examples]
    return {
        "close": CLOSE,
        "passedOver": _both(lists.passed_over),
        "denies": _both(lists.denies),
        "begins": _both(lists.begins),
        "danger": _both(lists.danger),
        "aims": {name: _both(aim.like) for name, aim in kb.aims.items()},
        "examples": [
            {
                "words": one.words,
                "proposes": [[proposal.aim, proposal.heard] for proposal in one.proposals],
                "danger": one.danger,
            }
            for one in heard
        ],
    }


def _both(texts: TextList) -> list[str]:
    return [*texts.en, *texts.es]
