"""The rule of every address. One that does not stand here is answered as if it were not there, and a test fails."""

from __future__ import annotations

from typing import NamedTuple

from trellis.workspace.access.rules import RULES, Action, Thing

ANYBODY = "anybody"
"""Shows nothing about anybody."""
SIGNED_IN = "signed_in"
"""Shows only what is one's own: the account, its sign-in."""
BY_RULES = "by_rules"
"""Shows what the table of rules lets somebody see; their role must have at least one row for it."""


class Route(NamedTuple):
    """The rule of one address.

    Args:
        who: ``anybody``, ``signed_in`` or ``by_rules``.
        thing, action: with ``by_rules``, what is done to what.
    """

    who: str
    thing: Thing | None = None
    action: Action | None = None

    @property
    def roles(self) -> frozenset[str]:
        """The roles that have a row for it."""
        return frozenset(str(rule.role) for rule in RULES if rule.thing == self.thing and self.action in rule.actions)


def _by(thing: str, action: str) -> Route:
    return Route(BY_RULES, Thing(thing), Action(action))


ROUTES: dict[str, Route] = {
    "front": Route(ANYBODY),
    "health": Route(ANYBODY),
    "guide": Route(ANYBODY),
    "static": Route(ANYBODY),
    "language": Route(ANYBODY),
    "home": Route(SIGNED_IN),
    # Accounts, of the library.
    "account_login": Route(ANYBODY),
    "account_logout": Route(SIGNED_IN),
    "account_reauthenticate": Route(SIGNED_IN),
    "account_change_password": Route(SIGNED_IN),
    "account_set_password": Route(SIGNED_IN),
    "account_reset_password": Route(ANYBODY),
    "account_reset_password_done": Route(ANYBODY),
    "account_reset_password_from_key": Route(ANYBODY),
    "account_reset_password_from_key_done": Route(ANYBODY),
    "account_inactive": Route(ANYBODY),
    "mfa_authenticate": Route(ANYBODY),
    "mfa_index": Route(SIGNED_IN),
    "mfa_reauthenticate": Route(SIGNED_IN),
    "mfa_activate_totp": Route(SIGNED_IN),
    "mfa_deactivate_totp": Route(SIGNED_IN),
    "mfa_view_recovery_codes": Route(SIGNED_IN),
    "mfa_generate_recovery_codes": Route(SIGNED_IN),
    "mfa_download_recovery_codes": Route(SIGNED_IN),
    "mfa_list_webauthn": Route(SIGNED_IN),
    "mfa_add_webauthn": Route(SIGNED_IN),
    "mfa_edit_webauthn": Route(SIGNED_IN),
    "mfa_remove_webauthn": Route(SIGNED_IN),
    "mfa_login_webauthn": Route(ANYBODY),
    "mfa_reauthenticate_webauthn": Route(SIGNED_IN),
    # Accounts: invitations, memberships, sign-in.
    "own_account": Route(SIGNED_IN),
    "memberships": Route(SIGNED_IN),
    "kept": Route(SIGNED_IN),
    "invitation": Route(ANYBODY),  # a random token says what it is
    "members": _by("membership", "add"),
    "invitations": _by("invitation", "see"),
    "invitation_new": _by("membership", "add"),
    "person_invite": _by("invitation", "add"),
    "emergency": _by("emergency_access", "add"),
    "emergency_reviews": _by("emergency_access", "change"),
    # Consent and law.
    "consents": _by("consent", "see"),
    "consent_new": _by("consent", "add"),
    "consent_new_for_justice": _by("consent", "add"),
    "consent": _by("consent", "see"),
    "consent_change": _by("consent", "change"),
    "consent_sign": _by("consent", "change"),
    "consent_take_back": _by("consent", "change"),
    "consent_end": _by("consent", "change"),
    "record": _by("person", "see"),
    "disclosures": _by("disclosure", "see"),
    "disclosure_new": _by("disclosure", "add"),
    "standing": _by("standing", "see"),
    "standing_new": _by("standing", "add"),
    "notes": _by("private_note", "see"),
    "note_remove": _by("private_note", "remove"),
    "rights": Route(SIGNED_IN),
    "complaint_new": _by("complaint", "add"),
    "complaints": _by("complaint", "change"),
    "complaint": _by("complaint", "change"),
    "restriction_new": _by("restriction", "add"),
    "restrictions": _by("restriction", "change"),
    "restriction": _by("restriction", "change"),
    "breaches": _by("breach", "see"),
    "breach_new": _by("breach", "add"),
    "breach": _by("breach", "change"),
    "law_settings": _by("organisation", "change"),
    # Assessments, forms, tasks.
    "assessment_begin": _by("assessment", "add"),
    "assessment": _by("assessment", "see"),
    "assessment_part": _by("answer", "add"),
    "assessment_next": _by("answer", "add"),
    "assessment_answer": _by("answer", "add"),
    "assessment_merge": _by("answer", "add"),
    "assessment_take_back": _by("answer", "add"),
    "assessment_history": _by("answer", "see"),
    "assessment_minutes": _by("answer", "add"),
    "assessment_close": _by("assessment", "change"),
    "assessment_carry": _by("answer", "add"),
    "assessment_carry_take": _by("answer", "add"),
    "form_send": _by("form", "add"),
    "form_seen": _by("form", "see"),
    "form_fill": Route(ANYBODY),  # whoever holds the link; it shows nothing of the record
    "form_answer": Route(ANYBODY),
    "tasks": _by("task", "see"),
    "task_done": _by("task", "change"),
    "task_undo": _by("task", "change"),
    "recheck": _by("answer", "see"),
    "recheck_looked": _by("assessment", "change"),
    # The demonstration; there only while it is on.
    "demo_sign_in": Route(ANYBODY),
    # People.
    "caseload": _by("person", "see"),
    "person": _by("person", "see"),
    "view_keep": _by("saved_view", "add"),
    "person_team": _by("relation", "add"),
    "person_add": _by("person", "add"),
    "person_seen_by": _by("audit", "see"),
}
"""By the name of the address."""
