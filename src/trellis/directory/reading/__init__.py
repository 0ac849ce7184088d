"""Reading lists of places: a table, FindTreatment.gov, FHIR, Open Referral HSDS. Each row is taken or told."""

from trellis.directory.reading.form import form_of
from trellis.directory.reading.readers import ListReader, reader_for
from trellis.directory.reading.row import Bad, Row

__all__ = ["Bad", "ListReader", "Row", "form_of", "reader_for"]
