"""Pages: the templates they are made from, and pages as PDF/UA by WeasyPrint, which is an extra and needs Pango."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from trellis.errors import Problem, TrellisError

AS_UA = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}
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
    return HTML(string=html).render(**AS_UA)


def as_pdf(document: Any) -> bytes:
    """Pages as a tagged PDF (PDF/UA-1).

    Args:
        document: what :func:`laid_out` gave.
    """
    return bytes(document.write_pdf(finisher=finish, **AS_UA))
