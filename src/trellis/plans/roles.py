"""Who does a step: a role in words, with the name of the team member who has it, where there is one."""

from __future__ import annotations

from trellis.kinds.text import Text
from trellis.plans.person import Member

ROLES: dict[str, tuple[str, str]] = {
    "person": ("Me", "Yo"),
    "team": ("Care team", "Equipo de atención"),
    "prescriber": ("Prescriber", "Profesional que receta"),
    "case_manager": ("Case manager", "Coordinador de casos"),
    "therapist": ("Therapist", "Terapeuta"),
    "peer": ("Peer supporter", "Compañero de apoyo"),
    "family": ("Family or friend", "Familiar o amigo"),
    "officer": ("Probation or parole officer", "Oficial de libertad condicional"),
}

ALSO: dict[str, tuple[str, ...]] = {
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
    en, es = ROLES[role]
    same = {role.replace("_", " "), en.casefold(), es.casefold(), *ALSO.get(role, ())}
    names = ", ".join(member.name for member in team if member.role.replace("_", " ").casefold() in same)
    return Text(en=f"{en} ({names})", es=f"{es} ({names})") if names else Text(en=en, es=es)
