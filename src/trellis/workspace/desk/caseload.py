"""The caseload as queries: who is in care, what asks for attention, and the filters; the rules are in every condition.

A person counts as

- *at risk* when an open assessment shows a danger;
- *due* when an open assessment or task is due within seven days, or is overdue;
- *changed* when an assessment changed after whoever asks last looked at the person's page, or they never looked;
- *waiting* when the team says that the person waits for a place.

All conditions are made of managers that obey the rules: whoever may not see assessments finds nobody at risk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.http import QueryDict
from django.utils import timezone

from trellis.workspace.access.rules import Action, Role, Thing, relations_for
from trellis.workspace.access.viewer import Viewer
from trellis.workspace.assessment.models import Assessment, Task
from trellis.workspace.people.models import STAGES, LastLook, Person, Relation

PAGE = 50
SOON = timedelta(days=7)
SHOW = ("risk", "due", "changed", "waiting")
SORTS = ("attention", "next", "name")
SETTLED = ("yes", "no")
FILTERS: dict[str, Sequence[str]] = {"show": SHOW, "stage": STAGES, "settled": SETTLED, "mine": ("lead", "task")}
"""By group, what may be chosen where it is a fixed list; ``setting`` is chosen from the content's settings."""
FIRST_SORT = {Role.SUPERVISOR: "attention", Role.CLINICIAN: "attention", Role.CASE_MANAGER: "next", Role.PEER: "next"}
"""What comes first for a role; the name for all others."""


@dataclass(frozen=True)
class Wish:
    """What is to be shown.

    Args:
        chosen: by group, what was chosen: any within a group, and all groups.
        sort: one of :data:`SORTS`.
        search: part of a name or of a number in the clinic's own records; never a part of an address.
    """

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "name"
    search: str = ""

    @classmethod
    def of(cls, query: QueryDict, role: str, settings: Sequence[str], search: str = "") -> Wish:
        """What an address asks for. What cannot be chosen is left out."""
        allowed = FILTERS | {"setting": settings}
        chosen = {group: tuple(one for one in allowed[group] if one in query.getlist(group)) for group in allowed}
        sort = query.get("sort", "")
        first = FIRST_SORT.get(Role(role), "name")
        return cls({group: some for group, some in chosen.items() if some}, sort if sort in SORTS else first, search)

    def query(self, **changed: Any) -> str:
        """As a part of an address, with some of it changed."""
        told: dict[str, Any] = {**self.chosen, "sort": self.sort, **changed}
        return urlencode({name: some for name, some in told.items() if some}, doseq=True)

    def without(self, group: str, one: str) -> str:
        """The same, with one choice turned round."""
        some = self.chosen.get(group, ())
        turned = tuple(each for each in some if each != one) if one in some else (*some, one)
        return self.query(**{group: turned})


@dataclass(frozen=True)
class CaseloadRow:
    """One person of the list.

    Args:
        person: who.
        assessment: the last one that whoever asks may see, or None.
        lead: who leads the care team, or None.
        next: the next day on which something is due, or None.
        marks: which of :data:`SHOW` the person is.
        overdue: whether the next day is over.
    """

    person: Any
    assessment: Any
    lead: Any
    next: date | None
    marks: tuple[str, ...]
    overdue: bool


