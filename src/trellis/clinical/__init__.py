"""What a clinician reads to review the content: all needs in one printable table."""

from trellis.clinical.page import to_html, to_pdf
from trellis.clinical.table import NeedGroup, NeedRow, NeedTable, table

__all__ = ["NeedGroup", "NeedRow", "NeedTable", "table", "to_html", "to_pdf"]
