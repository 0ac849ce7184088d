"""The clinical content as this process has it: loaded once."""

from __future__ import annotations

from functools import cache

from trellis import Knowledge, load


@cache
def knowledge() -> Knowledge:
    """The knowledge, loaded at the first call."""
    return load()


def package_name(name: str, lang: str) -> str:
    """What a package is called in a list: its settings' names; its id where the content no longer has it.

    >>> package_name("iop", "en")
    'Intensive outpatient program'
    >>> package_name("a setting of long ago", "en")
    'a setting of long ago'
    """
    kb = knowledge()
    package = kb.packages.get(name)
    if package is None:
        return name
    names = [kb.settings[part].name if part in kb.settings else kb.add_ons[part].name for part in package.parts]
    return " + ".join(getattr(one, lang) for one in names)
