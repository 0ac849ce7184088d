"""Pages of tasks, and of what a change of the content changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from trellis.workspace.assessment import rechecking
from trellis.workspace.assessment import tasks as clock
from trellis.workspace.assessment.models import Assessment, Task
from trellis.workspace.assessment.views import at_the_clinic
from trellis.workspace.words.tags import speaking

SHOWN = 200
AT_ONCE = 50


@require_GET
@at_the_clinic
def tasks(request: Any) -> HttpResponse:
    """My tasks, urgent first, then all others that I may see, then what was done lately."""
    member, now = request.membership, clock.now()
    clock.escalate(now, member.organisation_id)
    several = Task.objects.select_related("person", "owner__account", "escalated_to__account", "form")
    mine = Q(owner=member) | Q(escalated_to=member)
    still = several.filter(done=None).order_by("-urgent", "due", "pk")
    page = {
        "mine": still.filter(mine)[:SHOWN],
        "others": still.exclude(pk__in=still.filter(mine).values("pk"))[:SHOWN],
        "done": several.exclude(done=None).order_by("-done")[:20],
        "now": now,
    }
    return render(request, "assessment/tasks.html", page)


@require_POST
@at_the_clinic
def done(request: Any, key: str) -> HttpResponse:
    """A task is done, with words on what was done."""
    task, words = get_object_or_404(Task, key=key), request.POST.get("words", "").strip()
    if task.urgent and not words:
        messages.error(request, speaking()("workspace.task_words_needed"))
        return redirect("tasks")
    if task.done is None:
        task.done, task.done_by, task.done_words = clock.now(), request.membership, words[:300]
        task.save(update_fields=("done", "done_by", "done_words"))
    messages.info(request, speaking()("workspace.task_is_done"))
    return redirect("tasks")


@require_POST
def undo(request: Any, key: str) -> HttpResponse:
    """A task is not done after all. What was written stays in the audit."""
    task = get_object_or_404(Task, key=key)
    task.done, task.done_by = None, None
    task.save(update_fields=("done", "done_by"))
    messages.info(request, speaking()("workspace.task_is_open"))
    return redirect("tasks")


@require_GET
@at_the_clinic
def recheck(request: Any) -> HttpResponse:
    """Open assessments whose result is another since the content changed."""
    looked_at = rechecking.recheck(request.membership.organisation_id, AT_ONCE)
    page = {"moved": rechecking.moved(speaking()), "more": looked_at == AT_ONCE}
    return render(request, "assessment/recheck.html", page)


@require_POST
def looked(_: Any, key: str) -> HttpResponse:
    """Somebody has looked at what changed."""
    one = get_object_or_404(Assessment, key=key)
    Assessment.objects.filter(pk=one.pk).update(was={})
    return redirect("recheck")
