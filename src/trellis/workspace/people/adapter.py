"""How the library for accounts behaves here: nobody makes an account without an invitation, and it speaks our words."""

from __future__ import annotations

import logging
import time
from typing import Any

from allauth.account import forms as account_forms
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.recovery_codes import forms as code_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.functional import lazy

from trellis.workspace.audit.write import write
from trellis.workspace.words.tags import speaking

JUST_NOW = 300
"""Seconds after a sign-in in which the second factors are changed without signing in again."""


def _ours(name: str) -> Any:
    return lazy(lambda: speaking()(f"workspace.account_error_{name}"), str)()


ERRORS = {
    "account_inactive": _ours("inactive"),
    "email_password_mismatch": _ours("sign_in"),
    "enter_current_password": _ours("password"),
    "incorrect_code": _ours("code"),
    "incorrect_password": _ours("password"),
    "invalid_login": _ours("sign_in"),
    "invalid_password_reset": _ours("link"),
    "too_many_login_attempts": _ours("too_many"),
    "rate_limited": _ours("too_many"),
    "cannot_delete_authenticator": _ours("keep_factor"),
    "cannot_generate_recovery_codes": _ours("no_factor"),
}


class ByInvitationOnly(DefaultAccountAdapter):
    """Sign-up is closed; an invitation makes the account."""

    error_messages = DefaultAccountAdapter.error_messages | ERRORS

    def is_open_for_signup(self, request: Any) -> bool:
        """Never."""
        return False

    def pre_authenticate(self, request: Any, **credentials: Any) -> None:
        """Count the try; one too many is written down. Raises :class:`ValidationError` for it."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            write("refused", table="account_login", what={"too_many": True})
            raise

    def is_reauthentication_required(self, *, app: str, **rest: Any) -> bool:
        """Not right after the sign-in: whoever must set up a second factor gave the password a moment ago."""
        request = self.request
        if request is not None and request.user.is_authenticated:
            records = get_authentication_records(request, request.user)
            if records and time.time() - records[-1]["at"] < JUST_NOW:
                return False
        return bool(super().is_reauthentication_required(app=app, **rest))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the account's language. A letter that cannot leave is told to nobody: it would say who has an account."""
        user = context.get("user")
        language = getattr(user, "language", None) or translation.get_language() or "en"
        try:
            with translation.override(language):
                super().send_mail(template_prefix, email, context)
        except OSError:  # whatever the mail server said, and no mail server
            logging.getLogger(__name__).exception("letter")


class OurFactors(DefaultMFAAdapter):
    """The second factors, with our words."""

    error_messages = DefaultMFAAdapter.error_messages | ERRORS

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """A name for a new passkey."""
        from allauth.mfa.models import Authenticator

        there = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return speaking()("workspace.account_passkey_name", number=there + 1)


class InOurWords:
    """The library's form, with our labels and hints, and without words that vanish when one types."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        fields.pop("remember", None)
        for name, field in fields.items():
            if not field.widget.is_hidden:
                field.label = speaking()(f"workspace.account_field_{name}")
                field.help_text = ""
                field.widget.attrs.pop("placeholder", None)
        if "code" in fields:
            fields["code"].widget.attrs |= {"inputmode": "text", "autocomplete": "one-time-code"}
        if "password1" in fields:
            fields["password1"].help_text = speaking()("workspace.account_hint_password")
        if "passwordless" in fields:
            fields["passwordless"].help_text = speaking()("workspace.account_hint_passwordless")
            fields["passwordless"].initial = True


class LoginForm(InOurWords, account_forms.LoginForm):
    """Sign in."""


class ChangePasswordForm(InOurWords, account_forms.ChangePasswordForm):
    """Change the password."""


class SetPasswordForm(InOurWords, account_forms.SetPasswordForm):
    """Set a first password."""


class ResetPasswordForm(InOurWords, account_forms.ResetPasswordForm):
    """Ask for a new password."""


class ResetPasswordKeyForm(InOurWords, account_forms.ResetPasswordKeyForm):
    """A new password, from the letter's link."""


class ReauthenticateForm(InOurWords, account_forms.ReauthenticateForm):
    """The password once more."""


class FactorForm(InOurWords, mfa_forms.AuthenticateForm):
    """A code at sign-in."""


class FactorAgainForm(InOurWords, mfa_forms.ReauthenticateForm):
    """A code once more."""


class ActivateTotpForm(InOurWords, totp_forms.ActivateTOTPForm):
    """The first code of an authenticator app."""


class GenerateCodesForm(InOurWords, code_forms.GenerateRecoveryCodesForm):
    """New recovery codes."""


class NamesAPasskey(InOurWords):
    """Its name is a passkey's, not somebody's."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["name"].label = speaking()("workspace.account_field_passkey_name")  # type: ignore[attr-defined]


class AddPasskeyForm(NamesAPasskey, webauthn_forms.AddWebAuthnForm):
    """A new passkey."""


class EditPasskeyForm(NamesAPasskey, webauthn_forms.EditWebAuthnForm):
    """Another name for a passkey."""
