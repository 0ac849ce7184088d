"""Pages of the caseload and of a person's care team."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from trellis.workspace.access.rules import STAFF, Action, Thing, relations_for
from trellis.workspace.access.viewer import viewing
from trellis.workspace.assessment.models import Task
from trellis.workspace.desk.caseload import FILTERS, PAGE, SHOW, SORTS, Caseload, Wish, look
from trellis.workspace.people.models import STAGES, Membership, Person, Relation, SavedView
from trellis.workspace.words.content import knowledge, package_name
from trellis.workspace.words.tags import speaking

SEARCH = "caseload_search"
"""Where the session keeps what was searched for: an address would keep a name in histories and logs."""
LONGEST_SEARCH = 100
PARTS = ("assessment/parts/person.html", "consent/parts/person.html")
"""What other parts of the workspace put on a person's page, where they are there."""


def caseload(request: Any) -> HttpResponse:
    """Everybody whom whoever asks may see: what asks for attention first, and filters."""
    if request.method == "POST":
        return _search(request)
    viewer, lang = viewing(), speaking().lang
    settings = tuple(knowledge().settings) if relations_for(viewer.role, Thing.ASSESSMENT, Action.SEE) else ()
    wish = Wish.of(request.GET, viewer.role, settings, request.session.get(SEARCH, ""))
    load = Caseload(viewer, wish)
    counts = load.counts()
    people = load.people()
    page = Paginator(people, PAGE)
    if not wish.chosen:
        page.count = counts["all"]  # it is known already
    shown = page.get_page(request.GET.get("page"))
    context = {
        "rows": load.rows(list(shown)),
        "page": shown,
        "wish": wish,
        "load": load,
        "total": counts["all"],
        "shows": [_choice("show", one, wish, counts, f"show_{one}") for one in _shown(load)],
        "groups": _groups(wish, load, counts, settings, lang),
        "sorts": [(one, speaking()(f"workspace.sort_{one}"), wish.sort == one) for one in _sorts(load)],
        "works_there": viewer.role in STAFF,
        "may_add": bool(relations_for(viewer.role, Thing.PERSON, Action.ADD)),
        "views": list(SavedView.objects.filter(membership=viewer.membership)) if viewer.role in STAFF else [],
        "query": wish.query(),
        "lang": lang,
    }
    return render(request, "people/caseload.html", context)


def _search(request: Any) -> HttpResponse:
    words = " ".join(request.POST.get("words", "").split())[:LONGEST_SEARCH]
    if words and "clear" not in request.POST:
        request.session[SEARCH] = words
    else:
        request.session.pop(SEARCH, None)
    query = QueryDict(request.POST.get("query", "")[:500], mutable=True)
    query.pop("page", None)
    return redirect(f"{reverse('caseload')}?{query.urlencode()}" if query else reverse("caseload"))


def _shown(load: Caseload) -> list[str]:
    return [one for one in SHOW if load.clinical or one == "waiting" or (one == "due" and load.tasks)]


def _sorts(load: Caseload) -> list[str]:
    return [one for one in SORTS if load.clinical or one == "name"]


def _choice(group: str, one: str, wish: Wish, counts: dict[str, int], name: str) -> dict[str, Any]:
    return {
        "id": one,
        "words": speaking()(f"workspace.{name}"),
        "count": counts.get(name),
        "on": one in wish.chosen.get(group, ()),
        "query": wish.without(group, one),
    }


def _groups(
    wish: Wish, load: Caseload, counts: dict[str, int], settings: tuple[str, ...], lang: str
) -> list[dict[str, Any]]:
    """The further filters, each group with its choices. A stage that nobody is at is left out."""
    stages = [one for one in STAGES if counts[f"stage_{one}"] or one in wish.chosen.get("stage", ())]
    groups = [("stage", [_choice("stage", one, wish, counts, f"stage_{one}") for one in stages])]
    if load.clinical:
        named = [
            {"id": one, "words": package_name(one, lang), "on": one in wish.chosen.get("setting", ())}
            for one in settings
        ]
        groups.append(("setting", named))
        groups.append(("settled", [_choice("settled", one, wish, {}, f"settled_{one}") for one in FILTERS["settled"]]))
    if load.tasks:
        groups.append(("mine", [_choice("mine", one, wish, {}, f"mine_{one}") for one in FILTERS["mine"]]))
    return [{"id": name, "words": speaking()(f"workspace.filter_{name}"), "choices": some} for name, some in groups]


