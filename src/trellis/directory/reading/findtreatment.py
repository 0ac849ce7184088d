"""The JSON export of FindTreatment.gov: ``rows``, each with its fields and its services by category."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from trellis.directory.reading.form import Opened, as_raw, not_an_object
from trellis.directory.reading.row import BadRow, Dictionary, Draft, ListRow
from trellis.directory.terms import Terms
from trellis.kinds.place_feature import PlaceList
from trellis.written import as_written

TYPE = "typeFacility"


def read(opened: Opened, terms: Terms, place_list: PlaceList, as_of: date) -> Iterator[ListRow | BadRow]:  # noqa: ARG001 - as every reader
    """Each row of the export, taken or told.

    Args:
        opened: the file: a page of the export, several in a list, or the bare rows.
        terms: the terms of the knowledge.
        place_list: what the words of the list mean.
        as_of: the day of the import.
    """
    words = Dictionary(terms, place_list)
    for number, row in enumerate(_rows(opened.plain), 1):
        where = f"{opened.shown}: row {number}"
        yield _row(row, where, words, place_list) if isinstance(row, dict) else not_an_object(where, row)


def _rows(plain: Any) -> Iterator[Any]:
    for page in plain if isinstance(plain, list) else [plain]:
        if isinstance(page, dict) and isinstance(page.get("rows"), list):
            yield from page["rows"]
        else:
            yield page


def _row(row: dict[str, Any], where: str, words: Dictionary, place_list: PlaceList) -> ListRow | BadRow:
    draft = Draft(where, as_raw(row))
    for name, field in place_list.fields.items():
        draft.put(field, row.get(name))
    if isinstance(row.get("street2"), str) and row["street2"].strip():
        draft.put("street", f"{row.get('street1') or ''} {row['street2']}")
    of_type = row.get(TYPE) if isinstance(row.get(TYPE), str) else ""
    if of_type:
        words.read(draft, TYPE, of_type)
    services = row.get("services")
    if services is not None and not isinstance(services, list):
        draft.wrong(f"services is no list: [{as_written(services)}].", "Download it again.")
    for one in services if isinstance(services, list) else []:
        category, said = (one.get("f2"), one.get("f3")) if isinstance(one, dict) else (None, None)
        if not isinstance(category, str) or not isinstance(said, str):
            draft.wrong(f"has a service without f2 or f3: [{as_written(one)}].", "Download it again.")
            continue
        for word in said.split(";"):
            if word.strip():
                words.read(draft, category, word, of_type or "")
    frid = row.get("frid")
    if isinstance(frid, str) and frid.strip():
        draft.key = f"{frid.strip()}|{of_type}" if of_type else frid.strip()
    return draft.finish()
