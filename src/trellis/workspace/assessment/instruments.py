"""Instruments that the person fills in: which may be shown, what was answered, what it tells of, and where it goes."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

import trellis
from trellis import Answer, AnswerError
from trellis.instruments import Scored, ScoreError, answers_from, critical_in, score
from trellis.kinds.instrument import MAY_SHOW, Critical, Instrument
from trellis.workspace.assessment import deciding, saving, tasks
from trellis.workspace.assessment.models import Assessment, Form

DAYS = 7
DANGER = "danger_on_form"


def shown() -> dict[str, Instrument]:
    """The instruments whose words may be shown and are here, by id."""
    return {
        name: one
        for name, one in deciding.knowledge().instruments.items()
        if one.licence.status in MAY_SHOW and one.form == "full"
    }


def token() -> tuple[str, str]:
    """A new secret for a link, and the sum of it that is kept."""
    secret = secrets.token_urlsafe(32)
    return secret, sum_of(secret)


def sum_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def make(assessment: Assessment, instrument: str, language: str, member: Any, days: int = DAYS) -> tuple[Form, str]:
    """A form and the secret of its link, which nobody can find out again."""
    secret, kept = token()
    form = Form(
        organisation_id=assessment.organisation_id,
        person_id=assessment.person_id,
        assessment=assessment,
        instrument=instrument,
        token=kept,
        language=language,
        sent_by=member,
        until=timezone.now() + timedelta(days=days),
    )
    form.save()
    return form, secret


def scored(form: Form) -> Scored | None:
    """The form scored; None while its answers cannot stand together."""
    instrument = deciding.knowledge().instruments[form.instrument]
    try:
        return score(instrument, form.answers)
    except ScoreError:
        return None


def critical(form: Form) -> tuple[Critical, ...]:
    """The answers that matter by themselves. What was told of danger and changed afterwards was told all the same."""
    instrument = deciding.knowledge().instruments[form.instrument]
    return critical_in(instrument, [(item, value) for item, value, _ in form.given])


def danger(form: Form) -> tuple[str, ...]:
    """The dangers, by id: those that the instrument marks, and those that its answers decide, the gravest first."""
    kb = deciding.knowledge()
    found = {one.urgent for one in critical(form)}
    worst: dict[str, int] = {}
    for item, value, _ in form.given:
        worst[item] = max(value, worst.get(item, value))
    for answers in (form.answers, worst):
        try:
            facts = answers_from(kb, score(kb.instruments[form.instrument], answers), on=_day(form))
            found |= {view.id for view in trellis.decide(kb, facts, as_of=_day(form)).urgent}
        except AnswerError:
            continue
    return tuple(name for name in sorted(kb.urgent, key=lambda name: kb.urgent[name].severity) if name in found)


def _day(form: Form) -> Any:
    return timezone.localtime(form.done or timezone.now(), form.organisation.zone).date()


def answers_of_form(form: Form) -> list[tuple[str, Answer]]:
    """What a form says of facts and numbers, with the instrument as the source and its day."""
    found = scored(form)
    return [] if found is None else list(answers_from(deciding.knowledge(), found, on=_day(form)).items())


def answer(form: Form, given: Iterable[tuple[str, int]]) -> tuple[Form, tuple[str, ...]]:
    """Keep answers to items. Danger among them opens an urgent task in the same transaction.

    Returns:
        the form as it stands, and the dangers it tells of.
    """
    now = timezone.now()
    with transaction.atomic():
        kept: Form = Form.objects.select_for_update(of=("self",)).get(pk=form.pk)
        for item, value in given:
            if kept.answers.get(item) != value:
                kept.answers[item] = value
                kept.given.append([item, value, now.isoformat()])
        kept.save(update_fields=("answers", "given"))
        told = danger(kept)
        if told:
            tasks.open_urgent(kept, DANGER, now)
            _into_assessment(kept)
    return kept, told


def finish(form: Form) -> Form:
    """Send the form: its link works no more, and its score comes into the assessment."""
    with transaction.atomic():
        kept: Form = Form.objects.select_for_update(of=("self",)).get(pk=form.pk)
        if kept.done is None:
            kept.done = timezone.now()
            kept.save(update_fields=("done",))
            _into_assessment(kept)
    return kept


def _into_assessment(form: Form) -> None:
    """Into the assessment it was sent from while that is open; else it is offered to the next one."""
    if form.assessment_id is None:
        return
    assessment = Assessment.objects.get(pk=form.assessment_id)
    if assessment.closed is None:
        saving.bring(assessment, answers_of_form(form), carried="form")
