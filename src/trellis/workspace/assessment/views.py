"""Pages of an assessment: the whole set of facts by domain, one question after another, merging, history."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from trellis.interview.group import best_answers
from trellis.workspace.access.relations import condition_without_row
from trellis.workspace.access.rules import Action, Thing
from trellis.workspace.access.scoped import NotAllowed
from trellis.workspace.assessment import deciding, fields, panel, saving
from trellis.workspace.assessment.models import Assessment, GivenAnswer
from trellis.workspace.people.models import Person
from trellis.workspace.words.tags import speaking

SOURCE = "whose_word"
"""In the session: whose word the last answers were, so that it need not be chosen on each page anew."""
WHY = ("intake", "review", "event")
PageView = Callable[..., HttpResponse]


def at_the_clinic(view: PageView) -> PageView:
    """Days and clocks of a page are those of the clinic."""

    @wraps(view)
    def inside(request: Any, *rest: Any, **named: Any) -> HttpResponse:
        zone = request.membership.organisation.zone if request.membership is not None else None
        with timezone.override(zone):
            return view(request, *rest, **named)

    return inside


def sources_for(role: str) -> tuple[str, ...]:
    """Whose word an answer can be, the usual one first. Only who treats evaluates."""
    told = ("self-report", "loved-one report", "record")
    return ("clinician", *told) if role == "clinician" else (*told, "staff")


def begin(request: Any, key: str) -> HttpResponse:
    """A new assessment of a person: why, and whether it goes on from the last."""
    person = get_object_or_404(Person, key=key)
    last = Assessment.objects.filter(person=person).order_by("-begun", "-pk").first()
    wrong = False
    if request.method == "POST":
        why = request.POST.get("why", "")
        wrong = why not in WHY
        if not wrong:
            one = Assessment(
                organisation_id=person.organisation_id, person=person, why=why, begun_by=request.membership
            )
            one.save()
            way = request.POST.get("way")
            if way == "carry":
                return redirect("assessment_carry", key=one.key)
            return redirect("assessment_next", key=one.key) if way == "next" else redirect("assessment", key=one.key)
    page = {"person": person, "last": last, "whys": WHY, "wrong": wrong}
    return render(request, "assessment/begin.html", page, status=422 if wrong else 200)


@at_the_clinic
def assessment(request: Any, key: str) -> HttpResponse:
    """The first part of the whole set; for whoever may not change it, what they may see of it."""
    one = found(key)
    if may_answer(one):
        return redirect("assessment_part", key=one.key, group=fields.CONTEXTS)
    say = speaking()
    page: dict[str, Any] = {"assessment": one, "person": one.person}
    if sees_answers(one):
        rows = saving.rows_of(one)
        folded = deciding.fold(deciding.knowledge(), rows)
        result = deciding.result_of(folded, deciding.today(one.organisation))
        page |= {"rows": _told(folded, say), "panel": panel.panel_of(result, say)}
    return render(request, "assessment/seen.html", page)


def found(key: str) -> Assessment:
    """An assessment that whoever asks may see. Raises ``Http404``."""
    one: Assessment = get_object_or_404(
        Assessment.objects.select_related("person", "organisation", "begun_by__account"), key=key
    )
    return one


def may_answer(one: Assessment) -> bool:
    """Whether whoever asks may answer in it: it is open, and a rule lets them."""
    return one.closed is None and one.may("change")


def sees_answers(one: Assessment) -> bool:
    """Whether whoever asks may see the answers too. A consent can cover an assessment without them."""
    anybodys, people = condition_without_row(Thing.ANSWER, Action.SEE, one)
    return anybodys or Person.objects.filter(people, pk=one.person_id).exists()


def to_answer(key: str) -> Assessment:
    """An open assessment that whoever asks may answer in. Raises ``Http404``."""
    one = found(key)
    if not may_answer(one):
        raise Http404
    return one


def _told(folded: deciding.Rows, say: Any) -> list[tuple[str, list[tuple[Any, str, str]]]]:
    kb = deciding.knowledge()
    return [
        (
            fields.label(kb, name, say.lang),
            [(row, fields.row_words(row, say), fields.source_words(row.source, say)) for row in several],
        )
        for name, several in folded.items()
    ]


def _page(request: Any, one: Assessment, rows: list[Any], **more: Any) -> dict[str, Any]:
    """What every page of an open assessment shows: the panel, the parts, whose word, which day."""
    say, kb = speaking(), deciding.knowledge()
    folded = deciding.fold(kb, rows)
    result = deciding.result_of(folded, deciding.today(one.organisation))
    parts = [
        (group, sum(name in folded for name in group.names), len(group.names)) for group in fields.groups(kb, say.lang)
    ]
    options = [(source, fields.source_words(source, say)) for source in sources_for(request.membership.role)]
    return {
        "assessment": one,
        "person": one.person,
        "parts": parts,
        "sources": options,
        "source": request.session.get(SOURCE, options[0][0]),
        "today": deciding.today(one.organisation),
        "result": result,
        "panel": panel.panel_of(result, say),
        "minutes": None,
    } | more


@at_the_clinic
def part(request: Any, key: str, group: str) -> HttpResponse:
    """One domain of the whole set."""
    one = to_answer(key)
    return _part(request, one, group, saving.rows_of(one))


def _part(request: Any, one: Assessment, group: str, rows: list[Any], **more: Any) -> HttpResponse:
    say = speaking()
    several = fields.groups(deciding.knowledge(), say.lang)
    here = next((place for place, other in enumerate(several) if other.id == group), None)
    if here is None:
        raise Http404
    wrong: dict[str, str] = more.pop("wrong", {})
    shown = fields.fields_of(several[here].names, rows, say, more.pop("typed", None))
    for one_field in shown:
        one_field.error = wrong.get(one_field.name, "")
    page = _page(request, one, rows, group=several[here], fields=shown, wrong=[f for f in shown if f.error], **more)
    page["following"] = several[here + 1] if here + 1 < len(several) else None
    return render(request, "assessment/part.html", page, status=422 if wrong else 200)


@at_the_clinic
def adaptive(request: Any, key: str) -> HttpResponse:
    """The most useful open question, and what it could still change."""
    one = to_answer(key)
    return _adaptive(request, one, saving.rows_of(one))


def _adaptive(request: Any, one: Assessment, rows: list[Any], names: Iterable[str] = (), **more: Any) -> HttpResponse:
    say, kb = speaking(), deciding.knowledge()
    page = _page(request, one, rows)
    result, question = page["result"], page["result"].question
    asked = tuple(names) or (() if question is None else (question.factors or question.facts))
    wrong: dict[str, str] = more.get("wrong", {})
    shown = fields.fields_of(asked, rows, say, more.get("typed"))
    for one_field in shown:
        one_field.error = wrong.get(one_field.name, "")
    prompt = ""
    if question is not None and question.screen.prompt is not None:
        prompt = question.screen.prompt.clinician.in_language(say.lang)
    last = max(
        (
            row
            for row in rows
            if not row.taken_back and row in deciding.standing([r for r in rows if r.fact == row.fact])
        ),
        key=lambda row: (row.at, row.pk),
        default=None,
    )
    page |= {
        "fields": shown,
        "wrong": [one_field for one_field in shown if one_field.error],
        "prompt": prompt,
        "question": question,
        "several": len(shown) > 1,
        "bears_on": panel.bears_on(result, say),
        "last": last,
        "last_label": fields.label(kb, last.fact, say.lang) if last else "",
    }
    if not request.htmx:
        page["minutes"] = panel.minutes_left(result)
    return render(request, "assessment/next.html", page, status=422 if wrong else 200)


def _how(request: Any, one: Assessment) -> dict[str, Any]:
    """Whose word it is and of which day, as the form says."""
    source = request.POST.get("source", "")
    allowed = sources_for(request.membership.role)
    today = deciding.today(one.organisation)
    try:
        on = min(date.fromisoformat(request.POST.get("on", "")), today)
    except ValueError:
        on = today
    source = source if source in allowed else allowed[0]
    request.session[SOURCE] = source
    return {"source": source, "on": on, "member": request.membership}


def _names(request: Any) -> list[str]:
    kb = deciding.knowledge()
    posted = dict.fromkeys(name[2:] for name in request.POST if name.startswith(("v.", "u.", "n.")))
    return [name for name in posted if name in kb.facts or name in kb.factors or name in kb.inputs]


def _read(request: Any, names: Iterable[str], source: str) -> tuple[list[saving.Typed], dict[str, str]]:
    """What was typed, and by fact what is wrong with it."""
    say = speaking()
    typed, wrong = [], {}
    for name in names:
        try:
            one = saving.read_typed(request.POST, name)
        except saving.WrongAnswerError as fault:
            wrong[name] = say(f"workspace.{fault.key}", **fault.slots)
            continue
        if one is None:
            continue
        if deciding.is_evaluation(name) and not one.unknown and source not in ("clinician", "record"):
            wrong[name] = say("workspace.assess_wrong_evaluation")
        else:
            typed.append(one)
    return typed, wrong


@require_POST
@at_the_clinic
def answer(request: Any, key: str) -> HttpResponse:
    """Save what was answered. What is acknowledged is kept: the transaction has ended before a word is sent."""
    one = to_answer(key)
    how, names = _how(request, one), _names(request)
    if request.POST.get("none") and not request.htmx:
        return _none_of_these(request, one, how)
    typed, wrong = _read(request, names, how["source"])
    done = saving.save(one, typed, **how)
    if request.htmx:
        return _states(request, one, names, done, wrong)
    way = request.POST.get("way", "")
    if done.between:
        return _merge_page(request, one, done.between, how, way)
    asked = way == "next"
    if wrong:
        typed_again = {name: value for name, value in request.POST.items() if name[:2] in ("v.", "u.")}
        rows = saving.rows_of(one)
        if asked:
            return _adaptive(request, one, rows, names, wrong=wrong, typed=typed_again)
        return _part(request, one, way, rows, wrong=wrong, typed=typed_again)
    if asked and not typed and not done.rows:
        return _adaptive(
            request, one, saving.rows_of(one), wrong=dict.fromkeys(names[:1], speaking()("workspace.assess_choose"))
        )
    _acknowledge(request, done)
    return _back(one, way)


def _none_of_these(request: Any, one: Assessment, how: dict[str, Any]) -> HttpResponse:
    """None of what a checklist names: the best answer to each, as the interview gives it."""
    rows = saving.rows_of(one)
    result = deciding.result_of(deciding.fold(deciding.knowledge(), rows), deciding.today(one.organisation))
    question = result.question
    if question is None or question.factors or set(question.facts) != set(_names(request)):
        return redirect("assessment_next", key=one.key)  # another question by now: nothing is answered unseen
    given = {
        name: replace(best, source=how["source"], date=how["on"], author=request.membership.account.name)
        for name, best in best_answers(result.kb, question).items()
    }
    saving.bring(one, given.items(), carried="", member=request.membership)
    messages.info(request, speaking()("workspace.assess_saved_at", clock=f"{timezone.localtime():%H:%M}"))
    return _back(one, "next")


def _acknowledge(request: Any, done: saving.Saved) -> None:
    say, clock = speaking(), f"{timezone.localtime(done.at):%H:%M}"
    if done.rows:
        messages.info(request, say("workspace.assess_saved_count", count=len(done.rows), clock=clock))
    else:
        messages.info(request, say("workspace.assess_nothing_new"))


def _back(one: Assessment, way: str) -> HttpResponse:
    if way == "next":
        where = reverse("assessment_next", args=[one.key])
    elif any(way == group.id for group in fields.groups(deciding.knowledge(), "en")):
        where = reverse("assessment_part", args=[one.key, way])
    else:
        where = reverse("assessment", args=[one.key])
    return HttpResponseRedirect(where)


def ours(response: HttpResponse) -> HttpResponse:
    """Marked as an answer of these pages, so that the page of signing in is never shown in a field."""
    response["X-Answer"] = "1"
    return response


def _states(
    request: Any,
    one: Assessment,
    names: list[str],
    done: saving.Saved,
    wrong: dict[str, str],
    *,
    whole: bool = False,
) -> HttpResponse:
    """For htmx: under each field what became of it (or the whole field anew), and the panel anew."""
    say, rows = speaking(), saving.rows_of(one)
    between = {one_between.typed.fact: one_between for one_between in done.between}
    fresh = {row.fact for row in done.rows} | set(done.same)
    states = [
        fields.state_of(
            name,
            [row for row in rows if row.fact == name],
            say,
            fresh=name in fresh,
            error=wrong.get(name, ""),
            between=_both(between[name], say) if name in between else None,
        )
        for name in names
    ]
    result = deciding.result_of(deciding.fold(deciding.knowledge(), rows), deciding.today(one.organisation))
    way = request.POST.get("way", "")
    page = {"assessment": one, "states": states, "panel": panel.panel_of(result, say), "way": way}
    if whole:
        page |= {"states": [], "whole": fields.fields_of(names, rows, say)}
    status = 422 if wrong else 409 if between else 200
    return ours(render(request, "assessment/parts/states.html", page, status=status))


def _both(between: saving.AnsweredBetween, say: Any) -> dict[str, Any]:
    """Both answers where somebody else answered in between."""
    kb, typed = deciding.knowledge(), between.typed
    theirs = [(row, fields.row_words(row, say), fields.source_words(row.source, say)) for row in between.now]
    return {
        "name": typed.fact,
        "id": typed.fact.replace(".", "-"),
        "label": fields.label(kb, typed.fact, say.lang),
        "mine": fields.value_words(kb, typed.fact, typed.value, typed.unknown, say),
        "value": typed.unknown or typed.value,
        "open": typed.fact in kb.inputs and bool(typed.unknown),
        "theirs": theirs,
        "number": between.number,
        "both": typed.fact not in kb.factors,
    }


def _merge_page(
    request: Any, one: Assessment, several: list[saving.AnsweredBetween], how: dict[str, Any], way: str, wrong: str = ""
) -> HttpResponse:
    say = speaking()
    page = {
        "assessment": one,
        "person": one.person,
        "both": [_both(between, say) for between in several],
        "source": how["source"],
        "on": how["on"].isoformat(),
        "way": way,
        "wrong": wrong,
    }
    return render(request, "assessment/merge.html", page, status=409)


@require_POST
@at_the_clinic
def merge(request: Any, key: str) -> HttpResponse:
    """Somebody else answered in between: take one, the other, or both. Whatever is chosen, both stay in the history."""
    one = to_answer(key)
    how, way = _how(request, one), request.POST.get("way", "")
    names = _names(request)
    typed, wrong = _read(request, names, how["source"])
    done = saving.Saved(timezone.now())
    undecided = []
    for given in typed:
        chosen = request.POST.get(f"m.{given.fact}") or request.POST.get("m")
        rows = [row for row in saving.rows_of(one) if row.fact == given.fact]
        if chosen not in ("mine", "theirs", "both"):
            undecided.append(saving.AnsweredBetween(given, deciding.standing(rows), rows[-1].number if rows else 0))
            continue
        both = chosen == "both" and given.fact not in deciding.knowledge().factors
        found_now = saving.save(one, [given], several=both, **how)
        if chosen == "theirs" and found_now.rows:
            saving.take_back(one, found_now.rows[0], member=request.membership, on=how["on"])
        done.rows += found_now.rows
        done.between += found_now.between
        done.at = found_now.at
    if request.htmx:
        return _states(request, one, names, done, wrong, whole=not done.between)
    if done.between or undecided:
        fault = speaking()("workspace.assess_choose") if undecided else ""
        return _merge_page(request, one, [*done.between, *undecided], how, way, fault)
    _acknowledge(request, done)
    return _back(one, way)


@require_POST
@at_the_clinic
def take_back(request: Any, key: str) -> HttpResponse:
    """Take an answer back, or take that back. A row is added, and nothing is removed."""
    one = to_answer(key)
    fact, _, number = request.POST.get("back", "").rpartition(":")
    row = get_object_or_404(GivenAnswer, assessment=one, fact=fact, number=int(number) if number.isdecimal() else 0)
    done = saving.take_back(one, row, member=request.membership, on=deciding.today(one.organisation))
    if request.htmx:
        return _states(request, one, [fact], done, {}, whole=True)
    messages.info(request, speaking()("workspace.assess_taken_back"))
    return _back(one, request.POST.get("way", ""))


@require_GET
@at_the_clinic
def history(request: Any, key: str, fact: str) -> HttpResponse:
    """Every answer to one fact in every assessment of the person: what, who, when, from where."""
    one, say, kb = found(key), speaking(), deciding.knowledge()
    known = fact in kb.facts or fact in kb.factors or fact in kb.inputs
    if not known or not sees_answers(one):
        raise Http404
    rows = list(
        GivenAnswer.objects.filter(person=one.person, fact=fact)
        .select_related("author__account", "assessment")
        .order_by("-at", "-number")
    )
    stand = {
        row.pk
        for number in {row.assessment_id for row in rows}
        for row in deciding.standing(sorted((r for r in rows if r.assessment_id == number), key=lambda r: r.number))
    }
    shown = [
        (
            row,
            "" if row.taken_back else fields.row_words(row, say),
            fields.source_words(row.source, say),
            row.pk in stand,
        )
        for row in rows
    ]
    page = {"assessment": one, "person": one.person, "label": fields.label(kb, fact, say.lang), "rows": shown}
    return render(request, "assessment/history.html", page)


@require_GET
def minutes(request: Any, key: str) -> HttpResponse:
    """The minutes left, worked out beside the page, for that takes longer than the page."""
    one = to_answer(key)
    result = deciding.result_of(
        deciding.fold(deciding.knowledge(), saving.rows_of(one)), deciding.today(one.organisation)
    )
    page = {"assessment": one, "minutes": panel.minutes_left(result)}
    return ours(render(request, "assessment/parts/minutes.html", page))


@require_POST
def close(request: Any, key: str) -> HttpResponse:
    """Close an assessment, or open it again: nothing is lost by either."""
    one = found(key)
    again = request.POST.get("again") == "1"
    try:
        Assessment.objects.filter(pk=one.pk).update(closed=None if again else timezone.now())
    except NotAllowed:
        raise Http404 from None
    messages.info(request, speaking()("workspace.assess_opened" if again else "workspace.assess_closed"))
    return redirect("person", key=one.person.key)
