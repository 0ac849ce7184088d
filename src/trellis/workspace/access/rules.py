"""The one table of who may do what. What stands in no row may not be done.

A row reads: *a clinician who is on the person's care team may see, add and change an assessment*. The relation is
turned into a condition of a query (:mod:`trellis.workspace.access.relations`); the same condition checks one thing,
lists many, counts them and searches among them, so that no list can show what a page would refuse.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What somebody is in an organisation."""

    ADMINISTRATOR = "administrator"
    CLINICIAN = "clinician"
    SUPERVISOR = "supervisor"
    CASE_MANAGER = "case_manager"
    PEER = "peer"
    LIAISON = "liaison"
    FAMILY = "family"
    PERSON = "person"


STAFF = (Role.ADMINISTRATOR, Role.CLINICIAN, Role.SUPERVISOR, Role.CASE_MANAGER, Role.PEER)
"""Those who work there; they sign in with a second factor."""


class Relates(StrEnum):
    """How somebody stands to what they ask for."""

    ORGANISATION = "organisation"
    """It belongs to the organisation they are signed in to."""
    CARE_TEAM = "care_team"
    """They are on the care team of the person it is about, today."""
    SELF = "self"
    """It is about themselves."""
    CONSENTED = "consented"
    """A consent of the person that holds today names them and this kind of thing."""
    AUTHOR = "author"
    """They wrote it."""
    OWN = "own"
    """It is their own account or membership."""
    GUARDIAN = "guardian"
    """They are a parent or guardian, the settings open the record to them, and the person is a minor today
    and younger than the age from which consent is their own."""
    SURROGATE = "surrogate"
    """The law lets them act for the person, who was found by a court to lack capacity; that finding stands today."""
    EMERGENCY = "emergency"
    """They opened the record in an emergency, with a reason, and that has not run out."""


class Action(StrEnum):
    """What is done."""

    SEE = "see"
    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"


class Thing(StrEnum):
    """What it is done to."""

    ORGANISATION = "organisation"
    MEMBERSHIP = "membership"
    INVITATION = "invitation"
    PERSON = "person"
    RELATION = "relation"
    PRIVATE_NOTE = "private_note"
    SAVED_VIEW = "saved_view"
    LOOKED = "looked"
    EMERGENCY_ACCESS = "emergency_access"
    CONSENT = "consent"
    DISCLOSURE = "disclosure"
    STANDING = "standing"
    RESTRICTION = "restriction"
    COMPLAINT = "complaint"
    BREACH = "breach"
    ASSESSMENT = "assessment"
    ANSWER = "answer"
    FORM = "form"
    TASK = "task"
    AUDIT = "audit"


class Rule(NamedTuple):
    """One row."""

    role: Role
    relation: Relates
    thing: Thing
    actions: frozenset[Action]


def _may(role: str, relation: str, things: str, actions: str) -> tuple[Rule, ...]:
    done = frozenset(Action(action) for action in actions.split())
    return tuple(Rule(Role(role), Relates(relation), Thing(thing), done) for thing in things.split())


