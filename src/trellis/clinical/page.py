"""The table of all needs as one page of HTML, or as a tagged PDF in landscape with its head on every sheet."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

from markupsafe import Markup

from trellis.clinical.table import table
from trellis.library.knowledge import Knowledge
from trellis.printed import as_pdf, laid_out, templates
from trellis.say import Say


def to_html(kb: Knowledge, *, lang: str = "en", as_of: date) -> str:
    """The table as one HTML page with its style inside. All words are escaped.

    Args:
        kb: the knowledge.
        lang: ``"en"`` or ``"es"``.
        as_of: the day that stands on it.
    """
    say = Say(lang)
    css = Markup(files("trellis.clinical").joinpath("templates/style.css").read_text(encoding="utf-8"))  # noqa: S704 - ours
    version = say("clinical.version", version=kb.version, digest=kb.digest[:12], day=say.day(as_of))
    view = {"css": css, "lang": lang, "say": say, "table": table(kb, lang), "version": version}
    return (
        templates("trellis.clinical")
        .get_template("needs.html.j2")
        .render(view | {"review": say.review(kb.review, "clinician")})
    )


def to_pdf(kb: Knowledge, *, lang: str = "en", as_of: date) -> bytes:
    """The table as a tagged PDF (PDF/UA-1), made from the HTML; arguments as :func:`to_html`.

    Raises:
        TrellisError: the extra ``pdf`` or the system's Pango library is not there.
    """
    return as_pdf(laid_out(to_html(kb, lang=lang, as_of=as_of), "trellis sign-off table"))
