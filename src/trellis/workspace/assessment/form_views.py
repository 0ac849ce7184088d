"""An instrument by link or on a tablet: staff send and read it; the person fills it in without an account."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_GET, require_POST

from trellis.kinds.instrument import Instrument
from trellis.workspace.access.viewer import upkeep
from trellis.workspace.assessment import deciding, instruments, panel
from trellis.workspace.assessment.models import Form
from trellis.workspace.assessment.views import at_the_clinic, ours, to_answer
from trellis.workspace.words.tags import speaking

LANGUAGES = ("en", "es")
SHOWN_AFTER = 15 * 60
"""Seconds after sending for which help is still shown on the page; then the link says only that it is used."""


@at_the_clinic
def send(request: Any, key: str) -> HttpResponse:
    """Make a link for the person, or hand this screen over."""
    one, several = to_answer(key), instruments.shown()
    wrong = request.method == "POST" and request.POST.get("instrument") not in several
    page: dict[str, Any] = {
        "assessment": one,
        "person": one.person,
        "instruments": several.values(),
        "days": instruments.DAYS,
        "wrong": wrong,
        "forms": Form.objects.filter(person=one.person).order_by("-at")[:20],
    }
    if request.method == "POST" and not wrong:
        language = request.POST.get("language", one.person.language)
        language = language if language in LANGUAGES else "en"
        form, secret = instruments.make(one, request.POST["instrument"], language, request.membership)
        address = reverse("form_fill", args=[secret])
        if request.POST.get("way") == "tablet":
            logout(request)  # before the person touches the screen, nobody is signed in on it
            response = redirect(address)
            response["Clear-Site-Data"] = '"cache"'
            return response
        page |= {"made": form, "link": request.build_absolute_uri(address)}
    return render(request, "assessment/send.html", page, status=422 if wrong else 200)


@require_GET
@at_the_clinic
def seen(request: Any, key: str) -> HttpResponse:
    """What a person answered on a form, for whoever may see it."""
    form = get_object_or_404(Form.objects.select_related("person", "assessment"), key=key)
    instrument, lang = deciding.knowledge().instruments[form.instrument], speaking().lang
    rows = [
        (
            item.text.in_language(lang) if item.text else item.id,
            _said(instrument, item, form.answers.get(item.id), lang),
        )
        for item in instrument.items
    ]
    scored = instruments.scored(form)
    totals = [
        (one.scale.name.in_language(lang), one.low, one.high, [band.name.in_language(lang) for band in one.bands])
        for one in (scored.scales.values() if scored and form.answers else ())
    ]
    critical = [one.says.clinician.in_language(lang) for one in instruments.critical(form)]
    page = {"form": form, "person": form.person, "instrument": instrument, "rows": rows, "totals": totals}
    return render(request, "assessment/form_seen.html", page | {"critical": critical})


def _said(instrument: Instrument, item: Any, value: int | None, lang: str) -> str:
    options = instrument.options_of(item)
    return next((o.text.in_language(lang) for o in options if o.score == value and o.text is not None), "")


@contextmanager
def _by_link(request: Any, token: str) -> Iterator[Form | None]:
    """The form of a link; None where the link is none, has run out or is used. The page speaks the form's language."""
    with upkeep("a form's link"):
        form = Form.objects.select_related("organisation").filter(token=instruments.sum_of(token)).first()
        wished = request.GET.get("lang") or request.POST.get("lang") or (form.language if form else "")
        language = wished if wished in LANGUAGES else translation.get_language() or "en"
        with translation.override(language):
            yield form


def _over(form: Form | None) -> bool:
    return form is None or (form.done is None and form.until <= timezone.now())


def fill(request: Any, token: str) -> HttpResponse:
    """The form itself. It shows nothing of the record, not even whose it is."""
    with _by_link(request, token) as form:
        if form is None or _over(form):
            return render(request, "assessment/form_over.html", {"public": True}, status=404)
        if form.done is not None:
            return _thanks(request, form, token)
        if request.method == "POST":
            given, wrong = _given(request, form)
            form, _ = instruments.answer(form, given)
            if not wrong and request.POST.get("send"):
                instruments.finish(form)
            if not wrong:
                where = reverse("form_fill", args=[token]) + f"?lang={translation.get_language()}"
                return redirect(where + ("#help" if instruments.danger(form) else ""))
            return render(request, "assessment/form.html", _form_page(form, token), status=422)
        return render(request, "assessment/form.html", _form_page(form, token))


def _thanks(request: Any, form: Form, token: str) -> HttpResponse:
    lately = form.done is not None and (timezone.now() - form.done).total_seconds() < SHOWN_AFTER
    page = _help(form) if lately else {"danger": []}
    return render(request, "assessment/form_done.html", page | {"form": form, "token": token})


def _given(request: Any, form: Form) -> tuple[list[tuple[str, int]], bool]:
    """What was answered, and whether something in it is no answer. What is left out stays as it is."""
    instrument = deciding.knowledge().instruments[form.instrument]
    given, wrong = [], False
    for item in instrument.items:
        value = request.POST.get(f"i.{item.id}")
        if value is None:
            continue
        scores = {str(score): score for score in instrument.scores_of(item.id)}
        if value in scores:
            given.append((item.id, scores[value]))
        else:
            wrong = True
    return given, wrong


def _help(form: Form) -> dict[str, Any]:
    """The help for what was told, and whether anybody will see it."""
    say = speaking()
    names = instruments.danger(form)
    kind = [one.says.person.in_language(say.lang) for one in instruments.critical(form)]
    return {
        "danger": panel.danger_of(((name, False) for name in names), say),
        "kind": list(dict.fromkeys(kind)),
        "somebody": form.organisation.somebody_sees_forms,
    }


def _form_page(form: Form, token: str) -> dict[str, Any]:
    lang = speaking().lang
    instrument = deciding.knowledge().instruments[form.instrument]
    items = [
        {
            "id": item.id,
            "text": item.text.in_language(lang) if item.text else "",
            "options": [
                (
                    option.score,
                    option.text.in_language(lang) if option.text else "",
                    form.answers.get(item.id) == option.score,
                )
                for option in instrument.options_of(item)
            ],
            "saved": item.id in form.answers,
        }
        for item in instrument.items
    ]
    return _help(form) | {
        "form": form,
        "token": token,
        "title": instrument.measures.in_language(lang),
        "stem": instrument.stem.in_language(lang) if instrument.stem else "",
        "credit": instrument.licence.credit,
        "items": items,
    }


@require_POST
def answer(request: Any, token: str) -> HttpResponse:
    """One item, saved at once; what tells of danger brings help to the top of this very screen."""
    with _by_link(request, token) as form:
        if form is None or _over(form) or form.done is not None:
            raise Http404
        given, wrong = _given(request, form)
        form, _ = instruments.answer(form, given)
        page = _help(form) | {
            "saved": [item for item, _ in given],
            "clock": timezone.localtime(timezone.now(), form.organisation.zone),
            "wrong": wrong,
        }
        return ours(render(request, "assessment/parts/form_saved.html", page, status=422 if wrong else 200))
