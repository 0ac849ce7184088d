"""Known faults: theorems that the content does not obey yet, told in the content itself."""

from __future__ import annotations

from trellis.kinds.kind import Kind
from trellis.kinds.shape import Field, Frozen
from trellis.kinds.text import Day


class KnownFault(Frozen):
    """A theorem that the content does not obey yet: which, why, and since when it is known.

    It is told and does not fail. Once the theorem holds, the entry fails until it is taken out.
    """

    id: str
    theorem: str = Field(pattern=r"^[a-z]+: .+$")
    why: str
    since: Day


KINDS = (Kind("known_faults", KnownFault, "theorems that the content does not obey yet, with why"),)