@require_POST
def view_keep(request: Any) -> HttpResponse:
    """Keep the filters under a name, or let a kept view go; what was let go can be taken back."""
    viewer, say = viewing(), speaking()
    query = QueryDict(request.POST.get("query", "")[:500])
    kept = Wish.of(query, viewer.role, tuple(knowledge().settings)).query()
    mine = SavedView.objects.filter(membership=viewer.membership)
    if "remove" in request.POST:
        gone = get_object_or_404(mine, key=request.POST["remove"])
        request.session["view_gone"] = [gone.name, gone.query]
        gone.delete()
        return redirect(f"{reverse('caseload')}?gone=1")
    if "undo" in request.POST:
        name, kept = request.session.pop("view_gone", ("", ""))
    else:
        name = " ".join(request.POST.get("name", "").split())[:60]
    if not name:
        messages.error(request, say("workspace.view_needs_a_name"))
    elif mine.count() >= SavedView.MOST:
        messages.error(request, say("workspace.view_too_many", most=SavedView.MOST))
    else:
        SavedView(organisation_id=viewer.organisation, membership_id=viewer.membership, name=name, query=kept).save()
        messages.success(request, say("workspace.view_kept", name=name))
    return redirect(f"{reverse('caseload')}?{kept}")


def person(request: Any, key: str) -> HttpResponse:
    """One person: who they are, who works with them, what is to be done, and what the other parts know."""
    one = get_object_or_404(Person, key=key)
    viewer = viewing()
    look(viewer, one)
    now = timezone.now()
    relations = list(Relation.objects.filter(person=one).select_related("membership__account").order_by("-leads", "pk"))
    team = [each for each in relations if each.kind == "care_team" and (each.until is None or each.until > now)]
    others = [each for each in relations if each.kind != "care_team" and (each.until is None or each.until > now)]
    may_change_team = _may_change_team(one)
    context = {
        "person": one,
        "team": team,
        "others": others,
        "may_change_team": may_change_team,
        "members": _who_may_join(team) if may_change_team else [],
        "ended": _ended(request, relations) if may_change_team else None,
        "sees_tasks": bool(relations_for(viewer.role, Thing.TASK, Action.SEE)),
        "tasks": list(Task.objects.filter(person=one, done=None).select_related("owner__account").order_by("due")),
        "sees_audit": bool(relations_for(viewer.role, Thing.AUDIT, Action.SEE)),
        "parts": [name for name in PARTS if _is_there(name)],
        "setting_now": package_name(one.setting, speaking().lang) if one.setting else "",
        "now": now,
    }
    return render(request, "people/person.html", context)


def _is_there(template: str) -> bool:
    try:
        get_template(template)
    except TemplateDoesNotExist:
        return False
    return True


def _may_change_team(one: Person) -> bool:
    """Whether whoever asks may add to the care team of this person."""
    tried = Relation(organisation_id=one.organisation_id, person=one, kind="care_team")
    return tried.is_addable()


def _who_may_join(team: list[Relation]) -> list[Membership]:
    there = {each.membership_id for each in team}
    now = timezone.now()
    members = Membership.objects.filter(role__in=STAFF, since__lte=now).exclude(until__lte=now)
    return [one for one in members.select_related("account").order_by("account__name") if one.pk not in there]


def _ended(request: Any, relations: list[Relation]) -> Relation | None:
    number = request.GET.get("ended", "")
    return next((one for one in relations if str(one.pk) == number and one.until is not None), None)


@require_POST
def team(request: Any, key: str) -> HttpResponse:
    """Put somebody on the care team, take them off it, or take that back."""
    one = get_object_or_404(Person, key=key)
    if not _may_change_team(one):
        raise Http404
    back = reverse("person", args=[key])
    several = Relation.objects.filter(person=one, kind="care_team")
    if "end" in request.POST:
        ended = get_object_or_404(several, pk=_number(request.POST["end"]))
        ended.until = timezone.now()
        ended.save(update_fields=["until"])
        return redirect(f"{back}?ended={ended.pk}#team")
    if "undo" in request.POST:
        again = get_object_or_404(several, pk=_number(request.POST["undo"]))
        again.until = None
        again.save(update_fields=["until"])
        return redirect(f"{back}#team")
    member = Membership.objects.filter(pk=_number(request.POST.get("member", "")), role__in=STAFF).first()
    if member is None:
        messages.error(request, speaking()("workspace.team_choose"))
        return redirect(f"{back}#team")
    now = timezone.now()
    there = several.filter(membership=member).exclude(until__lte=now)
    if not there.exists():
        Relation(
            organisation_id=one.organisation_id,
            person=one,
            membership=member,
            kind="care_team",
            leads=not several.filter(leads=True).exclude(until__lte=now).exists(),
        ).save()
    return redirect(f"{back}#team")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0
