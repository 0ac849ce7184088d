"""Pages: the templates they are made from, and pages as PDF/UA by WeasyPrint, which is an extra and needs Pango."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from trellis.errors import Problem, TrellisError

AS_UA = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}
NUMBER = re.compile(r"(?<![\d-])(?:1-)?(?:\(\d{3}\)\s|\d{3}-)?\d{3}-\d{4}(?![\d-])")
PARTS = re.compile(r"(<(title|style|script|svg|textarea|option)\b.*?</\2\s*>|<!--.*?-->|<[^>]*>)", re.DOTALL)
"""What of a page is no running text."""
PRINTS = 4
"""The flag of an annotation that is printed."""
EXTRA = 'Install the extra: pip install "trellis-care[pdf]".'


@cache
def templates(package: str) -> Environment:
    """The templates of a package. Everything is escaped; a name that is not given is an error.

    >>> templates("trellis.clinical").autoescape
    True
    """
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def numbers_whole(html: str) -> str:
    """The same page with every telephone number kept on one line: broken at a line's end it is misread.

    The guide's own screens do the same (``ui/html.js``).

    Args:
        html: a whole page, or a part of one.

    >>> numbers_whole('<title>555-0100</title><p>Call <a href="tel:555-0100">555-0100</a>.</p>')
    '<title>555-0100</title><p>Call <a href="tel:555-0100"><span style="white-space: nowrap">555-0100</span></a>.</p>'
    """
    return _numbers(html, '<span style="white-space: nowrap">')


def _numbers(html: str, opening: str) -> str:
    found, end = [], 0
    for part in PARTS.finditer(html):
        found += [NUMBER.sub(rf"{opening}\g<0></span>", html[end : part.start()]), part[0]]
        end = part.end()
    return "".join([*found, NUMBER.sub(rf"{opening}\g<0></span>", html[end:])])


def numbers_marked(html: str) -> str:
    """As :func:`numbers_whole`, for pages whose rules allow no style of their own: their sheet knows the class.

    >>> numbers_marked("<p>555-0100</p>")
    '<p><span class="number">555-0100</span></p>'
    """
    return _numbers(html, '<span class="number">')


def finish(_document: object, pdf: Any) -> None:
    """Say in a PDF what the printer drops: what a header cell heads, and that a link is printed as it is shown.

    Every table here has its headers in its first row. A header without a scope leaves it to the reader's program to
    guess which cells it belongs to; a link without the print flag is on the screen and not on paper.

    Args:
        _document: the pages, which are not looked at.
        pdf: the file about to be written; changed in place.
    """
    from pydyf import Dictionary

    for one in (found for found in pdf.objects if isinstance(found, dict)):
        if one.get("S") == "/TH":
            told = one.setdefault("A", Dictionary({"O": "/Table"}))
            told["Scope"] = "/Row" if "ColSpan" in told else "/Column"
        elif one.get("Subtype") == "/Link":
            one.setdefault("F", PRINTS)


def laid_out(html: str, what: str) -> Any:
    """The HTML as pages; ``pages`` are counted, and :func:`as_pdf` gives the bytes.

    Args:
        html: a whole page with its style inside.
        what: what is printed, for the message.

    Raises:
        TrellisError: the extra ``pdf`` or the system's Pango library is not there.
    """
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as error:
        message = f"a PDF needs WeasyPrint and Pango ({type(error).__name__})."
        raise TrellisError(
            [Problem(what, message, f"{EXTRA} On Debian also: apt install libpangoft2-1.0-0")]
        ) from error
    return HTML(string=numbers_whole(html)).render(**AS_UA)


def as_pdf(document: Any) -> bytes:
    """Pages as a tagged PDF (PDF/UA-1).

    Args:
        document: what :func:`laid_out` gave.
    """
    return bytes(document.write_pdf(finisher=finish, **AS_UA))
