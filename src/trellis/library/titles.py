"""The titles that the files give to topics of the interview and to dimensions of needs."""

from __future__ import annotations

from collections.abc import Mapping

from trellis.kinds.fact import Fact
from trellis.kinds.text import Text
from trellis.library.files import parse_texts
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
    for tree in parse_texts(dict(kb.files)).values():
        about = tree.get("about", {})
        if not isinstance(about.get("title"), dict):
            continue
        title = Text.model_validate(about["title"])
        if "facts" in tree:
            domains = [about.get("domain", ""), *(Fact.model_validate(one).domain for one in tree["facts"])]
            found |= {f"topic:{domain}": title for domain in domains}
        if "needs" in tree:
            found[f"dimension:{about.get('dimension', '')}"] = title
        if "contexts" in tree:
            found["topic:context"] = title
    return found


def topic_title(kb: Knowledge, topic: str, lang: str) -> str:
    """The title of a topic of the interview, or of a domain of facts."""
    title = _titles(kb).get(f"topic:{topic}")
    return title.in_language(lang) if title else capital(topic.replace("_", " "))


def dimension_title(kb: Knowledge, dimension: str, lang: str) -> str:
    """The title of a dimension of needs."""
    title = _titles(kb).get(f"dimension:{dimension}")
    return title.in_language(lang) if title else capital(dimension.replace("_", " "))
