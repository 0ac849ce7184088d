"""The clinical content: files read, checked, compiled and kept as one frozen object."""

from trellis.library.knowledge import Knowledge
from trellis.library.loader import load

__all__ = ["Knowledge", "load"]
