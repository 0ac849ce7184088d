"""What every page to read is made of: words, links that work from any folder, sentences with their ground, sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from posixpath import relpath
from typing import Any

from markupsafe import Markup, escape

from trellis.guide.pictogram import mark_svg
from trellis.guide.reading_links import Linker, Names
from trellis.kinds.text import LANGUAGES, Cited, Claim, Source, SourceRef, Text
from trellis.library.knowledge import Knowledge
from trellis.library.reviewed import EntryReview
from trellis.printed import numbers_marked, templates
from trellis.say import Say, catalogue, in_each

SHOWN = ("setting", "add_ons", "responses", "approaches", "instruments", "moments", "choices")
"""The kinds of content whose entries have a page of their own."""
READ = "read"
"""The folder of the pages to read, below that of the language."""
CSP = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
"""Pages to read run no script at all, so they allow none."""


@dataclass(frozen=True)
class Sentence:
    """One sentence as a page shows it.

    Args:
        words: the words, with links in them.
        unverified: whether it is general knowledge that nobody has checked in a source.
        cites: numbers of its sources in the list at the end of the page.
    """

    words: Markup
    unverified: bool = False
    cites: tuple[int, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading with what is said below it; ``kind`` names the macro that draws it."""

    title: str
    said: tuple[Sentence, ...] = ()
    kind: str = "said"
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Listed:
    """A source in the list at the end of a page: ``how`` says in words how it was verified, ``at`` where in it."""

    number: int
    cite: str
    link: str
    how: str
    at: str


def framed(key: str, slots: Mapping[str, Text], **same: str) -> Text:
    """Words with slots, filled in each language; a text in a slot loses its full stop unless it ends the words.

    >>> framed("reading.approach.aim", {"aim": Text(en="Sleep."), "how": Text(en="You rest.")}).en
    'Sleep: You rest.'
    """
    topic, _, name = key.partition(".")
    last = catalogue.texts(topic)[name].en.rpartition("{")[2].rstrip("}")
    told = {slot: text if slot == last else _without_stop(text) for slot, text in slots.items()}
    return in_each(key, **told, **same)


def _without_stop(text: Text) -> Text:
    return Text(**{lang: text.in_language(lang).rstrip(".") for lang in LANGUAGES})


class Sheet:
    """One page while it is written: it knows where it stands, links from there, and gathers its sources.

    Args:
        kb: the knowledge.
        lang: ``"en"`` or ``"es"``.
        path: the page below ``read/``, such as ``settings/iop.html``.
        names: what may be linked where it is mentioned.

    >>> import trellis
    >>> sheet = Sheet(trellis.load(), "en", "settings/iop.html", Names(()))
    >>> sheet.to("terms/index.html"), sheet.root
    ('../terms/index.html', '../../../')
    """

    def __init__(self, kb: Knowledge, lang: str, path: str, names: Names) -> None:
        self.kb = kb
        self.lang = lang
        self.path = path
        self.full = f"{lang}/{READ}/{path}"
        self.root = "../" * self.full.count("/")
        self.say = Say(lang)
        self._names = names
        self._refs: dict[str, dict[str, None]] = {}
        self._keys = 0

    def to(self, path: str) -> str:
        """The relative address of another page below ``read/`` in the same language."""
        page, mark, anchor = path.partition("#")
        return relpath(page, self.path.rpartition("/")[0] or ".") + mark + anchor

    def name_of(self, path: str) -> str:
        """What another page below ``read/`` is called. Raises ``KeyError`` when there is none.

        >>> import trellis
        >>> Sheet(trellis.load(), "en", "index.html", Names(())).name_of("approaches/dbt.html")
        'Dialectical behavior therapy'
        """
        folder, _, name = path.removesuffix(".html").rpartition("/")
        if folder in ("", "terms"):
            return str(self.say(f"reading.{folder or name}.title"))
        if folder == "settings":
            return self.kb.place(name).name.in_language(self.lang)
        if folder in ("moments", "choices"):
            return str(self.kb.of(folder)[name].title.in_language(self.lang))
        found: Mapping[str, Any] = {"approaches": self.kb.approaches, "instruments": self.kb.instruments}[folder]
        return str(found[name].name.in_language(self.lang))

    def linker(self) -> Linker:
        """Links names in plain words, each once; a new one begins each section."""
        return Linker(self._names, self.to, self.path)

    def claim(self, claim: Claim, linker: Linker) -> Sentence:
        """A sentence of the knowledge with its ground."""
        return self.words(claim, linker, claim.sources, claim.verified)

    def words(self, text: Text, linker: Linker, sources: Iterable[SourceRef] = (), verified: str = "") -> Sentence:
        """Words with links, a star where nobody checked them, and the numbers of their sources."""
        linked = linker.link(text.in_language(self.lang))
        return Sentence(linked, verified == "memory", tuple(dict.fromkeys(self.cite(ref) for ref in sources)))

    def plain(self, words: str) -> Sentence:
        """Words that are ours and need no ground."""
        return Sentence(escape(words))

    def key(self) -> str:
        """A short key, new on this page, for the ids in one picture: they stand there up to a hundred times."""
        self._keys += 1
        return f"r{self._keys}"

    def section(self, title: str, claims: Iterable[Claim]) -> Section:
        """A heading with sentences of the knowledge below it; what is mentioned first in it is linked."""
        linker = self.linker()
        return Section(title, tuple(self.claim(claim, linker) for claim in claims))

    def cite(self, ref: SourceRef) -> int:
        """The number of a source in the list at the end of this page."""
        places = self._refs.setdefault(ref.ref, {})
        if ref.at:
            places[ref.at] = None
        return list(self._refs).index(ref.ref) + 1

    def sources(self) -> tuple[Listed, ...]:
        """Every source that the page has cited so far, in the order of their numbers."""
        return tuple(
            _listed(number, self.kb.sources[name], "; ".join(places), self.say)
            for number, (name, places) in enumerate(self._refs.items(), 1)
        )

    def reviewed(self, entry: Cited | None) -> str:
        """Whether a clinician has signed an entry off. What is no entry has not been."""
        shown = [key for key in SHOWN if entry is not None and self.kb.of(key).get(getattr(entry, "id", "")) is entry]
        review = self.kb.review_of(shown[0], getattr(entry, "id", "")) if shown else EntryReview()
        if review.state == "none":
            return str(self.say("guide.footer.review"))
        return str(self.say("reading.read.reviewed", review=self.say.review_of(review)))

    def render(self, template: str, shared: Mapping[str, Any], *, entry: Cited | None = None, **view: Any) -> str:
        """The page.

        Args:
            template: the file.
            shared: what all pages of the language know.
            entry: the entry of the knowledge that the page shows, if it shows one.
            view: what this page shows.
        """
        other = LANGUAGES[1 - LANGUAGES.index(self.lang)]
        frame = {
            "sheet": self,
            "mark": mark_svg,
            "say": self.say,
            "lang": self.lang,
            "root": self.root,
            "csp": CSP,
            "review": self.reviewed(entry),
            "other": other,
            "other_page": f"{self.root}{other}/{READ}/{self.path}",
        }
        return numbers_marked(templates("trellis.guide").get_template(template).render({**shared, **frame, **view}))


def _listed(number: int, source: Source, at: str, say: Any) -> Listed:
    return Listed(number, source.cite(), source.link, say(f"reading.read.{source.verified}"), at)
