"""A page on justice as Markdown, HTML or tagged PDF: rendered only, nothing is chosen here."""

from __future__ import annotations

from importlib.resources import files

from markupsafe import Markup

from trellis.justice.page import Page
from trellis.printed import as_pdf, laid_out, templates
from trellis.written import cell, markdown, one_line


def to_markdown(page: Page) -> str:
    r"""The page as Markdown. What somebody typed becomes no tag, no link and no block.

    >>> page = Page("My track", "en", ("For: <b>",), (), "Not reviewed.")
    >>> print(to_markdown(page))
    # My track
    <BLANKLINE>
    For: \<b>
    <BLANKLINE>
    *Not reviewed.*
    <BLANKLINE>
    """
    blocks = [f"# {_md(page.title)}", *(_md(line) for line in page.lead)]
    for section in page.sections:
        blocks += [f"## {_md(section.title)}", *(_md(line) for line in section.says)]
        if section.items:
            blocks.append("\n".join(f"- {_md(line)}" for line in section.items))
        if section.rows:
            head, *rows = section.rows
            blocks.append("\n".join([_row(head), _row(["---"] * len(head)), *map(_row, rows)]))
    return "\n\n".join([*blocks, f"*{_md(page.foot)}*"]) + "\n"


def _md(text: str) -> str:
    return markdown(one_line(text))


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cell(_md(one)) for one in cells)} |"


def to_html(page: Page) -> str:
    """The page as one HTML file with its style inside. All words are escaped."""
    css = Markup(files("trellis.justice").joinpath("templates/style.css").read_text(encoding="utf-8"))  # noqa: S704 - ours
    return templates("trellis.justice").get_template("page.html.j2").render(page=page, css=css)


def to_pdf(page: Page) -> bytes:
    """The page as a tagged PDF (PDF/UA-1).

    Raises:
        TrellisError: the extra ``pdf`` or the system's Pango library is not there.
    """
    return as_pdf(laid_out(to_html(page), "justice"))
