"""Loading: files → typed objects → references checked → compiled. All that is wrong is reported at once."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from trellis.errors import KnowledgeError, Problem, did_you_mean
from trellis.kinds.approach import (
    Aim,
    Alignment,
    Approach,
    Match,
    PlanGoal,
    ReviewWithin,
    StepUp,
    Stop,
    TreatedCondition,
)
from trellis.kinds.evidence import Dataset, Method, Result, Summary
from trellis.kinds.fact import ContextFactor, Derivation, Fact, Implication, Input, Parameter
from trellis.kinds.instrument import Instrument
from trellis.kinds.need import (
    AfterCare,
    Evaluator,
    HelpLine,
    KnownFault,
    Need,
    NeverLess,
    NeverPlaces,
    Property,
    Screen,
    Urgent,
)
from trellis.kinds.setting import AddOn, Axis, Barrier, RankLevel, Response, Service, Setting, Value
from trellis.kinds.text import About, Cited, Frozen, Source
from trellis.library import bundle, cache
from trellis.library.compile import compile_knowledge
from trellis.library.files import Tree, digest, parse_texts, read_texts, shipped, with_lines
from trellis.library.knowledge import Knowledge, WhatHelps
from trellis.library.references import check_citations, check_unique
from trellis.library.what_helps import compile_what_helps

M = TypeVar("M", bound=Frozen)

# What may stand in a file, below which key. The file's name is for people; the key says what it holds.
KINDS: dict[str, type[Frozen]] = {
    "sources": Source,
    "facts": Fact,
    "contexts": ContextFactor,
    "parameters": Parameter,
    "inputs": Input,
    "derivations": Derivation,
    "implications": Implication,
    "axes": Axis,
    "services": Service,
    "setting": Setting,
    "add_ons": AddOn,
    "responses": Response,
    "packages": RankLevel,
    "barriers": Barrier,
    "needs": Need,
    "after_24_hour_care": AfterCare,
    "urgent": Urgent,
    "lines": HelpLine,
    "evaluators": Evaluator,
    "properties": Property,
    "never_places": NeverPlaces,
    "never_less": NeverLess,
    "known_faults": KnownFault,
    "screens": Screen,
    "instruments": Instrument,
    "treated_conditions": TreatedCondition,
    "approaches": Approach,
    "aims": Aim,
    "alignments": Alignment,
    "matches": Match,
    "stops": Stop,
    "results": Result,
    "summaries": Summary,
    "methods": Method,
    "datasets": Dataset,
    "values": Value,
    "goals": PlanGoal,
    "step_up": StepUp,
    "review_within": ReviewWithin,
}
SINGLE = ("setting", "after_24_hour_care")
PLAIN = ("about", "version", "impossible", "topics")
INHERITED = ("effective", "jurisdiction", "review")


LATER = ("approaches/", "evidence/", "instruments/", "plans/")
"""Folders of what a decision does not need; those of the shipped content are read when first asked for."""


NO_BUNDLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What comes out of a bundle that is none. Then the files are read."""


class Loaded:
    """Entries as they come from the files, each with its place for messages, before anything refers to anything."""

    def __init__(self) -> None:
        self.entries: dict[str, list[tuple[str, Any]]] = {key: [] for key in KINDS}
        self.plain: dict[str, tuple[str, Any]] = {}
        self.problems: list[Problem] = []
        self._ids: dict[str, frozenset[str]] = {}

    def copy(self) -> Loaded:
        """The same entries, to which others can be added without these changing."""
        other = Loaded()
        other.entries = {key: list(entries) for key, entries in self.entries.items()}
        other.plain, other.problems = dict(self.plain), list(self.problems)
        return other

    def ids(self, key: str) -> frozenset[str]:
        """The ids of all entries of one kind. Asked for only once everything is read, and worked out once."""
        if key not in self._ids:
            self._ids[key] = frozenset(entry.id for _, entry in self.entries[key])
        return self._ids[key]

    def forget_ids(self) -> None:
        """Entries are about to be added."""
        self._ids.clear()

    def of(self, key: str, model: type[M]) -> list[M]:
        """All entries of one kind, in order."""
        return [entry for _, entry in self.entries[key] if isinstance(entry, model)]


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


