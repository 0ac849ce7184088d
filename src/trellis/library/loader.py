"""Loading: files → typed objects → references checked → compiled. All that is wrong is reported at once."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path

from trellis.errors import KnowledgeError, Problem, did_you_mean
from trellis.kinds.fact import Fact, Parameter
from trellis.kinds.kind import every
from trellis.library import bundle, cache
from trellis.library.compile import compile_knowledge
from trellis.library.entries import Entries
from trellis.library.files import digest, parse_texts, read_texts, shipped, with_lines
from trellis.library.knowledge import Knowledge, WhatHelps
from trellis.library.references import check_unique
from trellis.library.what_helps import compile_what_helps

NO_BUNDLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What comes out of a bundle that is none. Then the files are read."""


def load(
    path: str | Path | None = None, *, parameters: Mapping[str, int | str] | None = None, jurisdiction: str = ""
) -> Knowledge:
    """Load clinical content: validated, compiled, frozen.

    Args:
        path: a folder laid out as the shipped one; the shipped content when left out.
        parameters: a site's choice where sources conflict, such as ``{"ciwa_severe_from": 19}``.
        jurisdiction: where the content is used, such as ``"US-OH"``, in place of what its version says. Legal and
            payment rules of another place are off; nothing is when nobody says where.

    Returns:
        the knowledge, which every other function takes first.

    Raises:
        KnowledgeError: anything at all is wrong; it lists every problem with file, line, value and remedy.

    >>> kb = load()
    >>> kb.review
    'not clinically reviewed'
    """
    # Thousands of small objects are made and all of them stay: looking for garbage among them takes a fifth of the
    # time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _load(path, dict(parameters or {}), jurisdiction)
    finally:
        if collecting:
            gc.enable()


def _load(path: str | Path | None, parameters: dict[str, int | str], jurisdiction: str) -> Knowledge:
    texts = read_texts(Path(path) if path is not None else shipped())
    known = read_texts(shipped()) if path is not None else None
    # Of a folder that differs from what ships it is told in whose place it stands.
    place_of = known["version.yaml"] if known is not None and known != texts else ""
    key = bundle.key_of(texts, parameters | {"jurisdiction of use": jurisdiction}, repr((path is None, place_of)))
    anew = partial(_load_anew, texts, known, parameters, jurisdiction, key)
    knowledge = _kept(key, texts, anew) or anew()
    return knowledge.loaded_from(str(Path(path).resolve()) if path is not None else None, jurisdiction)


def _kept(key: str, texts: dict[str, str], anew: Callable[[], Knowledge]) -> Knowledge | None:
    """What an earlier load made of these files; None when nothing that can be used was kept."""
    text = cache.read(key, "core")
    if text is None:
        return None

    @lru_cache(maxsize=1)  # whatever is made of this knowledge, at another date say, shares what helps
    def later() -> WhatHelps:
        rest = cache.read(key, "rest")
        with suppress(*NO_BUNDLE):
            if rest is not None:
                return bundle.unpack_what_helps(rest)
        return anew().what_helps

    try:
        return bundle.unpack_knowledge(text, texts, later)
    except NO_BUNDLE:
        return None


def needed_and_rest(texts: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The files that a decision needs, and those in the folders of kinds that are read when somebody asks for them."""
    folders = tuple(f"{kind.folder}/" for kind in every().values() if kind.folder)
    rest = {name: text for name, text in texts.items() if name.startswith(folders)}
    return {name: text for name, text in texts.items() if name not in rest}, rest


def _load_anew(
    texts: dict[str, str],
    known: dict[str, str] | None,
    parameters: dict[str, int | str],
    jurisdiction: str,
    key: str,
) -> Knowledge:
    # A folder of a site is read through at once; what ships was read through before it did.
    now, rest = (texts, {}) if known is not None else needed_and_rest(texts)
    loaded = Entries(texts)
    loaded.add(parse_texts(now))
    loaded.parameters = chosen = _choose_parameters(loaded, parameters)
    knowledge = None
    if not loaded.problems:
        later = partial(_later, loaded, rest)
        knowledge = compile_knowledge(
            loaded,
            digest(texts, chosen | ({"jurisdiction": jurisdiction} if jurisdiction else {})),
            later if not rest else lambda facts: _keep_rest(key, later(facts)),
            at_once=not rest,
            instead_of=_shipped_version(known) if known is not None and known != texts else "",
            jurisdiction=jurisdiction,
        )
    if knowledge is None or loaded.problems:
        raise KnowledgeError(with_lines(loaded.problems, texts))
    with suppress(*NO_BUNDLE):
        cache.write(key, "core", bundle.pack_knowledge(knowledge))
    if not rest:
        _keep_rest(key, knowledge.what_helps)
    return knowledge


def _keep_rest(key: str, found: WhatHelps) -> WhatHelps:
    with suppress(*NO_BUNDLE):
        cache.write(key, "rest", bundle.pack_what_helps(found))
    return found


def _shipped_version(texts: Mapping[str, str]) -> str:
    """The number of the shipped content."""
    parsed = parse_texts({"version.yaml": texts["version.yaml"]})
    return str(parsed["version.yaml"].tree["version"]["number"])


def _later(entries: Entries, rest: dict[str, str], facts: Mapping[str, Fact]) -> WhatHelps:
    """Read and check what a decision does not need."""
    if rest:
        entries = entries.copy()  # what failed halfway must not be there twice when it is tried again
    entries.add(parse_texts(rest))
    check_unique(entries)
    found = compile_what_helps(entries, facts)
    if rest and entries.problems:
        raise KnowledgeError(with_lines(entries.problems, entries.files))
    return found


def _choose_parameters(loaded: Entries, chosen: dict[str, int | str]) -> dict[str, int | str]:
    definitions = {parameter.id: parameter for parameter in loaded.of("parameters", Parameter)}
    in_force = {name: definition.default for name, definition in definitions.items()}
    for name, value in chosen.items():
        if name not in definitions:
            message = f"is not a parameter: [{name}]."
            remedy = did_you_mean(name, definitions) or f"It may be {', '.join(definitions)}."
            loaded.problems.append(Problem("parameters", message, remedy))
            continue
        # The value as it is defined: 19.0 and numpy's 19 are 19, and so is their digest. True is not 1.
        found = [one for one in definitions[name].allowed if one == value and not isinstance(value, bool)]
        if found:
            in_force[name] = found[0]
        else:
            allowed = ", ".join(str(v) for v in definitions[name].allowed)
            loaded.problems.append(Problem("parameters", f"[{name}] is [{value}].", f"It may be one of {allowed}."))
    return in_force
