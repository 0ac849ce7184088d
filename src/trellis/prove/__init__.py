"""The checker and the solver: what is wrong with the content, and what is proved of it."""

from trellis.prove.check import Finding, check

__all__ = ["Finding", "check"]