def _load_anew(
    texts: dict[str, str],
    known: dict[str, str] | None,
    parameters: dict[str, int | str],
    jurisdiction: str,
    key: str,
) -> Knowledge:
    # A folder of a site is read through at once; what ships was read through before it did.
    now = {name: text for name, text in texts.items() if known is not None or not name.startswith(LATER)}
    rest = {name: text for name, text in texts.items() if name not in now}
    loaded = _read(parse_texts(now, known=known))
    chosen = _choose_parameters(loaded, parameters)
    knowledge = None
    if not loaded.problems:
        later = partial(_later, loaded, texts, rest)
        knowledge = compile_knowledge(
            loaded,
            chosen,
            digest(texts, chosen | ({"jurisdiction": jurisdiction} if jurisdiction else {})),
            texts,
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
    tree = parse_texts({"version.yaml": texts["version.yaml"]})
    return str(tree["version.yaml"]["version"]["number"])


def _later(loaded: Loaded, texts: dict[str, str], rest: dict[str, str], facts: Mapping[str, Fact]) -> WhatHelps:
    """Read and check what a decision does not need."""
    if rest:
        loaded = loaded.copy()  # what failed halfway must not be there twice when it is tried again
    _read(parse_texts(rest), loaded)
    check_unique(loaded)
    check_citations(loaded)
    found = compile_what_helps(loaded, facts, texts)
    if rest and loaded.problems:
        raise KnowledgeError(with_lines(loaded.problems, texts))
    return found


def _read(trees: dict[str, Tree], loaded: Loaded | None = None) -> Loaded:
    loaded = loaded or Loaded()
    loaded.forget_ids()
    for name, tree in trees.items():
        about = _about(name, tree, loaded)
        for key, body in tree.items():
            if key in PLAIN:
                if key != "about":
                    loaded.plain[key] = (f"{name}#{key}", body)
            elif key in KINDS:
                _read_kind(name, key, body, about, loaded)
            else:
                remedy = did_you_mean(key, [*KINDS, *PLAIN]) or f"A file may hold {', '.join([*PLAIN, *KINDS])}."
                loaded.problems.append(Problem(f"{name}#{key}", f"has [{key}], which means nothing.", remedy))
    return loaded


def _about(name: str, tree: Tree, loaded: Loaded) -> About | None:
    if "about" not in tree:
        loaded.problems.append(Problem(f"{name}#", "has no [about].", "Say what it holds, since when, and its review."))
        return None
    return _validate(About, tree["about"], f"{name}#about", loaded.problems)


def _read_kind(name: str, key: str, body: Any, about: About | None, loaded: Loaded) -> None:
    model = KINDS[key]
    if key in SINGLE:
        body = [body]
    if not isinstance(body, list):
        loaded.problems.append(Problem(f"{name}#{key}", f"[{key}] must be a list.", "Begin each entry with a dash."))
        return
    for place, raw in enumerate(body):
        where = f"{name}#{key}" if key in SINGLE else f"{name}#{key}/{place}"
        if isinstance(raw, dict) and about is not None:
            if issubclass(model, Cited):
                raw = {inherited: getattr(about, inherited) for inherited in INHERITED} | raw
            if model is Need:
                raw = {"dimension": about.dimension} | raw
        entry = _validate(model, raw, where, loaded.problems)
        if entry is not None:
            loaded.entries[key].append((where, entry))


def _validate(model: type[M], raw: Any, where: str, problems: list[Problem]) -> M | None:
    from pydantic import ValidationError

    try:
        return model.model_validate(raw)
    except ValidationError as error:
        for detail in error.errors():
            path = "/".join(str(step) for step in detail["loc"])
            shown = repr(detail["input"])
            value = "" if detail["type"] == "missing" else f" with [{shown[:60]}{'…' if len(shown) > 60 else ''}]"
            last = detail["loc"][-1] if detail["loc"] else model.__name__
            what = f"[{last}]{value}: {detail['msg'].lower()}."
            near = did_you_mean(str(last), model.model_fields) if detail["type"] == "extra_forbidden" else ""
            problems.append(Problem(f"{where}/{path}" if path else where, what, near))
        return None


def _choose_parameters(loaded: Loaded, chosen: dict[str, int | str]) -> dict[str, int | str]:
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
