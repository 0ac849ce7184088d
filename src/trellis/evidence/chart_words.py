"""What stands in the drawings of studies, in English and Spanish."""

from __future__ import annotations

import math

WORDS: dict[str, tuple[str, str]] = {
    "study": ("Study", "Estudio"),
    "with": ("With it", "Con él"),
    "without": ("Without", "Sin él"),
    "events": ("{events}/{people}", "{events}/{people}"),
    "effect": ("{scale} (95 % interval)", "{scale} (intervalo del 95 %)"),
    "weight": ("Weight", "Peso"),
    "percent": ("{value:.1f} %", "{value:.1f} %"),
    "interval": ("{value} ({low} to {high})", "{value} ({low} a {high})"),
    "all": ("All {k} studies", "Los {k} estudios"),
    "group": ("{name}: {k} studies", "{name}: {k} estudios"),
    "group_of_one": ("{name}: 1 study", "{name}: 1 estudio"),
    "by": ("{by}: {name}", "{by}: {name}"),
    "new_study": ("A new study (prediction)", "Un estudio nuevo (predicción)"),
    "left": ("← favours usual care", "← favorece la atención habitual"),
    "right": ("favours the approach →", "favorece el enfoque →"),
    "spread": (
        "Spread between studies: tau² {tau2}; I² {i2}; Q {q} on {df} degrees of freedom, {p}.",
        "Dispersión entre estudios: tau² {tau2}; I² {i2}; Q {q} con {df} grados de libertad, {p}.",
    ),
    "between": (
        "Between groups: Q {q} on {df} degrees of freedom, {p}.",
        "Entre grupos: Q {q} con {df} grados de libertad, {p}.",
    ),
    "p": ("p {value}", "p {value}"),
    "more_than_1": (
        "More than 1 favours the approach.",
        "Más de 1 favorece el enfoque.",
    ),
    "more_than_0": (
        "More than 0 favours the approach.",
        "Más de 0 favorece el enfoque.",
    ),
    "forest_title": ("Forest plot. {title}", "Diagrama de bosque. {title}"),
    "forest_desc": (
        "{k} studies, one a line, each with a square at its effect and a line for its interval. All together: {scale} "
        "{pooled}. {direction}",
        "{k} estudios, uno por línea, cada uno con un cuadrado en su efecto y una línea para su intervalo. Todos "
        "juntos: {scale} {pooled}. {direction}",
    ),
    "forest_favour": (
        "{favour} of {k} studies lie on the side of the approach; in {clear} of them the whole interval does.",
        "{favour} de {k} estudios están del lado del enfoque; en {clear} de ellos, todo el intervalo.",
    ),
    "forest_groups": ("By group: {groups}.", "Por grupo: {groups}."),
    "forest_new": (
        "The true effect of a new study would lie between {low} and {high}.",
        "El efecto verdadero de un estudio nuevo estaría entre {low} y {high}.",
    ),
    "funnel_title": ("Funnel plot. {title}", "Diagrama de embudo. {title}"),
    "funnel_desc": (
        "{k} studies as dots: across, the effect; down, the standard error, exact studies at the top. The lines show "
        "where 95 % of studies would lie around {scale} {pooled} if only chance played a part; {inside} of {k} do.",
        "{k} estudios como puntos: a lo ancho, el efecto; hacia abajo, el error estándar, con los más exactos arriba. "
        "Las líneas muestran dónde estaría el 95 % de los estudios alrededor de {scale} {pooled} si solo contara el "
        "azar; {inside} de {k} están ahí.",
    ),
    "funnel_egger": (
        "Egger's test: effects change by {bias} for each 1 of standard error (t {statistic}, {df} degrees of freedom, "
        "{p}).",
        "Prueba de Egger: los efectos cambian {bias} por cada 1 de error estándar (t {statistic}, {df} grados de "
        "libertad, {p}).",
    ),
    "se": ("Standard error", "Error estándar"),
    "across": ("{left}   |   {scale}   |   {right}", "{left}   |   {scale}   |   {right}"),
    "standard_error": (
        "Standard error (exact studies at the top)",
        "Error estándar (los estudios exactos, arriba)",
    ),
    "only": ("{title} (only {where})", "{title} (solo {where})"),
    "is": ("{name}: {value}", "{name}: {value}"),
    "event": (
        "{event}: how many of how many people, with the approach and without.",
        "{event}: cuántas de cuántas personas, con el enfoque y sin él.",
    ),
    "note": (
        "Square: one study, larger with more weight. Diamond: pooled. Arrow: the interval goes on.",
        "Cuadrado: un estudio, mayor si pesa más. Rombo: combinado. Flecha: el intervalo sigue.",
    ),
}


def word(key: str, lang: str, **slots: object) -> str:
    """Words of a drawing in one language.

    >>> word("all", "es", k=58)
    'Los 58 estudios'
    """
    return WORDS[key][1 if lang == "es" else 0].format(**slots)


def number(value: float, *, ratio: bool) -> str:
    """An effect with two decimals; a ratio back from its logarithm.

    >>> number(0.4226, ratio=True), number(-0.001, ratio=False)
    ('1.53', '0.00')
    """
    shown = math.exp(value) if ratio else value
    return f"{round(shown, 2) + 0.0:.2f}"


def p_value(p: float) -> str:
    """A p value with its sign of comparison.

    >>> p_value(0.0213), p_value(0.00001)
    ('= 0.021', '< 0.001')
    """
    if p < 0.001:
        return "< 0.001"
    return f"= {p:.3f}" if p < 0.1 else f"= {p:.2f}"


def interval(value: float, low: float, high: float, lang: str, *, ratio: bool) -> str:
    """An effect with its interval.

    >>> interval(0.5, 0.1, 0.9, "en", ratio=False)
    '0.50 (0.10 to 0.90)'
    """
    value_, low_, high_ = (number(one, ratio=ratio) for one in (value, low, high))
    return word("interval", lang, value=value_, low=low_, high=high_)
