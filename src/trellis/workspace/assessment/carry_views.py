"""Pages for taking answers over from elsewhere: look first, then take."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from trellis.errors import TrellisError
from trellis.guide.keep import KeepError
from trellis.workspace.assessment import carrying, deciding, saving
from trellis.workspace.assessment.instruments import answers_of_form
from trellis.workspace.assessment.models import Assessment, Form
from trellis.workspace.assessment.views import at_the_clinic, to_answer
from trellis.workspace.words.tags import speaking

MOST_BYTES = 4_000_000


@sensitive_post_parameters("passphrase", "code")
@at_the_clinic
def carry(request: Any, key: str) -> HttpResponse:
    """Where answers can come from; then what would come, disagreements first. Nothing is taken over yet."""
    one, say = to_answer(key), speaking()
    day = deciding.today(one.organisation)
    answered = Assessment.objects.filter(person=one.person).exclude(knowledge="")  # decided once, as an answer came
    earlier = answered.exclude(pk=one.pk).order_by("-begun", "-pk").first()
    forms = list(Form.objects.filter(person=one.person).exclude(done=None).order_by("-done")[:20])
    page: dict[str, Any] = {"assessment": one, "person": one.person, "earlier": earlier, "forms": forms, "wrong": ""}
    found: carrying.FoundAnswers | None = None
    carried = request.POST.get("from", "")
    if request.method == "POST" and carried == "assessment" and earlier is not None:
        found = carrying.from_assessment(earlier)
    elif request.method == "POST" and carried == "guide":
        try:
            text = _text(request)
            found, left, kept_on = carrying.from_guide(text, request.POST.get("passphrase", ""), day)
            page |= {"left": left, "kept_on": kept_on}
        except KeepError as fault:
            page["wrong"] = say(f"workspace.carry_wrong_{fault.code}")
        except (TrellisError, UnicodeDecodeError):
            page["wrong"] = say("workspace.carry_wrong_not_ours")
    elif request.method == "POST" and carried == "form":
        wanted = next((form for form in forms if form.key == request.POST.get("form")), None)
        if wanted is not None:
            found = answers_of_form(wanted)
    if found is None:
        return render(request, "assessment/carry.html", page, status=422 if page["wrong"] else 200)
    several = carrying.offered(one, found, day, say)
    page |= {
        "offered": several,
        "conflicts": [each for each in several if each.here],
        "others": [each for each in several if not each.here],
        "sealed": carrying.sealed(one, found, carried),
    }
    return render(request, "assessment/carry_look.html", page)


def _text(request: Any) -> str:
    given = request.FILES.get("file")
    if given is None:
        return str(request.POST.get("code", ""))[:MOST_BYTES]
    return bytes(given.read(MOST_BYTES)).decode("utf-8-sig")


@require_POST
@at_the_clinic
def take(request: Any, key: str) -> HttpResponse:
    """Take over what was chosen on the page before."""
    one, say = to_answer(key), speaking()
    opened = carrying.unsealed(one, request.POST.get("sealed", ""))
    if opened is None:
        messages.info(request, say("workspace.carry_too_late"))
        return redirect("assessment_carry", key=one.key)
    found, carried = opened
    several = carrying.offered(one, found, deciding.today(one.organisation), say)
    rows = saving.bring(
        one, carrying.chosen(several, request.POST.getlist("take")), carried=carried, member=request.membership
    )
    messages.info(request, say("workspace.carry_done", count=len(rows)))
    return redirect("assessment", key=one.key)
