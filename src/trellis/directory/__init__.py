"""Places of care, what lists say of them, and which of them may be right for what somebody needs.

Every statement has its source and its day; what nobody says is unknown and never "no". There are no stars, and nothing
in the order of places can be paid for. :mod:`~trellis.directory.matching` and what it rests on are pure; the file is
:class:`Directory`'s.
"""

from trellis.directory.doubles import Double, find_doubles
from trellis.directory.importing import Report, import_lists, list_named
from trellis.directory.matching import PlaceMatch, Point, match, rank
from trellis.directory.near import Near, find_near, miles
from trellis.directory.programme import ListSource, Offer, PlaceStatement, Programme, resolve
from trellis.directory.search import search
from trellis.directory.store import Directory, DirectoryError, Merge
from trellis.directory.terms import Terms, terms_of
from trellis.directory.wanted import Wanted, wanted_for, wanted_of

__all__ = [
    "Directory",
    "DirectoryError",
    "Double",
    "ListSource",
    "Merge",
    "Near",
    "Offer",
    "PlaceMatch",
    "PlaceStatement",
    "Point",
    "Programme",
    "Report",
    "Terms",
    "Wanted",
    "find_doubles",
    "find_near",
    "import_lists",
    "list_named",
    "match",
    "miles",
    "rank",
    "resolve",
    "search",
    "terms_of",
    "wanted_for",
    "wanted_of",
]
