"""A site's own colours: each pair that meets on a page has the contrast that WCAG 2.2 asks for, or nothing is built.

The colours that ship stand in ``guide.css`` and nowhere else. Where a reader has set colours of their own (forced
colours), those of the page and of the site give way as a whole: ``guide.css`` says so, and a test holds it to that.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from trellis.errors import Problem
from trellis.guide.site_file import ColourScheme, OwnColours, Places

STYLE = "css/guide.css"
"""The style of every page, which names the colours."""
SCHEMES = ("light", "dark")
TEXT, CONTROL = 4.5, 3.0
"""What WCAG 2.2 AA asks of text (1.4.3), and of edges, signs and the ring of the focus (1.4.11)."""
GROUNDS = ("paper", "card", "warm", "danger_paper")
SHOWN: tuple[tuple[str, str, float, str], ...] = (
    *(("ink", ground, TEXT, "text") for ground in GROUNDS),
    *(("muted", ground, TEXT, "quiet text and the edges of what can be chosen") for ground in GROUNDS),
    *(("accent", ground, TEXT, "links and the edges of buttons") for ground in GROUNDS),
    *(("danger", ground, TEXT, "words and edges of danger") for ground in GROUNDS),
    *(("focus", ground, CONTROL, "the ring of the focus") for ground in GROUNDS),
    ("accent_ink", "accent", TEXT, "the words on buttons"),
    ("accent", "line", CONTROL, "people helped, beside the others in a picture"),
    ("harm", "line", CONTROL, "people harmed, beside the others in a picture"),
    *(("harm", ground, CONTROL, "people harmed in a picture") for ground in ("paper", "card")),
)
"""Which colour lies on which, the least contrast, and what it is. What lies the other way round is the same pair."""
STEPS = 200
"""So many lightnesses are tried for a colour that would do."""
_BLOCK = re.compile(r":root:root \{([^}]*)\}")
_NAMED = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 defines it: from 1, for the same, to 21, for black and white.

    Args:
        one: a colour as ``#rrggbb``.
        other: another.

    >>> round(contrast("#000000", "#ffffff"), 1), round(contrast("#777777", "#ffffff"), 2)
    (21.0, 4.48)
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


@cache
def shipped_colours() -> Mapping[str, Mapping[str, str]]:
    """The colours that ship, by scheme and name, as ``guide.css`` gives them.

    >>> shipped_colours()["light"]["accent"]
    '#2f5d50'
    """
    style = (resources.files("trellis.guide") / "assets" / STYLE).read_text(encoding="utf-8")
    blocks = [{name.replace("-", "_"): code for name, code in _NAMED.findall(block)} for block in _BLOCK.findall(style)]
    light, dark = (block for block in blocks if "ink" in block)
    return {"light": light, "dark": light | dark}


def colours_of(own: OwnColours | None, scheme: str) -> dict[str, str]:
    """Every colour of a scheme: the site's in the place of those that ship.

    >>> colours_of(OwnColours(light=ColourScheme(accent="#0b4f8a")), "light")["accent"]
    '#0b4f8a'
    """
    return dict(shipped_colours()[scheme]) | _given(own, scheme)


def _given(own: OwnColours | None, scheme: str) -> dict[str, str]:
    found: ColourScheme | None = getattr(own, scheme) if own else None
    return {name: code for name, code in found.model_dump().items() if code} if found else {}


def colour_problems(own: OwnColours | None, places: Places) -> Iterator[Problem]:
    """Every pair that could not be read or seen, with its contrast and a colour that would do.

    >>> own = OwnColours(light=ColourScheme(accent="#7fb0d0"))
    >>> found = [problem for problem in colour_problems(own, Places("site.yaml", "")) if "[paper]" in problem.what]
    >>> found[0].what.partition(": ")[2], found[0].remedy
    ('links and the edges of buttons, ...2.17:1 where 4.5:1 is needed.', 'Take #356d91 for [accent], or a darker one.')
    """
    for scheme in SCHEMES:
        given, all_of_it = _given(own, scheme), colours_of(own, scheme)
        for colour, ground, least, what in SHOWN:
            if {colour, ground}.isdisjoint(given):
                continue
            found = contrast(all_of_it[colour], all_of_it[ground])
            if found < least:
                named = [name for name in (colour, ground) if name in given]
                # Cut off, never rounded up: 4.496 is not 4.5.
                told = f"{int(found * 100) / 100:.2f}:1 where {least:g}:1 is needed"
                codes = f"{all_of_it[colour]} on {all_of_it[ground]}"
                says = f"[{colour}] on [{ground}]: {what}, {codes}, have a contrast of {told}."
                if "ring" in what:
                    says = says.replace(" have ", " has ")
                yield Problem(places("colours", scheme, named[0]), says, _remedy(named, all_of_it))


def _remedy(named: list[str], all_of_it: Mapping[str, str]) -> str:
    for name in named:
        better = mended(name, all_of_it)
        if better:
            way = "a darker" if _luminance(better) < _luminance(all_of_it[name]) else "a lighter"
            return f"Take {better} for [{name}], or {way} one."
    return f"No shade of [{named[0]}] does beside the others; change what it lies on, or leave it as it ships."


def mended(name: str, colours: Mapping[str, str]) -> str:
    """The nearest shade of a colour that does in all its pairs, as the other colours are; nothing where there is none.

    Args:
        name: which colour to change.
        colours: every colour of the scheme.

    >>> mended("accent", dict(shipped_colours()["light"]) | {"accent": "#7fb0d0"})
    '#356d91'
    """
    hue, lightness, depth = colorsys.rgb_to_hls(*_parts(colours[name]))
    for level in sorted((step / STEPS for step in range(STEPS + 1)), key=lambda level: abs(level - lightness)):
        code = "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, level, depth))
        tried = {**colours, name: code}
        if all(contrast(tried[one], tried[other]) >= least for one, other, least, _ in SHOWN if name in (one, other)):
            return code
    return ""


def colour_rules(own: OwnColours | None) -> str:
    """The rules that put the site's colours in the place of those that ship; they stand behind them in the style.

    >>> print(colour_rules(OwnColours(dark=ColourScheme(accent_ink="#000000"))))
    <BLANKLINE>
    /* The site's own colours. */
    @media (prefers-color-scheme: dark) { :root:root { --accent-ink: #000000; } }
    <BLANKLINE>
    """
    told = {scheme: _given(own, scheme) for scheme in SCHEMES}
    if not any(told.values()):
        return ""
    rules = {
        scheme: ":root:root { " + " ".join(f"--{name.replace('_', '-')}: {code};" for name, code in of.items()) + " }"
        for scheme, of in told.items()
        if of
    }
    lines = [f"@media (prefers-color-scheme: {scheme}) {{ {rule} }}" for scheme, rule in rules.items()]
    return "\n".join(["", "/* The site's own colours. */", *lines, ""])
