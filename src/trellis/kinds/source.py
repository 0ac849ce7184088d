"""Published sources, which every other kind cites."""

from __future__ import annotations

from trellis.kinds.kind import Kind
from trellis.kinds.text import Source

KINDS = (Kind("sources", Source, "what was published, by whom, when, where, and whether it was seen"),)
