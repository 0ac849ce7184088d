"""Evidence: what studies found, how sure it is, how many of 100 it helps, and results pooled and drawn."""

from trellis.evidence.datasets import PooledDataset, pool_dataset, pool_results, read_dataset, regress_dataset
from trellis.evidence.diagnostics import leave_one_out, regress, small_studies, subgroups
from trellis.evidence.forest import Drawing, forest, forest_table
from trellis.evidence.frequency import Estimate, OutOf100, of_100
from trellis.evidence.funnel import funnel
from trellis.evidence.pool import Pooled, pool
from trellis.evidence.size import size_of
from trellis.evidence.statement import Statement, statement
from trellis.evidence.table import Table, from_counts, from_intervals, from_means

__all__ = [
    "Drawing",
    "Estimate",
    "OutOf100",
    "Pooled",
    "PooledDataset",
    "Statement",
    "Table",
    "forest",
    "forest_table",
    "from_counts",
    "from_intervals",
    "from_means",
    "funnel",
    "leave_one_out",
    "of_100",
    "pool",
    "pool_dataset",
    "pool_results",
    "read_dataset",
    "regress",
    "regress_dataset",
    "size_of",
    "small_studies",
    "statement",
    "subgroups",
]
