"""The checker and the solver: what is wrong with the content, and what is proved of it."""

from trellis.prove.check import check
from trellis.prove.finding import Finding

__all__ = ["Finding", "check"]
