"""Reading lists of places: a table, FindTreatment.gov, FHIR, Open Referral HSDS. Each row is taken or told."""

from trellis.directory.reading.form import form_of
from trellis.directory.reading.readers import ListReader, reader_for
from trellis.directory.reading.row import BadRow, ListRow

__all__ = ["BadRow", "ListReader", "ListRow", "form_of", "reader_for"]
