"""The reader of each form, imported when it is used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib import import_module
from typing import Protocol

from trellis.directory.reading.form import Opened
from trellis.directory.reading.row import BadRow, ListRow
from trellis.directory.terms import Terms
from trellis.kinds.place_feature import ListFormat, PlaceList

WHERE = {"csv": "table", "findtreatment": "findtreatment", "fhir": "healthcare_service", "hsds": "hsds"}


class ListReader(Protocol):
    """Reads one form."""

    def __call__(self, opened: Opened, terms: Terms, place_list: PlaceList, as_of: date) -> Iterator[ListRow | BadRow]:
        """Each row, taken or told, in the order of the file."""


def reader_for(form: ListFormat) -> ListReader:
    """The reader of a form.

    >>> reader_for("csv").__module__
    'trellis.directory.reading.table'
    """
    found: ListReader = import_module(f"trellis.directory.reading.{WHERE[form]}").read
    return found