RULES: tuple[Rule, ...] = (
    # Whoever runs the site for the organisation: accounts and law, never what was said in an assessment.
    *_may("administrator", "organisation", "organisation", "see change"),
    *_may("administrator", "organisation", "membership invitation", "see add change"),
    *_may("administrator", "organisation", "person", "see add change"),
    *_may("administrator", "organisation", "relation", "see add change"),
    *_may("administrator", "organisation", "disclosure audit emergency_access complaint breach", "see"),
    *_may("administrator", "organisation", "complaint breach", "add change"),
    *_may("administrator", "organisation", "restriction", "see change"),
    # Whoever treats.
    *_may("clinician", "organisation", "organisation membership", "see"),
    *_may("clinician", "own", "emergency_access", "see add"),
    *_may("clinician", "care_team", "invitation", "see add change"),
    *_may("clinician", "organisation", "person", "add"),
    *_may("clinician", "care_team", "person", "see change"),
    *_may("clinician", "care_team", "relation consent", "see add change"),
    *_may("clinician", "care_team", "disclosure standing", "see add"),
    *_may("clinician", "care_team", "standing", "change"),
    *_may("clinician", "care_team", "restriction", "see"),
    *_may("clinician", "care_team", "assessment answer form task", "see add change"),
    *_may("clinician", "author", "private_note", "see add change remove"),
    *_may("clinician", "emergency", "person assessment answer consent relation", "see"),
    # Whoever answers for those who treat: sees the records, looks at emergency access, writes no answers.
    *_may("supervisor", "organisation", "organisation membership person relation", "see"),
    *_may("supervisor", "organisation", "consent disclosure assessment answer form task audit", "see"),
    *_may("supervisor", "organisation", "task", "change"),
    *_may("supervisor", "organisation", "relation", "add change"),
    *_may("supervisor", "organisation", "emergency_access complaint breach restriction", "see change"),
    *_may("supervisor", "organisation", "standing", "see"),
    *_may("supervisor", "author", "private_note", "see add change remove"),
    # Whoever arranges.
    *_may("case_manager", "organisation", "organisation membership", "see"),
    *_may("case_manager", "care_team", "person relation consent disclosure", "see"),
    *_may("case_manager", "care_team", "consent disclosure", "add"),
    *_may("case_manager", "care_team", "invitation", "see add change"),
    *_may("case_manager", "care_team", "consent", "change"),
    *_may("case_manager", "care_team", "standing restriction", "see"),
    *_may("case_manager", "care_team", "assessment answer form task", "see add change"),
    *_may("case_manager", "author", "private_note", "see add change remove"),
    # Whoever has been there and walks along: the person and the tasks, not the assessment.
    *_may("peer", "organisation", "organisation membership", "see"),
    *_may("peer", "care_team", "person relation", "see"),
    *_may("peer", "care_team", "task", "see add change"),
    # A court or supervision: only what the consent for it names.
    *_may("liaison", "organisation", "organisation", "see"),
    *_may("liaison", "own", "membership", "see"),
    *_may("liaison", "consented", "person assessment", "see"),
    # Family or a friend: only what the person's consent names.
    *_may("family", "organisation", "organisation", "see"),
    *_may("family", "own", "membership", "see"),
    *_may("family", "consented", "person assessment answer task", "see"),
    # A parent or guardian, where the organisation's settings open it: never what the young person said.
    *_may("family", "guardian", "person assessment task", "see"),
    # Whoever the law lets act for an adult.
    *_may("family", "surrogate", "person assessment answer task consent disclosure standing", "see"),
    # The person: all about themselves but what a clinician keeps apart for themselves.
    *_may("person", "organisation", "organisation", "see"),
    *_may("person", "own", "membership", "see"),
    *_may("person", "self", "person relation assessment answer disclosure", "see"),
    *_may("person", "self", "consent", "see add change"),
    *_may("person", "self", "invitation", "see add change"),
    *_may("person", "self", "form", "see change"),
    *_may("person", "self", "task", "see"),
    *_may("person", "self", "complaint restriction", "see add"),
    *_may("person", "self", "standing", "see"),
    *_may("person", "self", "audit", "see"),
    # The caseload: whoever has one keeps views of it, and what they last looked at; nobody else sees either.
    *(row for role in STAFF for row in _may(role, "own", "saved_view looked", "see add change remove")),
    *_may("liaison", "own", "saved_view looked", "see add change remove"),
    *_may("family", "own", "looked", "see add change"),
    *_may("person", "own", "looked", "see add change"),
)
"""Default deny: what stands in no row may not be done."""


def relations_for(role: str, thing: str, action: str) -> tuple[Relates, ...]:
    """The relations, any of which lets a role do something to a thing.

    >>> [str(relation) for relation in relations_for("clinician", "person", "see")]
    ['care_team', 'emergency']
    """
    return tuple(
        rule.relation for rule in RULES if rule.role == role and rule.thing == thing and action in rule.actions
    )
