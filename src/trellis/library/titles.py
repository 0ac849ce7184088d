"""The titles that the files give to topics of the interview and to dimensions of needs."""

from __future__ import annotations

from collections.abc import Mapping

from trellis.kinds.text import About, Text
from trellis.library.knowledge import Knowledge, once_per_knowledge


def capital(text: str) -> str:
    """With a capital letter first.

    >>> capital("day program")
    'Day program'
    """
    return text[:1].upper() + text[1:]


@once_per_knowledge
def _titles(kb: Knowledge) -> Mapping[str, Text]:
    """The titles that the files give to their domain, dimension and facts' domains."""
    found: dict[str, Text] = {}

    def put(name: str, about: About) -> None:
        if isinstance(about.title, Text):
            found[name] = about.title

    for name, fact in kb.facts.items():
        about = kb.about("facts", name)
        put(f"topic:{about.domain}", about)
        put(f"topic:{fact.domain}", about)
    for name in kb.needs:
        about = kb.about("needs", name)
        put(f"dimension:{about.dimension}", about)
    for name in kb.factors:
        put("topic:context", kb.about("contexts", name))
    return found


def topic_title(kb: Knowledge, topic: str, lang: str) -> str:
    """The title of a topic of the interview, or of a domain of facts."""
    title = _titles(kb).get(f"topic:{topic}")
    return title.in_language(lang) if title else capital(topic.replace("_", " "))


def dimension_title(kb: Knowledge, dimension: str, lang: str) -> str:
    """The title of a dimension of needs."""
    title = _titles(kb).get(f"dimension:{dimension}")
    return title.in_language(lang) if title else capital(dimension.replace("_", " "))
