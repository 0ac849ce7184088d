"""Evidence: what studies found, how sure it is, how many of 100 it helps, and results pooled and drawn."""

from trellis.evidence.frequency import Estimate, OutOf100, of_100
from trellis.evidence.size import size_of
from trellis.evidence.statement import Statement, statement

__all__ = ["Estimate", "OutOf100", "Statement", "of_100", "size_of", "statement"]
