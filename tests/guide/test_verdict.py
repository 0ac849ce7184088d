"""The list of verdicts finds what it is there for, and lets plain sentences pass."""

from __future__ import annotations

import pytest

from tests.guide.verdict import verdicts


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "You should go to a hospital."),
        ("en", "We recommend intensive outpatient care."),
        ("en", "The recommended setting is this one."),
        ("en", "The right setting for you is residential care."),
        ("en", "Your level of care: inpatient."),
        ("en", "You have a drinking disorder."),
        ("en", "The person needs an admission."),
        ("es", "Usted necesita atención hospitalaria."),
        ("es", "Le recomendamos un programa de día."),
        ("es", "El lugar recomendado es este."),
        ("es", "Es lo mejor para usted."),
        ("es", "Su nivel de atención es residencial."),
        ("es", "La persona debe ir al hospital."),
    ],
)
def test_a_verdict_is_found(lang: str, text: str) -> None:
    assert verdicts(text, lang)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "People in such a situation usually talk about these."),
        ("en", "The order does not say which is right. It is not a diagnosis."),
        ("en", "It may lack: medical care by day."),
        ("es", "En una situación así, se suele hablar de estos lugares."),
        ("es", "El orden no dice cuál es el adecuado. No es un diagnóstico."),
    ],
)
def test_a_plain_sentence_passes(lang: str, text: str) -> None:
    assert not verdicts(text, lang)
