"""Who does a step: a role in words, with the name of the team member who has it, where there is one."""

from __future__ import annotations

from trellis.kinds.text import LANGUAGES, Text
from trellis.plans.person import Member
from trellis.say import in_each

ALSO: dict[str, tuple[str, ...]] = {
    "clinician": ("psychologist", "psychiatrist", "therapist", "counselor", "psicóloga", "psicólogo", "terapeuta"),
    "medical": ("doctor", "nurse", "physician", "primary care", "médico", "médica", "enfermera", "enfermero"),
    "prescriber": ("psychiatrist", "doctor", "physician", "nurse practitioner", "psiquiatra", "médico", "médica"),
    "case_manager": ("social worker", "coordinadora de casos", "trabajadora social", "trabajador social"),
    "therapist": ("counselor", "psychologist", "consejero", "consejera", "psicóloga", "psicólogo"),
    "peer": ("peer worker", "peer support", "peer specialist", "compañera de apoyo"),
    "family": ("friend", "partner", "parent", "familia", "familiar", "amiga", "amigo"),
    "officer": ("probation officer", "parole officer", "oficial"),
}
"""Other words that people write for a role."""


PERSON = ("person", "persona")
"""Words by which the person themselves is written down."""


def role_in(role: str, lang: str) -> str:
    """A role that somebody wrote, in the reader's language where it is the plain name of one; else as it was written.

    >>> role_in("prescriber", "es"), role_in("family", "en"), role_in("probation officer", "es")
    ('profesional que receta', 'family', 'probation officer')
    >>> role_in("Person", "es")
    'persona'
    """
    written = role.replace("_", " ").casefold()
    if written in PERSON:
        return PERSON[LANGUAGES.index(lang)]
    for name in ALSO:
        called = in_each(f"plan.role_{name}")
        plain = {name.replace("_", " "), *(called.in_language(one).casefold() for one in LANGUAGES)}
        if written in plain:
            return role if lang == "en" and written == name.replace("_", " ") else called.in_language(lang).lower()
    return role


def role_name(role: str, team: tuple[Member, ...]) -> Text:
    """The words for a role. A team member whose role has that name, or another word for it, is named in brackets.

    >>> role_name("therapist", (Member(name="Dr. Lee", role="Therapist"),)).en
    'Therapist (Dr. Lee)'
    """
    return named(in_each(f"plan.role_{role}"), team, role)


def named(called: Text, team: tuple[Member, ...], role: str) -> Text:
    """What somebody is called, with the name of the team member who has the role in brackets, where there is one."""
    same = {role.replace("_", " "), *(called.in_language(lang).casefold() for lang in LANGUAGES), *ALSO.get(role, ())}
    names = ", ".join(member.name for member in team if member.role.replace("_", " ").casefold() in same)
    return in_each("plan.role_named", role=called, names=names) if names else called
