"""Reading lists of places: a table, the export of FindTreatment.gov, FHIR, Open Referral HSDS. Each row taken or told."""

from trellis.directory.reading.form import ListReader, form_of, reader_for
from trellis.directory.reading.row import Bad, Row

__all__ = ["Bad", "ListReader", "Row", "form_of", "reader_for"]
