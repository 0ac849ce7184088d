"""How English and Spanish write dates, lists and plurals, as the Common Locale Data Repository (CLDR) has it.

A table of what is used, and not Babel itself: importing Babel and loading two of its locales would add a quarter to
what ``trellis decide`` costs. ``tests/say/test_cldr.py`` takes every line from Babel, and fails where they differ.

The locales are those of the United States; English lists are those of en-GB, which put no comma before the last "and".
"""

from __future__ import annotations

MONTHS: dict[str, tuple[str, ...]] = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
    "es": (
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
        "diciembre",
    ),
}  # fmt: skip
SHORT_MONTHS: dict[str, tuple[str, ...]] = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
}
DAYS: dict[str, dict[str, str]] = {
    "en": {"long": "{month} {day}, {year}", "short": "{short} {day}", "short_year": "{short} {day}, {year}"},
    "es": {"long": "{day} de {month} de {year}", "short": "{day} {short}", "short_year": "{day} {short} {year}"},
}
"""A day in full, without its year, and with it in few letters."""
COMMA = ", "
LAST: dict[str, dict[str, str]] = {
    "en": {"and": " and ", "or": " or "},
    "es": {"and": " y ", "or": " o "},
}
"""What stands before the last of a list."""
THOUSANDS = ","
"""The mark for thousands, in the Spanish of the United States as well."""
CATEGORIES: dict[str, tuple[str, ...]] = {"en": ("one", "other"), "es": ("one", "many", "other")}
"""The plural forms of a language; ``many`` is for whole millions, which Spanish counts with "de"."""


def category(lang: str, number: int) -> str:
    """The plural form that a whole number takes.

    >>> category("en", 1), category("es", 0), category("es", 2_000_000)
    ('one', 'other', 'many')
    """
    if abs(number) == 1:
        return "one"
    return "many" if lang == "es" and number and number % 1_000_000 == 0 else "other"
