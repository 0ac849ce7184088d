"""Pictures as plain SVG in the page: 100 people, the way from a hospital to daily life, the ladder of settings.

No style attribute, no colour of their own, nothing told by colour alone: people are filled, striped or thin, and those
to whom something bad happens stand in a box. Each has a name and a description, and the page says the same in words
beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from markupsafe import Markup, escape

from trellis.evidence import Estimate
from trellis.library.knowledge import Knowledge, once_per_knowledge

PERSON = "M5 1a1.6 1.6 0 1 1 0 3.2A1.6 1.6 0 0 1 5 1zM2.2 9.2V7a2.4 2.4 0 0 1 5.6 0v2.2z"
STRIPE = "M1.4 9.6 8.6.8"
BOX = "M.4.2h9.2v9.6H.4z"
"""A box around a person to whom something bad happens: who looks at a picture alone must not take harm for help."""
WIDTH = 320
"""Pictures with words are drawn for the narrowest phone, so that their letters stay readable there."""
NAME_SIZE, LINE_SIZE = 16, 14
NAME_CHARS, LINE_CHARS = 30, 38


def share(estimate: Estimate) -> tuple[int, int]:
    """Of 100 people, for how many it is so at the least, and for how many more it may be: whole people, as words say.

    >>> share(Estimate(40.5, 37.2, 44.1)), share(Estimate(19.0))
    ((37, 7), (19, 0))
    """
    if estimate.low is None or estimate.high is None:
        return int(f"{estimate.value:.0f}"), 0
    low, high = int(f"{estimate.low:.0f}"), int(f"{estimate.high:.0f}")
    return low, high - low


def pictogram_svg(estimate: Estimate, *, key: str, title: str, desc: str, good: bool = True) -> Markup:
    """Ten rows of ten people: filled for whom it is so, striped for whom it may be, thin for all others.

    What is bad has another form: people cut out of a full box, in an empty box where it only may be so.

    Args:
        estimate: how many of 100, from 0 to 100; a range that is not known draws no striped people.
        key: begins the ids in the picture, which must be alone on the page.
        title: its name.
        desc: what can be seen in it, with the numbers.
        good: whether what is counted is good for people.

    >>> svg = pictogram_svg(Estimate(12.0), key="a", title="12 of 100", desc="12 of 100 people")
    >>> "style=" in svg, svg.count("<svg")
    (False, 1)
    """
    sure, perhaps = share(estimate)
    striped = _people(key, sure, perhaps, "h")
    full, form = ("p", "") if good else ("b", " bad")
    drawn = [_shape_of(key, "p", PERSON)]
    if perhaps:
        drawn.append(_shape_of(key, "h", PERSON + (STRIPE if good else BOX)))
    if sure and not good:
        drawn.append(_shape_of(key, "b", BOX + PERSON))
    groups = (
        Markup('<g class="sure{}" fill="currentColor" fill-rule="evenodd">{}</g>').format(
            form, _people(key, 0, sure, full)
        ),
        Markup('<g class="perhaps{}" fill="none" stroke="currentColor" stroke-width=".9">{}</g>').format(form, striped),
        Markup('<g class="rest" fill="none" stroke="currentColor" stroke-width=".5" opacity=".6">{}</g>').format(
            _people(key, sure + perhaps, 100 - sure - perhaps)
        ),
    )
    defs = Markup("<defs>{}</defs>").format(Markup("").join(drawn))
    return _svg(100, 100, Markup("").join((defs, *groups)), key=key, title=title, desc=desc, kind="people")


def _shape_of(key: str, kind: str, path: str) -> Markup:
    """A person, and ten of them as a row, to be used again and again."""
    row = Markup("").join(_use(f"{key}-{kind}", 10 * column, 0) for column in range(10))
    return Markup('<path id="{0}-{1}" d="{2}"/><g id="{0}-{1}r">{3}</g>').format(key, kind, path, row)


def _people(key: str, start: int, count: int, kind: str = "p") -> Markup:
    """People from one place on: whole rows at once, the others one by one."""
    found, n = [], start
    while n < start + count:
        whole = n % 10 == 0 and n + 10 <= start + count
        found.append(_use(f"{key}-{kind}{'r' if whole else ''}", 10 * (n % 10), 10 * (n // 10)))
        n += 10 if whole else 1
    return Markup("").join(found)


def _use(name: str, x: int, y: int) -> Markup:
    at = Markup(' x="{}"').format(x) if x else Markup("")
    down = Markup(' y="{}"').format(y) if y else Markup("")
    return Markup('<use href="#{}"{}{}/>').format(name, at, down)


def mark_svg(kind: str, *, good: bool = True) -> Markup:
    """One person as a mark for the legend: ``sure``, ``perhaps`` or ``rest``. Hidden from screen readers: words follow.

    >>> mark_svg("rest").startswith('<svg class="mark"')
    True
    >>> "evenodd" in mark_svg("sure", good=False)
    True
    """
    full, perhaps = (PERSON, PERSON + STRIPE) if good else (BOX + PERSON, PERSON + BOX)
    drawn = {
        "sure": Markup('<path d="{}" fill="currentColor" fill-rule="evenodd"/>').format(full),
        "perhaps": Markup('<path d="{}" fill="none" stroke="currentColor" stroke-width=".9"/>').format(perhaps),
        "rest": Markup('<path d="{}" fill="none" stroke="currentColor" stroke-width=".5" opacity=".6"/>').format(
            PERSON
        ),
    }
    return Markup('<svg class="mark{}" viewBox="0 0 10 10" aria-hidden="true">{}</svg>').format(
        "" if good else " bad", drawn[kind]
    )


@dataclass(frozen=True)
class Rung:
    """Settings of one rank, and how what they give compares with the rung below.

    Args:
        settings: ids of the settings; those of one rank stand side by side.
        more: for each setting, the axes on which it gives more than the rung below, each with the step.
        less: likewise for less.
    """

    settings: tuple[str, ...]
    more: tuple[tuple[tuple[str, str], ...], ...]
    less: tuple[tuple[tuple[str, str], ...], ...]


@once_per_knowledge
def rungs(kb: Knowledge) -> tuple[Rung, ...]:
    """The ladder of settings, the least restrictive first, read off the packages that are a setting alone.

    >>> import trellis
    >>> ladder = rungs(trellis.load())
    >>> ladder[0].settings, [axis for axis, step in ladder[2].more[0]]
    (('self_management',), ['supervision', 'psychiatric', 'structure'])
    """
    alone = sorted((p for p in kb.packages.values() if p.id == p.setting), key=lambda package: package.rank)
    found: list[Rung] = []
    below: Sequence[int] | None = None
    for rank in dict.fromkeys(package.rank for package in alone):
        here = [package for package in alone if package.rank == rank]
        more = tuple(_changed(kb, package.gives, below, up=True) for package in here)
        less = tuple(_changed(kb, package.gives, below, up=False) for package in here)
        found.append(Rung(tuple(package.setting for package in here), more, less))
        below = here[0].gives
    return tuple(found)


def _changed(
    kb: Knowledge, gives: Sequence[int], below: Sequence[int] | None, *, up: bool
) -> tuple[tuple[str, str], ...]:
    if below is None:
        return ()
    compared = zip(kb.axes.values(), gives, below, strict=True)
    return tuple(
        (axis.id, axis.steps[here].id) for axis, here, under in compared if (here > under if up else here < under)
    )


def continuum_svg(kb: Knowledge, lang: str, *, words: dict[str, str], here: str | None = None) -> Markup:
    """The way from a hospital to daily life: a square where one sleeps there, a circle where one lives at home.

    Args:
        kb: the knowledge.
        lang: ``"en"`` or ``"es"``.
        words: ``title``, ``desc``, ``bottom``, ``stay``, ``home``, ``here`` and ``same``.
        here: the setting whose page this is; it is filled and named.

    >>> import trellis
    >>> words = dict.fromkeys(("title", "desc", "bottom", "stay", "home", "here", "same"), "so")
    >>> continuum_svg(trellis.load(), "en", words=words, here="iop").count("node here")
    1
    """
    drawn = [_square(16, 14, filled=False), _text(34, 19, words["stay"])]
    drawn += [_circle(16, 40, filled=False), _text(34, 45, words["home"])]
    nodes: list[Markup] = []
    y, first = 56, 0
    for rung in reversed(rungs(kb)):
        for number, name in enumerate(rung.settings):
            is_here = name == here
            label = kb.settings[name].name.in_language(lang) + (f" ({words['here']})" if is_here else "")
            y += 12
            if number:
                drawn.append(_text(40, y + 4, words["same"]))
                y += 14
            lines = wrap(label, NAME_CHARS)
            middle = y + 10 * len(lines) + 2
            first = first or middle
            node = _square if "nights_away" in kb.settings[name].meets else _circle
            nodes.append(node(16, middle, filled=is_here))
            drawn += [_text(40, y + 17 + 20 * n, line, size=NAME_SIZE, bold=is_here) for n, line in enumerate(lines)]
            y += 20 * len(lines)
    last = y + 24
    way = Markup('<path class="way" d="M16 {}V{}m-5-7 5 8 5-8" {}/>').format(first, last, _LINE)
    inside = Markup("").join((way, *drawn, *nodes, _text(40, last + 2, words["bottom"])))
    return _svg(WIDTH, last + 12, inside, key="way", title=words["title"], desc=words["desc"])


def ladder_svg(kb: Knowledge, lang: str, *, words: dict[str, str]) -> Markup:
    """The ladder of settings, least at the bottom; on each rung what it gives more of than the rung below, and less.

    Args:
        kb: the knowledge.
        lang: ``"en"`` or ``"es"``.
        words: ``title``, ``desc``, ``same``, and ``more`` and ``less`` with the slot ``{axes}``.

    >>> import trellis
    >>> words = {"title": "a", "desc": "b", "same": "or", "more": "+ {axes}", "less": "- {axes}"}
    >>> ladder_svg(trellis.load(), "en", words=words).count('class="rung"')
    8
    """
    drawn: list[Markup] = []
    y = 8
    for rung in reversed(rungs(kb)):
        for number, name in enumerate(rung.settings):
            if number:
                y += 24
                drawn.append(_text(18, y, words["same"]))
            for line in wrap(kb.settings[name].name.in_language(lang), NAME_CHARS):
                y += 20
                drawn.append(_text(18, y, line, size=NAME_SIZE, bold=True))
            for frame, changed in ((words["more"], rung.more[number]), (words["less"], rung.less[number])):
                axes = ", ".join(kb.axes[axis].name.in_language(lang) for axis, _ in changed)
                for line in wrap(frame.format(axes=axes), LINE_CHARS) if changed else ():
                    y += 18
                    drawn.append(_text(18, y, line))
        y += 12
        drawn.append(Markup('<path class="rung" d="M8 {}H{}" {}/>').format(y, WIDTH - 8, _LINE))
        y += 4
    rails = Markup('<path class="rail" d="M8 4V{0}M{1} 4V{0}" {2}/>').format(y + 4, WIDTH - 8, _LINE)
    return _svg(WIDTH, y + 8, Markup("").join((rails, *drawn)), key="ladder", title=words["title"], desc=words["desc"])


_LINE = Markup('fill="none" stroke="currentColor" stroke-width="2"')


def _square(x: int, y: int, *, filled: bool) -> Markup:
    return Markup('<rect x="{}" y="{}" width="16" height="16" {}/>').format(x - 8, y - 8, _shape(filled))


def _circle(x: int, y: int, *, filled: bool) -> Markup:
    return Markup('<circle cx="{}" cy="{}" r="8" {}/>').format(x, y, _shape(filled))


def _shape(filled: bool) -> Markup:
    """Filled by currentColor, or hollow on the paper of the page, which covers the line behind it."""
    fill = Markup('class="node here" fill="currentColor"') if filled else Markup('class="node" fill="Canvas"')
    return Markup('{} stroke="currentColor" stroke-width="2"').format(fill)


def _text(x: int, y: int, words: str, *, size: int = LINE_SIZE, bold: bool = False) -> Markup:
    weight = Markup(' font-weight="bold"') if bold else Markup("")
    return Markup('<text x="{}" y="{}" font-size="{}" fill="currentColor"{}>{}</text>').format(
        x, y, size, weight, words
    )


def _svg(width: int, height: int, inside: Markup, *, key: str, title: str, desc: str, kind: str = "steps") -> Markup:
    return Markup(
        '<svg class="{kind}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{key}-t {key}-d">'
        '<title id="{key}-t">{title}</title><desc id="{key}-d">{desc}</desc>{inside}</svg>'
    ).format(
        kind=kind,
        width=width,
        height=height,
        key=key,
        title=escape(title),
        desc=escape(desc),
        inside=inside,
    )
