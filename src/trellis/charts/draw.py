"""From an Altair chart to SVG and PNG, without a browser and without a network."""

from __future__ import annotations

import hashlib
import html
import re
from typing import TYPE_CHECKING, Any, TypeAlias

from trellis.errors import Problem, TrellisError

if TYPE_CHECKING:
    import altair as alt

    Chart: TypeAlias = alt.TopLevelMixin

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""Liberation Sans comes with the renderer; a browser without it takes Arial, which is as wide."""
OPENING = re.compile(r"<svg\b[^>]*>")
TAG = re.compile(r"<[A-Za-z][^<>]*>")
SPOKEN = re.compile(r"""\s(?:role|aria-[a-z]+)=("[^"]*"|'[^']*')""")
REPLACED = re.compile(r"""\s(?:role|lang|xml:lang|aria-[a-z]+)=("[^"]*"|'[^']*')""")


def accessible_svg(svg: str, *, title: str, desc: str, lang: str) -> str:
    """An SVG that a screen reader announces as one image with a name and a description.

    Args:
        svg: the drawing; what it and its parts already say about roles and names is replaced.
        title: a short name, as a heading would have it.
        desc: what can be seen, with the numbers that matter.
        lang: the language of all words in it, ``"en"`` or ``"es"``.

    Raises:
        TrellisError: it is no SVG, or the title or the description is empty.

    Source of the pattern: WAI-ARIA Graphics Module and SVG 2 (``title``, ``desc``, ``role="img"``).

    >>> accessible_svg('<svg width="9"><g/></svg>', title="A & B", desc="B is larger.", lang="en")
    '<svg width="9" role="img" lang="en" xml:lang="en" aria-labelledby="t-... d-..."><title id="t-...">A &amp; B</tit...
    """
    found = OPENING.search(svg)
    if found is None:
        raise TrellisError([Problem("chart", "is no SVG: it has no <svg> element.", "Pass what to_svg returns.")])
    if not title.strip() or not desc.strip():
        raise TrellisError([Problem("chart", f"has the title [{title}] and the description [{desc}].", "Give both.")])
    # Several drawings may stand on one page, where an id may stand only once.
    mark = hashlib.sha256(f"{title}\n{desc}\n{svg}".encode()).hexdigest()[:8]
    opening = REPLACED.sub("", found.group())
    slash = "/>" if opening.endswith("/>") else ">"
    opening = opening.removesuffix(slash).rstrip()
    named = f'role="img" lang="{lang}" xml:lang="{lang}" aria-labelledby="t-{mark} d-{mark}"'
    words = f'<title id="t-{mark}">{html.escape(title)}</title><desc id="d-{mark}">{html.escape(desc)}</desc>'
    closing = "</svg>" if slash == "/>" else ""
    # One image with one description is to be heard, not a hundred unnamed squares.
    silent = TAG.sub(lambda tag: SPOKEN.sub("", tag.group()), svg[found.end() :])
    return f"{svg[: found.start()]}{opening} {named}>{words}{closing}{silent}"


def altair() -> Any:
    """Altair, with its renderer.

    Raises:
        TrellisError: the extra ``charts`` is not installed.

    >>> altair().__name__
    'altair'
    """
    try:
        import altair as alt
        import vl_convert  # noqa: F401  # Altair asks for it only when it draws, with a message of its own
    except ModuleNotFoundError as error:
        what = f"charts need the package [{error.name}], which is not installed."
        raise TrellisError([Problem("trellis", what, "pip install 'trellis-care[charts]'")]) from None
    return alt


def to_svg(chart: Chart) -> str:
    """An Altair chart as SVG text. Give it a name with :func:`accessible_svg`.

    Args:
        chart: any chart of Altair's.

    Raises:
        TrellisError: the extra ``charts`` is not installed.

    >>> chart = altair().Chart(altair().Data(values=[{"x": 1}])).mark_point().encode(x="x:Q")
    >>> to_svg(chart).startswith("<svg")
    True
    """
    altair()
    import vl_convert

    return vl_convert.vegalite_to_svg(chart.to_dict())


def to_png(drawing: str | Chart, *, scale: float = 2.0) -> bytes:
    r"""A drawing as PNG.

    Args:
        drawing: an SVG or a chart.
        scale: pixels for each unit of the SVG; 2 is sharp on most screens and in print.

    Raises:
        TrellisError: the extra ``charts`` is not installed.

    >>> to_png('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')[:4]
    b'\x89PNG'
    """
    altair()
    import vl_convert

    svg = drawing if isinstance(drawing, str) else to_svg(drawing)
    return vl_convert.svg_to_png(svg, scale=scale)
