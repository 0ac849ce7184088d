"""The pages to read as a test sees them: parsed, with what is wrong in their nesting."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from posixpath import join, normpath
from urllib.parse import urlsplit

from tests.support import AS_OF, shipped
from trellis.guide.build import bundle
from trellis.guide.site import Site, read_site

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
BLOCKS = {"div", "dl", "figure", "h1", "h2", "h3", "ol", "p", "section", "table", "ul"}
CHILDREN = {"ul": {"li"}, "ol": {"li"}, "dl": {"div"}, "tr": {"td", "th"}, "table": {"thead", "tbody"}}


@dataclass
class Seen(HTMLParser):
    """One page: its tags with attributes, its words, the words of its ``main``, and each mistake in its nesting."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    main: list[str] = field(default_factory=list)
    in_main: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag(tag, attrs)
        if "svg" not in self.open:
            self.wrong.append(f"<{tag}/> outside of a picture")

    def _tag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        above = self.open[-1] if self.open else ""
        if tag in BLOCKS and "p" in self.open:
            self.wrong.append(f"<{tag}> in a <p>")
        if above in CHILDREN and tag not in CHILDREN[above]:
            self.wrong.append(f"<{tag}> in <{above}>")
        given = {name: value or "" for name, value in attrs}
        if len(given) != len(attrs):
            self.wrong.append(f"<{tag}> with an attribute twice")
        self.tags.append((tag, given))
        if "main" in self.open:
            self.in_main.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> ends something else")

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if "main" in self.open and not {"svg"} & set(self.open):
            self.main.append(data)

    @property
    def text(self) -> str:
        """The words of ``main``, without those of pictures."""
        return re.sub(r"\s+", " ", "".join(self.main)).strip()

    @property
    def ids(self) -> list[str]:
        return [given["id"] for _, given in self.tags if "id" in given]

    @property
    def links(self) -> list[dict[str, str]]:
        return [given for tag, given in self.tags if tag == "a"]


@cache
def the_site() -> Site:
    """The settings of a site that gives none."""
    return read_site(None, shipped(), AS_OF)[0]


@cache
def files() -> Mapping[str, bytes]:
    """The whole bundle."""
    return bundle(shipped(), the_site(), as_of=AS_OF)


@cache
def pages() -> Mapping[str, Seen]:
    """Every page to read, parsed, by its path in the bundle."""
    return {name: parsed(content.decode()) for name, content in files().items() if "/read/" in name}


def parsed(text: str) -> Seen:
    """A page; tags that stay open at its end are a mistake too."""
    page = Seen()
    page.feed(text)
    page.close()
    page.wrong += [f"<{tag}> stays open" for tag in page.open]
    return page


def inside(name: str, href: str) -> tuple[str, str] | None:
    """The file of the bundle and the anchor that an address on a page leads to; None when it leads elsewhere."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return None
    path = normpath(join(name.rpartition("/")[0], parts.path)) if parts.path else name
    return path, parts.fragment
