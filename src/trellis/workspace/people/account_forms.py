"""What is asked of whoever invites, is invited, opens a record in an emergency, or changes their own account."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from trellis.workspace.access.rules import STAFF, Role
from trellis.workspace.people.models import Account, Invitation
from trellis.workspace.words.tags import speaking

LANGUAGES = (("en", "English"), ("es", "Español"))
MOST_REASON = 2000


def role_words(role: str) -> str:
    """A role in words."""
    return speaking()(f"workspace.account_role_{role}")


def kind_words(kind: str) -> str:
    """A relation in words."""
    return speaking()(f"workspace.account_kind_{kind}")


class FormInOurWords(forms.Form):
    """A form whose labels are sentences of the catalogue."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        for name, field in self.fields.items():
            field.label = speaking()(f"workspace.account_field_{name}")


def _wrong(name: str) -> ValidationError:
    return ValidationError(speaking()(f"workspace.account_error_{name}"))


class InviteForm(FormInOurWords):
    """To work there: an address and a role."""

    email = forms.EmailField(max_length=254)
    role = forms.ChoiceField()
    language = forms.ChoiceField(choices=LANGUAGES, initial="en")

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["role"].choices = [(str(role), role_words(role)) for role in STAFF]  # type: ignore[attr-defined]
        self.fields["email"].widget.attrs["autocomplete"] = "off"

    def clean_email(self) -> str:
        """In small letters, as accounts are."""
        return str(self.cleaned_data["email"]).lower()


class InviteForPersonForm(InviteForm):
    """For one person: themselves, somebody close, or a court or supervision."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        choices = [
            (f"{role}:{kind}", kind_words(kind)) for role, kinds in Invitation.WITH_A_PERSON.items() for kind in kinds
        ]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]
        self.fields["role"].label = speaking()("workspace.account_field_relation")

    def clean_role(self) -> dict[str, str]:
        """The role and the relation."""
        role, _, kind = self.cleaned_data["role"].partition(":")
        return {"role": role, "kind": kind}


class NewAccountForm(FormInOurWords):
    """The name and the password of a new account."""

    name = forms.CharField(max_length=200)
    password1 = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False)
    password2 = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False)

    def __init__(self, *given: Any, email: str, **options: Any) -> None:
        super().__init__(*given, **options)
        self.email = email
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["password1"].help_text = speaking()("workspace.account_hint_password")

    def clean(self) -> dict[str, Any]:
        """Both the same, and a password that is not easily guessed."""
        given = super().clean() or {}
        first, second = given.get("password1"), given.get("password2")
        if first and second and first != second:
            self.add_error("password2", _wrong("not_the_same"))
        elif first:
            try:
                validate_password(first, Account(email=self.email, name=given.get("name", "")))
            except ValidationError as wrong:
                self.add_error("password1", wrong)
        return given


class OwnAccountForm(FormInOurWords):
    """One's own name and language."""

    name = forms.CharField(max_length=200)
    language = forms.ChoiceField(choices=LANGUAGES)


class EmergencyForm(FormInOurWords):
    """Somebody whom one knows already, and why: nobody is found by trying."""

    chart = forms.CharField(max_length=60, required=False)
    name = forms.CharField(max_length=200, required=False)
    born = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(max_length=MOST_REASON, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        for name in ("chart", "name", "born"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["reason"].help_text = speaking()("workspace.emergency_hint_reason")

    def clean_reason(self) -> str:
        """At least some words."""
        said = str(self.cleaned_data["reason"]).strip()
        if len(said.split()) < 4 or len(said) < 20:
            raise _wrong("reason")
        return said

    def clean(self) -> dict[str, Any]:
        """The number, or the whole name and the date of birth."""
        given = super().clean() or {}
        if not given.get("chart") and not (given.get("name") and given.get("born")) and "born" not in self.errors:
            self.add_error("chart", _wrong("who"))
        if isinstance(given.get("born"), date) and given["born"] > date.today():
            self.add_error("born", _wrong("born"))
        return given


class FindingForm(FormInOurWords):
    """What came of looking at an emergency access."""

    finding = forms.CharField(max_length=MOST_REASON, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_finding(self) -> str:
        """At least a few words."""
        said = str(self.cleaned_data["finding"]).strip()
        if len(said.split()) < 2:
            raise _wrong("finding")
        return said


def is_role(role: str) -> bool:
    """Whether somebody may be given a role on the page of members."""
    return role in {str(one) for one in STAFF} and role in {str(one) for one in Role}
