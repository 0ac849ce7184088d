"""A site's own pages: Markdown or plain text that the site wrote, as safe HTML. Nothing in them loads, runs or hides.

The parser is that of CommonMark; what comes out is written here, tag by tag, so that only what is named below can stand
on a page. HTML, pictures and code are refused with the line, as they would load, run or read badly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from trellis.errors import Problem
from trellis.guide.reading_links import Linker
from trellis.guide.site_file import OwnPage, Places, digits, shows
from trellis.kinds.text import LANGUAGES

ENDINGS = (".md", ".txt")
MOST_CHARACTERS = 100_000
"""No page is longer: it is kept on the device of everybody who visits."""
TAGS: Mapping[str, str] = {
    "paragraph": "p", "bullet_list": "ul", "ordered_list": "ol", "list_item": "li", "blockquote": "blockquote",
    "strong": "strong", "em": "em",
}  # fmt: skip
"""What may stand on a page, beside headings, links, lines across and breaks."""
BREAKS: Mapping[str, Markup] = {"softbreak": Markup("\n"), "hardbreak": Markup("<br>"), "hr": Markup("<hr>")}
REFUSED: Mapping[str, tuple[str, str]] = {
    "html_block": ("HTML", "Write Markdown: **bold**, [words](https://address), lists with a hyphen."),
    "html_inline": ("HTML", "Write Markdown: **bold**, [words](https://address), lists with a hyphen."),
    "image": ("a picture", "Say it in words; a picture would have to be described in both languages too."),
    "code_inline": ("code", "Take the ` away."),
}
WAYS = ("https://", "tel:", "sms:")
"""Where a link may lead."""
_PARSER = MarkdownIt("commonmark").disable(["code", "fence"])


@dataclass(frozen=True)
class WrittenPage:
    """A page as the site wrote it.

    Args:
        words: the text of its file, by language.
        markdown: whether it is Markdown, by language; else plain text.
    """

    id: str
    title: Mapping[str, str]
    words: Mapping[str, str]
    markdown: Mapping[str, bool]


def read_pages(
    pages: tuple[OwnPage, ...], site: Path | None, places: Places
) -> tuple[list[WrittenPage], list[Problem]]:
    """Read the files of the site's pages.

    Args:
        pages: as the site's file names them.
        site: the site's file; the pages lie beside it or below.
        places: says where in the site's file something stands.

    Returns:
        the pages, and what is wrong with them: a file that is missing, empty, elsewhere or no text, two pages of one
        name, and what may not stand on a page.
    """
    folder = Path() if site is None else site.parent
    found, problems = [], []
    for number, page in enumerate(pages):
        if page.id in [other.id for other in pages[:number]]:
            problems.append(Problem(places("pages", number, "id"), f"[{page.id}] stands here twice.", "Keep one."))
        words: dict[str, str] = {}
        for lang in LANGUAGES:
            name = page.files.in_language(lang)
            text, wrong = _read(folder, name)
            at = str(folder / name) if text else places("pages", number, "files", lang)
            problems += [Problem(at, *wrong)] if wrong else list(wrong_in(text, at, name.endswith(".md")))
            words[lang] = text
        if words["en"] and words["en"].strip() == words["es"].strip():
            what, remedy = f"[{page.id}] has the same text in both languages.", "Write the Spanish one in Spanish."
            problems.append(Problem(places("pages", number, "files", "es"), what, remedy))
        title = {lang: page.title.in_language(lang) for lang in LANGUAGES}
        markdown = {lang: page.files.in_language(lang).endswith(".md") for lang in LANGUAGES}
        found.append(WrittenPage(id=page.id, title=title, words=words, markdown=markdown))
    return found, problems


def _read(folder: Path, name: str) -> tuple[str, tuple[str, str] | None]:
    """The text, or what is wrong with the file and how to mend it."""
    path = folder / name
    if not name.endswith(ENDINGS):
        return "", (f"[{name}] is neither Markdown nor plain text.", f"Its name ends in {' or '.join(ENDINGS)}.")
    if Path(name).is_absolute() or not path.resolve().is_relative_to(folder.resolve()):
        return "", (f"[{name}] lies elsewhere.", "Put it beside the site's file, or in a folder below it.")
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return "", (f"[{name}] is not there.", "Write it; each page is there in both languages.")
    except UnicodeDecodeError:
        return "", (f"[{name}] is not text in UTF-8.", "Save it as UTF-8.")
    except OSError as error:
        return "", (f"[{name}] cannot be read: {error.strerror or type(error).__name__}.", "Check who may read it.")
    if not text.strip():
        return "", (f"[{name}] is empty.", "Write the page; each is there in both languages.")
    if len(text) > MOST_CHARACTERS:
        return "", (f"[{name}] has {len(text)} characters, more than {MOST_CHARACTERS}.", "Make several pages of it.")
    return text, None


def wrong_in(text: str, shown: str, markdown: bool) -> Iterator[Problem]:
    r"""What may not stand on a page, each with its line.

    Args:
        text: the words of the file.
        shown: how messages name the file.
        markdown: whether it is Markdown; in plain text everything is words.

    >>> [problem.where for problem in wrong_in("Hello\n\n![us](us.png)", "a.md", True)]
    ['a.md:3']
    """
    for line, token, inside in _tokens(text) if markdown else ():
        where = f"{shown}:{line}"
        if token.type in REFUSED:
            what, remedy = REFUSED[token.type]
            yield Problem(where, f"holds {what}, which is not shown.", remedy)
        if token.type == "link_open":
            yield from _wrong_link(str(token.attrs.get("href", "")), inside, where)


def _wrong_link(address: str, words: str, where: str) -> Iterator[Problem]:
    way = next((way for way in WAYS if address.lower().startswith(way)), None)
    if way is None:
        yield Problem(where, f"leads to [{address}].", f"A link begins with {', '.join(WAYS)}.")
    elif not words.strip():
        yield Problem(where, f"has a link to [{address}] without words.", "Write where it leads: [words](address).")
    elif way != "https://" and not shows(words, digits(address)):
        what = f"[{words}] does not show the number it reaches: [{address}]."
        yield Problem(where, what, "Write the number in the words too; who reads it on paper has only that.")


def _tokens(text: str) -> Iterator[tuple[int, Token, str]]:
    """Each token with its line, and for a link the words in it."""
    line = 1
    for token in _PARSER.parse(text):
        line = token.map[0] + 1 if token.map else line
        yield line, token, ""
        inner, below = token.children or [], line
        for place, child in enumerate(inner):
            below += child.type in ("softbreak", "hardbreak")
            yield below, child, _words_of(inner[place + 1 :]) if child.type == "link_open" else ""


def _words_of(tokens: list[Token]) -> str:
    """The words up to the end of a link."""
    found = ""
    for token in tokens:
        if token.type == "link_close":
            break
        found += token.content if token.type == "text" else ""
    return found


def page_html(page: WrittenPage, lang: str, linker: Linker) -> Markup:
    r"""A page's words as HTML.

    Args:
        page: the page; :func:`read_pages` found nothing wrong with it.
        lang: ``"en"`` or ``"es"``.
        linker: links what the guide tells of, each once.

    >>> from trellis.guide.reading_links import Names
    >>> page = WrittenPage(id="a", title={}, words={"en": "# When\n*Any* day <3"}, markdown={"en": True})
    >>> page_html(page, "en", Linker(Names(()), str, ""))
    Markup('<h2>When</h2><p><em>Any</em> day &lt;3</p>')
    """
    words = page.words[lang]
    if not page.markdown[lang]:
        return Markup("").join(
            Markup("<p>{}</p>").format(Markup("<br>").join(linker.link(line) for line in part.splitlines()))
            for part in re.split(r"\n\s*\n", words.strip())
        )
    tokens = _PARSER.parse(words)
    return Markup("").join(_drawn(tokens, _levels(tokens), linker))


def _levels(tokens: list[Token]) -> dict[int, str]:
    """The tag of each heading, by its place: from h2 on, and none goes deeper by more than one at a time."""
    found: dict[int, str] = {}
    used = sorted({token.tag for token in tokens if token.type == "heading_open"})
    last = 1
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            last = min(used.index(token.tag) + 2, last + 1, 6)
        if token.type in ("heading_open", "heading_close"):
            found[place] = f"h{last}"
    return found


def _drawn(tokens: list[Token], levels: Mapping[int, str], linker: Linker) -> Iterator[Markup]:
    linked = True
    for place, token in enumerate(tokens):
        kind, _, side = token.type.rpartition("_")
        if token.type == "inline":
            yield from _drawn(token.children or [], {}, linker)
        elif token.type == "text":
            # Within a link, a link to the guide's own page would be a link in a link.
            yield linker.link(token.content) if linked else escape(token.content)
        elif kind == "heading":
            linked = side == "close"
            yield _tag(side, levels[place])
        elif kind == "link":
            linked = side == "close"
            yield Markup("</a>") if linked else _link(str(token.attrs["href"]))
        elif kind in TAGS and not token.hidden:
            yield _tag(side, TAGS[kind])
        elif token.type in BREAKS:
            yield BREAKS[token.type]


def _tag(side: str, name: str) -> Markup:
    return Markup("<{}{}>").format("/" if side == "close" else "", name)


def _link(address: str) -> Markup:
    outside = Markup(' target="_blank" rel="noreferrer noopener"') if address.lower().startswith("https://") else ""
    return Markup('<a href="{}"{}>').format(address, outside)
