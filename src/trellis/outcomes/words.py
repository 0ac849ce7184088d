"""What a change on a scale says, in whole sentences, in both languages. Nothing is said without a figure for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from trellis.instruments.score import band_of
from trellis.kinds.instrument import Instrument, Scale
from trellis.outcomes.change import ChangeRead

MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
    "es": (
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
        "diciembre",
    ),
}  # fmt: skip
WORDS: dict[str, tuple[str, str]] = {
    "day": ("{month} {day}, {year}", "{day} de {month} de {year}"),
    "day_short": ("{month} {day}", "{day} {month}"),
    "day_short_year": ("{month} {day}, {year}", "{day} {month} {year}"),
    "title": ("{short}: {measures}", "{short}: {measures}"),
    "title_scale": ("{short}, {scale}: {measures}", "{short}, {scale}: {measures}"),
    "range_up": (
        "{short} goes from {low} to {high}. A higher number is worse.",
        "{short} va de {low} a {high}. Un número más alto es peor.",
    ),
    "range_down": (
        "{short} goes from {low} to {high}. A higher number is better.",
        "{short} va de {low} a {high}. Un número más alto es mejor.",
    ),
    "arrow_up": ("{scale} (higher is worse)", "{scale} (más alto es peor)"),
    "arrow_down": ("{scale} (higher is better)", "{scale} (más alto es mejor)"),
    "once": ("It was filled in once.", "Se llenó una vez."),
    "often": (
        "It was filled in {count} times, from {first} to {last}.",
        "Se llenó {count} veces, del {first} al {last}.",
    ),
    "only": ("On {day} the total was {total}.", "El {day} el total fue {total}."),
    "only_band": ("On {day} the total was {total} ({band}).", "El {day} el total fue {total} ({band})."),
    "first": ("The first total was {total}.", "El primer total fue {total}."),
    "first_band": ("The first total was {total} ({band}).", "El primer total fue {total} ({band})."),
    "last": ("The last total was {total}.", "El último total fue {total}."),
    "last_band": ("The last total was {total} ({band}).", "El último total fue {total} ({band})."),
    "up_to": ("In between it went up to {total}.", "Entre tanto subió hasta {total}."),
    "down_to": ("In between it went down to {total}.", "Entre tanto bajó hasta {total}."),
    "same": ("The last total is the same as the first.", "El último total es igual al primero."),
    "better": ("That is better by {points}.", "Eso es mejor por {points}."),
    "worse": ("That is worse by {points}.", "Eso es peor por {points}."),
    "points": ("{points} points", "{points} puntos"),
    "point": ("1 point", "1 punto"),
    "reliable_better": (
        "A change this large is more than the usual ups and downs of the questionnaire, so it is likely a real change "
        "for the better.",
        "Un cambio así es más que los altibajos normales del cuestionario, así que la mejoría es probablemente real.",
    ),
    "reliable_worse": (
        "A change this large is more than the usual ups and downs of the questionnaire, so it is likely a real change "
        "for the worse. It is a reason to talk soon about what could help more.",
        "Un cambio así es más que los altibajos normales del cuestionario, así que el empeoramiento es "
        "probablemente real. Es un motivo para hablar pronto de qué podría ayudar más.",
    ),
    "reliable_no": (
        "A change of this size is within the usual ups and downs of the questionnaire, so it may not be a real change.",
        "Un cambio así está dentro de los altibajos normales del cuestionario, así que puede no ser un cambio real.",
    ),
    "reliable_basis": (
        "Figures for this come from: {group} (SD {sd}, reliability {r}).",
        "Las cifras vienen de: {group} (DE {sd}, fiabilidad {r}).",
    ),
    "reliable_unknown": (
        "It is not known here how large a change must be to be more than the usual ups and downs.",
        "Aquí no se sabe qué tan grande debe ser un cambio para ser más que los altibajos normales.",
    ),
    "yes_important": ("{what} This change is that large.", "{what} Este cambio es así de grande."),
    "no_important": ("{what} This change is smaller.", "{what} Este cambio es menor."),
    "yes_response": ("{what} That is so here.", "{what} Aquí es así."),
    "no_response": ("{what} That is not so here.", "{what} Aquí no es así."),
    "yes_remission": ("{what} The last total is there.", "{what} El último total está ahí."),
    "no_remission": ("{what} The last total is not there.", "{what} El último total no está ahí."),
    "memory": (
        "{text} [from memory, not yet verified]",
        "{text} [de memoria, aún sin verificar]",
    ),
    "alone": (
        "A total is one view of how things are. It is not a diagnosis, and it never decides alone.",
        "Un total es una mirada a cómo están las cosas. No es un diagnóstico y nunca decide por sí solo.",
    ),
    "row": ("{day}: {total}", "{day}: {total}"),
    "row_band": ("{day}: {total} ({band})", "{day}: {total} ({band})"),
    "band": ("{name} ({low} to {high})", "{name} ({low} a {high})"),
    "band_one": ("{name} ({low})", "{name} ({low})"),
}


def word(key: str, lang: str, **slots: object) -> str:
    """A sentence of the table with its slots filled.

    >>> word("band", "es", name="Leve", low=5, high=9)
    'Leve (5 a 9)'
    """
    return WORDS[key][0 if lang == "en" else 1].format(**slots)


def day_words(day: date, lang: str) -> str:
    """A day in words.

    >>> day_words(date(2026, 1, 5), "en"), day_words(date(2026, 1, 5), "es")
    ('January 5, 2026', '5 de enero de 2026')
    """
    return word("day", lang, month=MONTHS[lang][day.month - 1], day=day.day, year=day.year)


def day_short(day: date, lang: str, *, year: bool) -> str:
    """A day in few letters, for an axis.

    >>> day_short(date(2026, 1, 5), "en", year=False), day_short(date(2026, 1, 5), "es", year=True)
    ('Jan 5', '5 ene 2026')
    """
    key = "day_short_year" if year else "day_short"
    return word(key, lang, month=MONTHS[lang][day.month - 1][:3], day=day.day, year=day.year)


def title_of(instrument: Instrument, scale: Scale, lang: str) -> str:
    """The title of a chart: the instrument, the scale where there are several, and what it measures."""
    measures = instrument.measures.in_language(lang).rstrip(".")
    if len(instrument.scales) == 1:
        return word("title", lang, short=instrument.short, measures=measures)
    return word(
        "title_scale", lang, short=instrument.short, scale=scale.name.in_language(lang).lower(), measures=measures
    )


def with_band(key: str, scale: Scale, total: int, lang: str, **slots: object) -> str:
    """A sentence about a total, with the name of its band where the scale has bands."""
    band = band_of(scale, total)
    if band is None:
        return word(key, lang, total=total, **slots)
    return word(f"{key}_band", lang, total=total, band=band.name.in_language(lang), **slots)


def change_sentences(read: ChangeRead, lang: str) -> Iterator[str]:
    """What a change says: how far, whether it is more than noise, whether it matters, response, remission.

    Each rests on a published figure; where there is none, nothing is said, but for reliability, which is said to be
    unknown.

    >>> import trellis
    >>> from trellis.outcomes import read_change
    >>> found = read_change(trellis.load().instruments["gad7"], "total", 12, 12)
    >>> next(change_sentences(found, "en"))
    'The last total is the same as the first.'
    """
    change = read.scale.change
    if read.points == 0:
        yield word("same", lang)
    else:
        size = abs(read.points)
        points = word("point", lang) if size == 1 else word("points", lang, points=size)
        yield word("better" if read.points > 0 else "worse", lang, points=points)
    if change is None or change.reliability is None:
        yield word("reliable_unknown", lang)
    else:
        key = {"better": "reliable_better", "worse": "reliable_worse"}.get(read.reliable, "reliable_no")
        yield word(key, lang)
        rests = change.reliability
        group = rests.group.in_language(lang).rstrip(".")
        yield _marked(
            word("reliable_basis", lang, group=group, sd=f"{rests.sd:g}", r=f"{rests.reliability:g}"),
            rests.verified,
            lang,
        )
    for name in ("important", "response", "remission"):
        figure = getattr(change, "response_percent" if name == "response" else name, None)
        reached = getattr(read, name)
        if figure is not None and reached is not None:
            key = f"{'yes' if reached else 'no'}_{name}"
            yield _marked(word(key, lang, what=figure.what.in_language(lang)), figure.verified, lang)


def _marked(text: str, verified: str, lang: str) -> str:
    return word("memory", lang, text=text) if verified == "memory" else text
