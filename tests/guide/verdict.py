"""Words that would be a verdict: the guide prepares a talk with a professional; it does not decide or diagnose."""

from __future__ import annotations

import re

VERDICTS = {
    "en": (
        r"\byou (?:need(?! no\b)|must|should|ought to|qualify for|belong|require)\b",
        r"\bthe person (?:needs|must|should|ought to|qualifies for|belongs|requires)\b",
        r"\b(?:you have|the person has) to (?:go|be admitted|enter|get|start|see)\b",
        r"\b(?:we|trellis|this guide) (?:recommends?|advises?|suggests?|diagnoses?)\b",
        r"\brecommend(?:ed|ation|ations)?\b",
        r"\b(?:right|best|correct|ideal|suitable) (?:(?:setting|care|choice|place|one) )?for (?:you|the person)\b",
        r"\b(?:your|the) (?:right|best|ideal) (?:setting|care|place|treatment|level)\b",
        r"\byour (?:level of care|placement|diagnosis|score|setting)\b",
        r"\byou (?:are|have been) diagnosed\b",
        r"\byou (?:have|suffer from) (?:an? )?(?:\w+ )?(?:disorder|addiction|depression|psychosis|illness)\b",
        r"\b(?:most )?likely (?:your|the right|the best)\b",
        r"\bmedically necessary\b",
    ),
    "es": (
        r"\b(?:usted|(?<!de )la persona) (?:necesita|debe|debería|requiere|califica para|pertenece)\b",
        r"\b(?:usted|la persona) tiene que (?:ir|ingresar|recibir|empezar|ver)\b",
        r"\b(?:recomendamos|aconsejamos|sugerimos|diagnosticamos|le recomienda|le aconseja)\b",
        r"\brecomend(?:ado|ada|ados|adas|ación|aciones)\b",
        r"\b(?:adecuad[oa]|mejor|correct[oa]|ideal) para (?:usted|la persona)\b",
        r"\b(?:su|el|la) mejor (?:lugar|atención|opción|tratamiento|nivel)\b",
        r"\bsu (?:nivel de atención|diagnóstico|puntaje|lugar de atención)\b",
        r"\bha sido diagnosticad[oa]\b",
        r"\b(?:tiene|sufre|padece) (?:de )?(?:un |una )?(?:trastorno|adicción|depresión|psicosis)\b",
        r"\bmédicamente necesari[oa]\b",
    ),
}
"""By language. "Which is right" and "not a diagnosis" are no verdicts; they stand in sentences that deny one."""


def verdicts(text: str, lang: str) -> list[str]:
    """The verdicts that a text speaks.

    Args:
        text: what a person reads.
        lang: ``"en"`` or ``"es"``.

    >>> verdicts("You need inpatient care.", "en"), verdicts("People usually talk about these.", "en")
    (['You need'], [])
    """
    return [found.group() for pattern in VERDICTS[lang] for found in re.finditer(pattern, text, re.IGNORECASE)]
