"""What every table about people is made of: its queries show what the one who asks may see, and nothing else.

The rules hold where data is read and written, not on a page: also for whoever follows a reference, counts, searches or
writes many rows at once. The walls between organisations are part of every condition.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.core.exceptions import PermissionDenied
from django.db import models

from trellis.workspace.access import seen
from trellis.workspace.access.relations import condition
from trellis.workspace.access.rules import Action, Thing
from trellis.workspace.access.viewer import Upkeep, asking


class NotAllowed(PermissionDenied):
    """No row of the table lets whoever asks do this. Pages answer as if there were no such thing."""


class ScopedQuerySet(models.QuerySet[Any]):
    """Rows that somebody may see; writing them asks again whether they may."""

    def that_may(self, action: Action) -> Self:
        """Those of them that whoever asks may do something to."""
        return self.filter(condition(self.model.thing, action, self.model.person_path))

    def update(self, **values: Any) -> int:
        """Change all of them, or none: raises :class:`NotAllowed` where one may be seen only."""
        self._all_may(Action.CHANGE)
        if not isinstance(asking(), Upkeep) and {"organisation", "organisation_id", "person", "person_id"} & set(
            values
        ):
            raise NotAllowed("Nothing moves to another person or organisation.")
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Remove all of them, or none: raises :class:`NotAllowed` where one may not be removed."""
        self._all_may(Action.REMOVE)
        return super().delete()

    def bulk_create(self, objs: Iterable[Any], *rest: Any, **options: Any) -> list[Any]:
        """Add all of them, or none: raises :class:`NotAllowed`."""
        several = list(objs)
        for one in several:
            one.must_be_addable()
        return super().bulk_create(several, *rest, **options)

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        """Change all of them, or none: raises :class:`NotAllowed`."""
        several = list(objs)
        for one in several:
            one.must_allow(Action.CHANGE)
        return super().bulk_update(several, fields, batch_size)

    def values(self, *fields: Any, **expressions: Any) -> Any:
        """As Django's; the rows cannot be written down one by one as seen, so the table is."""
        seen.note_table(self.model.thing)
        return super().values(*fields, **expressions)

    def values_list(self, *fields: Any, **options: Any) -> Any:
        """As Django's; see :meth:`values`."""
        seen.note_table(self.model.thing)
        return super().values_list(*fields, **options)

    def _all_may(self, action: Action) -> None:
        may: models.QuerySet[Any] = models.QuerySet(self.model).filter(
            condition(self.model.thing, action, self.model.person_path)
        )
        if self.exclude(pk__in=may.values("pk")).exists():
            raise NotAllowed(f"{action} {self.model.thing}")


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """Begins with what whoever asks may see."""

    def get_queryset(self) -> ScopedQuerySet:
        """What whoever asks may see. Raises :class:`~trellis.workspace.access.viewer.NobodyAsks`."""
        queryset: ScopedQuerySet = super().get_queryset()
        return queryset.that_may(Action.SEE)


class ScopedModel(models.Model):
    """A table about people or about who may see them.

    Attributes:
        thing: what a row is in the table of rules.
        person_path: the path from a row to its person's number; empty where a row is about no person.
    """

    thing: ClassVar[Thing]
    person_path: ClassVar[str] = "person_id"

    objects = ScopedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"  # following a reference obeys the rules too
        default_manager_name = "objects"

    @classmethod
    def from_db(cls, *row: Any) -> Self:  # type: ignore[override]
        """A row that was read: written down as seen."""
        one = super().from_db(*row)
        seen.note(one)
        return one

    def may(self, action: str) -> bool:
        """Whether whoever asks may do something to this row, as it stands in the database."""
        return models.QuerySet(type(self)).filter(condition(self.thing, action, self.person_path), pk=self.pk).exists()

    def must_allow(self, action: Action) -> None:
        """Raises :class:`NotAllowed` where whoever asks may not do it, or the row would move to another person."""
        same = {name: self._value(name) for name in ("organisation_id", "person_id") if self._value(name) is not None}
        there: models.QuerySet[Any] = models.QuerySet(type(self)).filter(
            condition(self.thing, action, self.person_path), pk=self.pk
        )
        if not (there if isinstance(asking(), Upkeep) else there.filter(**same)).exists():
            raise NotAllowed(f"{action} {self.thing}")

    def must_be_addable(self) -> None:
        """Raises :class:`NotAllowed` where whoever asks may not add such a row for such a person."""
        who = asking()
        if isinstance(who, Upkeep):
            return
        own = self._value("organisation_id")
        if self.thing is not Thing.ORGANISATION and own != who.organisation:
            raise NotAllowed(f"add {self.thing}: another organisation")
        if not self._would_match():
            raise NotAllowed(f"add {self.thing}")

    def is_addable(self) -> bool:
        """Whether whoever asks may add such a row for such a person: what a page offers."""
        try:
            self.must_be_addable()
        except NotAllowed:
            return False
        return True

    def _would_match(self) -> bool:
        """Whether the row, if it stood there, would be one that may be added."""
        from django.apps import apps

        from trellis.workspace.access.relations import condition_without_row

        people: models.QuerySet[Any] = models.QuerySet(apps.get_model("people", "Person")).filter(
            organisation_id=self._value("organisation_id")
        )
        person = self._value("person_id") if self.person_path == "person_id" else None
        allowed, of_people = condition_without_row(self.thing, Action.ADD, self)
        if allowed:
            return person is None or people.filter(pk=person).exists()
        return person is not None and people.filter(of_people, pk=person).exists()

    def _value(self, name: str) -> Any:
        return getattr(self, name, None)

    def save(self, *rest: Any, **options: Any) -> None:
        """Keep the row. Raises :class:`NotAllowed` where whoever asks may not add or change it."""
        if self._state.adding:
            self.must_be_addable()
        else:
            self.must_allow(Action.CHANGE)
        super().save(*rest, **options)

    def delete(self, *rest: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Remove the row. Raises :class:`NotAllowed` where whoever asks may not."""
        self.must_allow(Action.REMOVE)
        return super().delete(*rest, **options)
