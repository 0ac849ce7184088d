"""A plan as Markdown, HTML, PDF/UA or JSON: one page for the person, the full one for the team."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Literal

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from trellis.library.knowledge import Knowledge
from trellis.plans.check import Checked, check_plan
from trellis.plans.plan import CHECKED, Plan
from trellis.plans.printable import cell, markdown, printable
from trellis.plans.view import PlanView
from trellis.printed import as_pdf, laid_out

Layout = Literal["page", "full"]
PAGE_SIZES = (10.0, 9.4, 9.0)
"""Sizes of letters, in points, tried until everything fits on one page. Nobody gets smaller letters than these."""
TWO_PAGES = 10.5
"""The size of letters where one page is not enough: nothing is left out, it goes on to a second page."""


@cache
def _environment(kind: str) -> Environment:
    made = Environment(
        loader=PackageLoader("trellis.plans"),
        autoescape=kind == "html",  # noqa: S701 - Markdown has its own: nothing in a value becomes a tag or a link
        finalize=markdown if kind == "md" else None,
        undefined=StrictUndefined,
        trim_blocks=kind == "md",
        lstrip_blocks=False,
    )
    made.filters["cell"] = cell
    return made


def _render(view: PlanView, layout: Layout, kind: str, size: float | None = None) -> str:
    css = files("trellis.plans").joinpath("templates/style.css").read_text(encoding="utf-8")
    if kind == "html":
        css = Markup(css)  # noqa: S704 - our own style sheet, which holds nothing of a person
    return _environment(kind).get_template(f"{layout}.{kind}.j2").render(v=view, plan=view.plan, css=css, size=size)


def view_of(
    kb: Knowledge,
    plan: Plan,
    *,
    lang: str = "en",
    role: str = "person",
    found: Checked | None = None,
    above: Iterable[str] = (),
) -> PlanView:
    """A plan as one reader sees it, fit to be printed.

    Args:
        kb: the knowledge, for words and sources.
        plan: any version, with the earlier ones it keeps.
        lang: ``"en"`` or ``"es"``.
        role: ``"person"`` or ``"clinician"``, whose words are used.
        found: what :func:`trellis.plans.check_plan` found; worked out when left out.
        above: dangers already told above the page.
    """
    # What was found is about the file as it is, before anything is made fit to be printed.
    return PlanView(kb, printable(plan), lang, role, found or check_plan(kb, plan), frozenset(above))


def to_markdown(
    kb: Knowledge,
    plan: Plan,
    *,
    layout: Layout = "full",
    lang: str = "en",
    role: str = "person",
    found: Checked | None = None,
    above: Iterable[str] = (),
) -> str:
    """The plan as Markdown.

    Args:
        kb: the knowledge, for words and sources.
        plan: any version, with the earlier ones it keeps.
        layout: ``"page"``, short, for the person, or ``"full"``, for the team.
        lang: ``"en"`` or ``"es"``.
        role: ``"person"`` or ``"clinician"``, whose words are used.
        found: what :func:`trellis.plans.check_plan` found; worked out when left out.
        above: dangers already told above the page.

    >>> import trellis
    >>> from datetime import date
    >>> from trellis.plans import make_plan
    >>> kb = trellis.load()
    >>> plan = make_plan(trellis.decide(kb, {"mental.depression": "moderate"}, as_of=date(2026, 11, 24)))
    >>> to_markdown(kb, plan, layout="page").splitlines()[0]
    '# My plan'
    """
    return _spaced(_render(view_of(kb, plan, lang=lang, role=role, found=found, above=above), layout, "md"))


def _spaced(text: str) -> str:
    """One empty line between blocks, none inside a list or a table: otherwise Markdown joins what belongs apart."""
    kept: list[str] = []
    for line in filter(None, (line.rstrip() for line in text.splitlines())):
        if kept and (_kind(line) is None or _kind(line) != _kind(kept[-1])):
            kept.append("")
        kept.append(line)
    return "\n".join(kept) + "\n"


def _kind(line: str) -> str | None:
    if line.startswith("| "):
        return "table"
    if re.match(r"\s*(- |\d+\. )", line):
        return "list"
    return None


def to_html(
    kb: Knowledge,
    plan: Plan,
    *,
    layout: Layout = "full",
    lang: str = "en",
    role: str = "person",
    found: Checked | None = None,
) -> str:
    """The plan as one HTML page with its style inside; arguments as :func:`to_markdown`. All words are escaped."""
    return _render(view_of(kb, plan, lang=lang, role=role, found=found), layout, "html")


def to_pdf(
    kb: Knowledge,
    plan: Plan,
    *,
    layout: Layout = "full",
    lang: str = "en",
    role: str = "person",
    found: Checked | None = None,
) -> bytes:
    """The plan as a tagged PDF (PDF/UA-1), made from the HTML; arguments as :func:`to_markdown`.

    Raises:
        TrellisError: the extra ``pdf`` or the system's Pango library is not there.
    """
    view = view_of(kb, plan, lang=lang, role=role, found=found)
    for size in PAGE_SIZES if layout == "page" else ():
        document = laid_out(_render(view, layout, "html", size), "plans")
        if len(document.pages) == 1:
            return as_pdf(document)
    return as_pdf(laid_out(_render(view, layout, "html", TWO_PAGES if layout == "page" else None), "plans"))


def to_json(plan: Plan, told: PlanView | None = None) -> str:
    """The plan as JSON that :func:`trellis.plans.read_plan` reads back; what has its default is left out.

    Args:
        plan: the plan, which stands in it as it is.
        told: its view, to say under ``checked`` what was found about it. Nothing is added when there is nothing to say.
    """
    plain = plan.model_dump(mode="json", exclude_defaults=True) | {"form": plan.form}
    if told is not None and told.notices:
        plain = {CHECKED: told.checked.to_json() | {"notices": list(told.notices)}} | plain
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"
