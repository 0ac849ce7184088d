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