class Caseload:
    """The caseload of whoever asks.

    Args:
        viewer: who asks.
        wish: what is to be shown.
        now: the moment that days are counted from.
    """

    def __init__(self, viewer: Viewer, wish: Wish, now: datetime | None = None) -> None:
        self.viewer = viewer
        self.wish = wish
        self.now = now or timezone.now()
        self.today = timezone.localdate(self.now)
        self.clinical = bool(relations_for(viewer.role, Thing.ASSESSMENT, Action.SEE))
        self.tasks = bool(relations_for(viewer.role, Thing.TASK, Action.SEE))

    @property
    def until(self) -> datetime:
        """The end of the last day that is soon."""
        return timezone.make_aware(datetime.combine(self.today + SOON + timedelta(days=1), time.min))

    def conditions(self) -> dict[str, Any]:
        """For each of :data:`SHOW`, when a person is that."""
        opened = Assessment.objects.filter(person=OuterRef("pk"), closed=None)
        looked = LastLook.objects.filter(person=OuterRef("person"), membership=self.viewer.membership)
        changed = Assessment.objects.filter(person=OuterRef("pk")).exclude(
            Exists(looked.filter(at__gte=OuterRef("changed")))
        )
        tasks = Task.objects.filter(person=OuterRef("pk"), done=None)
        return {
            "risk": Exists(opened.filter(urgent=True)),
            "due": Exists(opened.filter(due__lte=self.today + SOON)) | Exists(tasks.filter(due__lt=self.until)),
            "changed": Exists(changed),
            "waiting": Q(stage="waiting"),
        }

    def searched(self) -> QuerySet[Person]:
        """Everybody whom whoever asks may see, or of those whom the search finds."""
        people = Person.objects.all()
        for word in self.wish.search.split():
            people = people.filter(Q(name__icontains=word) | Q(called__icontains=word) | Q(chart__icontains=word))
        return people

    def open(self) -> QuerySet[Person]:
        """Those in care now; those whose care is done only where they are asked for."""
        people = self.searched()
        return people if "closed" in self.wish.chosen.get("stage", ()) else people.filter(closed=None)

    def counts(self) -> dict[str, int]:
        """How many there are of each filter, in one query."""
        told = {f"show_{name}": condition for name, condition in self.conditions().items()}
        told |= {f"stage_{stage}": Q(stage=stage) for stage in STAGES}
        found: dict[str, int] = self.searched().aggregate(
            all=Count("pk", filter=Q(closed=None)),
            **{
                name: Count("pk", filter=Q(condition) & Q(closed=None) if name != "stage_closed" else Q(condition))
                for name, condition in told.items()
            },
        )
        return found

    def people(self) -> QuerySet[Person]:
        """Those who are asked for, in the order that is asked for."""
        people, conditions = self.open(), self.conditions()
        for group, some in self.wish.chosen.items():
            together = Q(pk__in=[])
            for one in some:
                together |= Q(conditions[one]) if group == "show" else self._chosen(group, one)
            people = people.filter(together)
        if self.wish.sort == "name":
            return people.order_by("name", "pk")
        people = people.annotate(next_due=self._next_due())
        by_day = F("next_due").asc(nulls_last=True)
        if self.wish.sort == "next":
            return people.order_by(by_day, "name", "pk")
        danger = Case(When(conditions["risk"], then=Value(0)), default=Value(1))
        return people.annotate(danger_first=danger).order_by("danger_first", by_day, "name", "pk")

    def _chosen(self, group: str, one: str) -> Q:
        opened = Assessment.objects.filter(person=OuterRef("pk"), closed=None)
        match group:
            case "stage":
                return Q(stage=one)
            case "settled":
                return Q(Exists(opened.filter(settled=one == "yes")))
            case "setting":
                return Q(Exists(opened.filter(Q(least=one) | Q(least__startswith=f"{one}+"))))
            case _ if one == "lead":
                leads = self._leads().filter(person=OuterRef("pk"), membership=self.viewer.membership)
                return Q(Exists(leads))
            case _:
                mine = Task.objects.filter(person=OuterRef("pk"), done=None, owner=self.viewer.membership)
                return Q(Exists(mine))

    def _leads(self) -> QuerySet[Relation]:
        now = Q(until=None) | Q(until__gt=self.now)
        return Relation.objects.filter(now, kind="care_team", leads=True, since__lte=self.now)

    def _next_due(self) -> Any:
        opened = Assessment.objects.filter(person=OuterRef("pk"), closed=None).order_by()
        return Subquery(opened.values("person").annotate(first=Min("due")).values("first"))

    def rows(self, people: Sequence[Any]) -> list[CaseloadRow]:
        """The rows of one page: four queries, however many people there are."""
        numbers = [one.pk for one in people]
        latest = self._latest(numbers)
        leads = {one.person_id: one.membership for one in self._leads().filter(person__in=numbers).select_related(
            "membership__account"
        )}  # fmt: skip
        tasks: dict[int, datetime] = {}
        if self.tasks:
            for task in Task.objects.filter(person__in=numbers, done=None).order_by("-due"):
                tasks[task.person_id] = task.due
        looked = {}
        if self.clinical:
            looked = {
                one.person_id: one.at
                for one in LastLook.objects.filter(person__in=numbers, membership=self.viewer.membership)
            }
        return [self._row(one, latest.get(one.pk), leads.get(one.pk), tasks.get(one.pk), looked) for one in people]

    def _latest(self, numbers: Sequence[int]) -> dict[int, Any]:
        if not self.clinical:
            return {}
        several = Assessment.objects.filter(person__in=numbers).order_by("begun", "pk")
        return {one.person_id: one for one in several}

    def _row(
        self, person: Any, latest: Any, lead: Any, task: datetime | None, looked: Mapping[int, datetime]
    ) -> CaseloadRow:
        opened = latest if latest is not None and latest.closed is None else None
        days = [opened.due] if opened is not None and opened.due else []
        days += [timezone.localdate(task)] if task else []
        first = min(days, default=None)
        is_it = {
            "risk": opened is not None and opened.urgent,
            "due": first is not None and first <= self.today + SOON,
            "changed": latest is not None and (person.pk not in looked or looked[person.pk] < latest.changed),
            "waiting": person.stage == "waiting",
        }
        marks = tuple(name for name in SHOW if is_it[name])
        overdue = first is not None and (first < self.today or (task is not None and task < self.now))
        return CaseloadRow(person, latest, lead, first, marks, overdue)


def look(viewer: Viewer, person: Person) -> None:
    """Whoever asks looks at a person's page now."""
    if not relations_for(viewer.role, Thing.LOOKED, Action.ADD):
        return
    LastLook.objects.bulk_create(
        [
            LastLook(
                organisation_id=viewer.organisation, membership_id=viewer.membership, person=person, at=timezone.now()
            )
        ],
        update_conflicts=True,
        unique_fields=["membership", "person"],
        update_fields=["at"],
    )
