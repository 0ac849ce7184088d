"""Pages: the templates they are made from, and pages as PDF/UA by WeasyPrint, which is an extra and needs Pango."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from trellis.errors import Problem, TrellisError

AS_UA = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}
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


def laid_out(html: str, what: str) -> Any:
    """The HTML as pages; ``pages`` are counted, and ``write_pdf(**AS_UA)`` gives the bytes.

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
