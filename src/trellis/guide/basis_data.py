"""What the door for clinicians says: each need in a clinician's words, its sources, and the words of the basis."""

from __future__ import annotations

from trellis.guide.core import Plain
from trellis.kinds.need import Need
from trellis.library.knowledge import Knowledge
from trellis.say import catalogue
from trellis.say.outline import fact_label

FOLDER = "clinician"
"""The folder of its files: they are loaded when somebody opens the door, so they are no part of the first view."""
WORDS = {
    "basis": (
        "title", "facts", "fact", "fact_range", "fact_value", "requires", "requires_nothing", "fixed",
        "mapping_source", "mapping_judgement", "note", "sources", "open_need", "provenance", "provenance_knowledge",
        "provenance_as_of",
    ),
    "clinician": (
        "now", "next", "place", "range",
        "evaluate", "no_needs",
    ),
    "kept": (
        "by_self", "by_other", "other_knowledge", "private_first", "private_title", "left", "questions", "own", "short",
    ),
}  # fmt: skip
"""The words that the terminal says to a clinician and the page says as well: one catalogue, so that they never part."""


def basis_of(kb: Knowledge, lang: str) -> Plain:
    """All that the basis of a result needs in one language beyond what the conversation has.

    Sources stand once, in the order in which they are first cited; a need names their places.

    Args:
        kb: the knowledge.
        lang: ``"en"`` or ``"es"``.

    >>> import trellis
    >>> found = basis_of(trellis.load(), "en")
    >>> found["needs"]["suicide-thoughts"]["mapping"], found["ui"]["clinician.now"]
    ('judgement', 'Now')
    """
    cited: dict[str, int] = {}
    return {
        "lang": lang,
        "ui": {
            f"{topic}.{key}": words
            for topic, keys in WORDS.items()
            for key, words in catalogue.plain(topic, lang).items()
            if key in keys
        },
        "needs": {name: _need(kb, need, lang, cited) for name, need in kb.needs.items()},
        "facts": {name: fact_label(fact, lang) for name, fact in kb.facts.items()},
        "sources": list(cited),
    }


def _need(kb: Knowledge, need: Need, lang: str, cited: dict[str, int]) -> Plain:
    places = [cited.setdefault(line, len(cited)) for line in kb.cite(need.sources)]
    found = {
        "because": need.because.for_role("clinician").in_language(lang),
        "mapping": need.mapping,
        "sources": places,
    }
    return found | {"note": need.note} if need.note else found
