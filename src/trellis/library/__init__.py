"""The clinical content: files read, checked, compiled and kept as one frozen object."""

from trellis.library import again as _again  # how a knowledge is sent to another process
from trellis.library.knowledge import Knowledge
from trellis.library.loader import load

del _again

__all__ = ["Knowledge", "load"]
