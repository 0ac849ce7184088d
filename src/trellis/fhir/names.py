"""The addresses of FHIR that forms use, and what a form and its answers must agree on: link ids and codings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from trellis.errors import Problem, TrellisError
from trellis.kinds.instrument import Instrument, Item, Option, Scale
from trellis.kinds.text import Code

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
SCORES = (
    ORDINAL,
    "http://hl7.org/fhir/StructureDefinition/questionnaire-ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
)
"""The extensions that carry the score of an answer, in the order in which they count."""
CALCULATED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
VARIABLE = "http://hl7.org/fhir/StructureDefinition/variable"
LEAST = "http://hl7.org/fhir/StructureDefinition/minValue"
MOST = "http://hl7.org/fhir/StructureDefinition/maxValue"
LINK = "FHIR linkId"
"""The system under which a scale keeps the link id that its total has in a form that was read in."""
FORM = "FHIR url"
"""The system under which an instrument keeps the address that its form had when it was read in."""
KEPT_HERE = (LINK, FORM)
URL = "urn:trellis:questionnaire:"
SYSTEMS = {"LOINC": "http://loinc.org", "SNOMED CT": "http://snomed.info/sct"}
OTHER_NAMES = {
    "urn:oid:2.16.840.1.113883.6.1": SYSTEMS["LOINC"],
    "urn:oid:2.16.840.1.113883.6.96": SYSTEMS["SNOMED CT"],
}
NO_ANSWER = (
    "http://terminology.hl7.org/CodeSystem/data-absent-reason",
    "http://terminology.hl7.org/CodeSystem/v3-NullFlavor",
)
"""Code systems of which every code says why there is no answer."""
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


def need_extra() -> None:
    """Raise ``TrellisError`` naming the extra when what reads and checks FHIR is not installed."""
    try:
        import fhir.resources  # noqa: F401
        import fhirpathpy  # noqa: F401
    except ImportError:
        remedy = "pip install 'trellis-care[fhir]'"
        raise TrellisError([Problem("FHIR", "needs two packages that are not installed.", remedy)]) from None


def url_of(instrument: Instrument) -> str:
    """The canonical address of an instrument's form."""
    return f"{URL}{instrument.id}"


def link_of(scale: Scale) -> str:
    """The link id of a scale's total: its own in the form that it came from, else made from its id."""
    own = [code.code for code in scale.codes if code.system == LINK]
    return own[0] if own else f"scale.{scale.id}"


def coding_of(code: Code, label: str = "") -> dict[str, str]:
    """A code as FHIR writes it."""
    parts = {"system": SYSTEMS.get(code.system, code.system), "code": code.code, "display": label or code.label}
    return {key: value for key, value in parts.items() if value}


def codings_of(codes: tuple[Code, ...]) -> list[dict[str, str]]:
    """Codes as FHIR writes them, without what only this project reads."""
    return [coding_of(code) for code in codes if code.system not in KEPT_HERE]


def system_of(address: Any) -> str:
    """The address of a code system as it is compared here: LOINC and SNOMED CT go by several.

    >>> system_of("https://loinc.org/"), system_of(None)
    ('http://loinc.org', '')
    """
    plain = str(address or "").rstrip("/")
    plain = OTHER_NAMES.get(plain, plain)
    secure = {one.replace("http://", "https://"): one for one in SYSTEMS.values()}
    return SYSTEMS.get(plain, secure.get(plain, plain))


def code_of(coding: Mapping[str, Any], label: str) -> Code:
    """A FHIR coding as a code of this project."""
    address = system_of(coding.get("system"))
    system = next((name for name, other in SYSTEMS.items() if other == address), address)
    return Code(system=system, code=str(coding["code"]), label=label)


def answer_coding(instrument: Instrument, item: Item, option: Option, lang: str = "en") -> dict[str, str]:
    """The coding of an answer: its known code, else its score under an address of the form's own."""
    options = instrument.options_of(item)
    display = option.text.in_language(lang) if option.text else str(option.score)
    codes = [other.codes[0].code for other in options if other.codes]
    if option.codes and len(codes) == len(set(codes)) == len(options):
        return coding_of(option.codes[0], display)
    same = [other for other in options if other.score == option.score]
    number = f"-{same.index(option) + 1}" if len(same) > 1 else ""
    return {"system": f"{url_of(instrument)}/answers", "code": f"{option.score}{number}", "display": display}


def slug(text: str) -> str:
    """A name that an instrument or a scale may have.

    >>> slug("/44261-6"), slug("PHQ-9 (our copy)")
    ('44261_6', 'phq_9_our_copy')
    """
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
