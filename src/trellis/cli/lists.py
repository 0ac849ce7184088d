"""Lists of what the knowledge holds: settings, facts, needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trellis.cli.terminal import Terminal
from trellis.errors import Problem, TrellisError, did_you_mean
from trellis.kinds.fact import Fact
from trellis.kinds.need import Need
from trellis.library.knowledge import Knowledge
from trellis.library.titles import dimension_title, topic_title
from trellis.say import Say
from trellis.say.outline import need_text
from trellis.say.say import VOICES


def _one_of(what: str, name: str | None, known: Iterable[str]) -> None:
    every = list(dict.fromkeys(known))
    if name is not None and name not in every:
        remedy = did_you_mean(name, every) or f"It may be {', '.join(every)}."
        raise TrellisError([Problem(what, f"[{name}] is not known.", remedy)])


def settings_in_order(kb: Knowledge) -> list[str]:
    """The settings, the one of lowest rank first."""
    return list(dict.fromkeys(package.setting for package in kb.packages.values()))


def show_settings(kb: Knowledge, say: Say, term: Terminal, role: str) -> None:
    """Settings, add-ons and responses; for a clinician the packages in order of rank too."""
    groups = (
        ("lists.settings_title", settings_in_order(kb)),
        ("lists.add_ons_title", list(kb.add_ons)),
        ("lists.responses_title", list(kb.responses)),
    )
    for title, names in groups:
        term.heading(say(title))
        for name in names:
            place = kb.place(name)
            term.text(say("lists.id_and_name", id=name, name=place.name.in_language(say.lang)), style="bold")
            term.text(place.short.in_language(say.lang), indent="  ")
    if role == "clinician":
        term.heading(say("lists.packages_title"))
        for package in kb.packages.values():
            term.text(say("lists.package_row", rank=package.rank, package=package.id), hanging="     ")


def settings_json(kb: Knowledge) -> dict[str, Any]:
    """The same as plain values."""
    return {
        "settings": [entry_json(kb, "setting", kb.settings[name]) for name in settings_in_order(kb)],
        "add_ons": [entry_json(kb, "add_ons", place) for place in kb.add_ons.values()],
        "responses": [entry_json(kb, "responses", place) for place in kb.responses.values()],
        "packages": [{"id": p.id, "rank": p.rank, "gives": dict(kb.steps(p.gives))} for p in kb.packages.values()],
    }


def entry_json(kb: Knowledge, key: str, entry: Any, *, by_alias: bool = True) -> dict[str, Any]:
    """An entry as plain values; its review is what the signatures under it say, not what its file says."""
    plain: dict[str, Any] = entry.model_dump(mode="json", exclude_none=True, by_alias=by_alias)
    if "review" in plain:
        plain |= {"review": VOICES[0].review_of(kb.review_of(key, entry.id))}
    return plain


def facts(kb: Knowledge, domain: str | None) -> list[Fact]:
    """The facts, of one domain if one is named. Raises ``TrellisError`` for a domain that is not there."""
    _one_of("--domain", domain, (fact.domain for fact in kb.facts.values()))
    return [fact for fact in kb.facts.values() if domain in (None, fact.domain)]


def show_facts(kb: Knowledge, chosen: list[Fact], say: Say, term: Terminal, role: str, *, everything: bool) -> None:
    """Facts by domain, with their questions and values; contexts and numbers too when everything is asked for."""
    if everything:
        term.heading(say("lists.contexts_title"))
        for factor in kb.factors.values():
            _entry(factor.id, factor.question.for_role(role).in_language(say.lang), term)
            _values([step.id for step in factor.values], say, term)
    for domain in dict.fromkeys(fact.domain for fact in chosen):
        term.heading(say("lists.facts_title", domain=topic_title(kb, domain, say.lang)))
        for fact in (one for one in chosen if one.domain == domain):
            _entry(fact.id, fact.question.for_role(role).in_language(say.lang), term)
            _values(list(fact.values), say, term)
    if everything:
        term.heading(say("lists.inputs_title"))
        for number in kb.inputs.values():
            _entry(number.id, number.question.for_role(role).in_language(say.lang), term)
            term.text(
                say("lists.input_range", low=f"{number.min:g}", high=f"{number.max:g}", unit=number.unit), indent="  "
            )
        term.heading(say("lists.parameters_title"))
        for name, parameter in kb.parameter_definitions.items():
            allowed = ", ".join(str(value) for value in parameter.allowed)
            term.text(say("lists.parameter_row", id=name, value=kb.parameters[name], allowed=allowed), style="bold")
            term.text(parameter.says.in_language(say.lang), indent="  ")


def _entry(name: str, question: str, term: Terminal) -> None:
    term.text(name, style="bold")
    term.text(question, indent="  ")


def _values(values: list[str], say: Say, term: Terminal) -> None:
    term.text(say("lists.fact_scale", values=", ".join(values)), indent="  ")


def facts_json(kb: Knowledge, chosen: list[Fact], *, everything: bool) -> dict[str, Any]:
    """The same as plain values."""
    found: dict[str, Any] = {"facts": [entry_json(kb, "facts", fact) for fact in chosen]}
    if everything:
        found["contexts"] = [entry_json(kb, "contexts", factor) for factor in kb.factors.values()]
        found["inputs"] = [entry_json(kb, "inputs", number) for number in kb.inputs.values()]
        found["parameters"] = [
            entry_json(kb, "parameters", p) | {"value": kb.parameters[n]} for n, p in kb.parameter_definitions.items()
        ]
    return found


def needs(kb: Knowledge, dimension: str | None, setting: str | None) -> list[Need]:
    """The needs of one dimension, or those that by themselves lead to one setting.

    Raises:
        TrellisError: there is no such dimension or setting.
    """
    _one_of("--dimension", dimension, (need.dimension for need in kb.needs.values()))
    _one_of("--setting", setting, (*kb.settings, *kb.add_ons))
    return [
        need
        for place, need in enumerate(kb.needs.values())
        if dimension in (None, need.dimension) and (setting is None or setting in _leads_to(kb, place))
    ]


def _leads_to(kb: Knowledge, place: int) -> set[str]:
    """The settings and add-ons of lowest rank that cover the need alone, in any context it applies in."""
    need, packages = kb.artefact.needs[place], list(kb.packages.values())
    if not any(need.requires):
        return set()
    engine = kb.artefact.engine
    fitting = {found for context in need.contexts for found in engine.fit(need.requires, context)}
    return {part for found in fitting for part in packages[found].parts}


def show_needs(kb: Knowledge, chosen: list[Need], say: Say, term: Terminal, role: str) -> None:
    """Needs by dimension: what they say; for a clinician also the rule, its sources and its review status."""
    if not chosen:
        term.text(say("lists.needs_none"))
        return
    for dimension in dict.fromkeys(need.dimension for need in chosen):
        term.heading(say("lists.needs_title", dimension=dimension_title(kb, dimension, say.lang)))
        for number, need in enumerate(one for one in chosen if one.dimension == dimension):
            if number:
                term.line()
            _need(kb, need, say, term, role)
    term.line()
    term.text(say("lists.needs_count", count=len(chosen)))
    term.text(say.review(kb.review, role), style="bold")


def _need(kb: Knowledge, need: Need, say: Say, term: Terminal, role: str) -> None:
    words = need.because.for_role(role).in_language(say.lang)
    term.text(say("clinician.need", id=need.id, phase=say(f"result.phase_{need.phase}"), words=words), hanging="  ")
    if role != "clinician":
        return
    term.lines(need_text(kb, need.id, say.lang), indent="  ")
    mapping = "basis.mapping_source" if need.mapping == "source" else "basis.mapping_judgement"
    term.text(say(mapping), indent="  ")
    term.text(say("basis.sources"), indent="  ")
    term.bullets(kb.cite(need.sources), indent="    ")
    term.text(say("basis.review", review=say.review_of(kb.review_of("needs", need.id))), indent="  ")


def needs_json(kb: Knowledge, chosen: list[Need], lang: str) -> list[dict[str, Any]]:
    """The same as plain values, with each rule in words."""
    return [
        entry_json(kb, "needs", need) | {"in_words": need_text(kb, need.id, lang), "cited": list(kb.cite(need.sources))}
        for need in chosen
    ]
