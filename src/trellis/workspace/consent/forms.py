"""What the pages of consent and law ask for, and how it is written down."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from trellis.kinds.justice import CONSENT_EVENTS, CONSENT_PURPOSES, RECIPIENT_ROLES
from trellis.workspace.consent import written
from trellis.workspace.consent.law import law
from trellis.workspace.consent.models import BreachSheet, Complaint, Consent, LegalStanding, Restriction
from trellis.workspace.people.models import Membership, Organisation, Person
from trellis.workspace.words.tags import speaking

OTHER = "other"
GROUP = "group"


def chosen(family: str, names: Any, *, empty: bool = False) -> list[tuple[str, str]]:
    """Choices with their words, by family and name; first an empty one where nothing is chosen yet."""
    say = speaking()
    begin = [("", say("workspace.law_choose"))] if empty else []
    return begin + [(name, say(f"workspace.law_{family}_{name}")) for name in names]


class DayInput(forms.DateInput):
    """A day, by the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day(**options: Any) -> forms.DateField:
    """A field for a day."""
    return forms.DateField(widget=DayInput(), **options)


def area(length: int, *, rows: int = 4, **options: Any) -> forms.CharField:
    """A field for some sentences."""
    return forms.CharField(max_length=length, widget=forms.Textarea(attrs={"rows": rows}), **options)


class LawForm(forms.Form):
    """A form whose labels and hints stand in the catalogue: ``law_f_`` and ``law_h_`` with the name of the field."""

    hints: tuple[str, ...] = ()
    named: dict[str, str] = {}

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        say = speaking()
        for name, field in self.fields.items():
            field.label = self.label_of(name)
            if name in self.hints:
                field.help_text = say(f"workspace.law_h_{name}")

    def label_of(self, name: str) -> str:
        """The label of a field."""
        return speaking()(f"workspace.law_f_{self.named.get(name, name)}")

    def wrong(self, name: str, key: str, **slots: Any) -> None:
        """Say what is wrong with a field, with a sentence of the catalogue."""
        self.add_error(name, speaking()(f"workspace.law_wrong_{key}", **slots))


class ConsentForm(LawForm):
    """A consent, for anything but the justice system."""

    justice = False
    hints: tuple[str, ...] = (
        "given_by",
        "given_basis",
        "program",
        "to",
        "to_name",
        "scopes",
        "purpose_words",
        "until",
        "ends_with",
    )

    given_as = forms.ChoiceField()
    given_by = forms.CharField(max_length=200)
    given_basis = forms.CharField(max_length=300, required=False)
    program = forms.CharField(max_length=200)
    to = forms.ChoiceField()
    to_name = forms.CharField(max_length=200, required=False)
    scopes = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    purpose = forms.ChoiceField()
    purpose_words = forms.CharField(max_length=300, required=False)
    starts = day()
    until = day(required=False)
    ends_with = forms.ChoiceField(required=False)

    def __init__(
        self,
        *given: Any,
        person: Person,
        organisation: Organisation,
        own: bool,
        old: Consent | None = None,
        scopes: tuple[str, ...] = (),
        **options: Any,
    ) -> None:
        self.person, self.organisation, self.old = person, organisation, old
        self.members: dict[str, Membership] = {
            f"m{one.pk}": one for one in written.can_be_named(person, justice=self.justice)
        }
        options["initial"] = self._begin(old, scopes) | (options.get("initial") or {})
        super().__init__(*given, **options)
        if own:
            del self.fields["given_as"], self.fields["given_basis"]
        else:
            self.fields["given_as"].choices = chosen("as", Consent.GIVEN_AS)
        self._choices()

    def _begin(self, old: Consent | None, scopes: tuple[str, ...]) -> dict[str, Any]:
        today = written.today(self.organisation)
        if old is None:
            ends = today + timedelta(days=365)
            return {
                "given_as": "self", "given_by": self.person.name, "program": self.organisation.name,
                "scopes": ["person"], "starts": today, "until": ends,
            }  # fmt: skip
        known = f"m{old.recipient_id}" in self.members
        return {
            "given_as": old.given_as, "given_by": old.given_by, "given_basis": old.given_basis, "program": old.program,
            "to": f"m{old.recipient_id}" if known else (GROUP if old.recipient_kind == "group" else OTHER),
            "to_name": "" if known else old.recipient_name, "to_role": old.recipient_role, "scopes": list(scopes),
            "purpose": old.purpose, "purpose_words": old.purpose_words, "starts": today,
            "until": written.last_day(old.until, self.organisation), "ends_with": old.ends_with,
            "revocable_from": old.revocable_from and old.revocable_from.astimezone(self.organisation.zone).date(),
            "revocable_event": old.revocable_event,
        }  # fmt: skip

    def _choices(self) -> None:
        say = speaking()
        people = [(key, say("workspace.law_to_member", name=one.account.name)) for key, one in self.members.items()]
        others = [OTHER] if self.justice else [OTHER, GROUP]
        self.fields["to"].choices = people + chosen("to", others)
        names = law().scopes["justice" if self.justice else "ordinary"]
        self.fields["scopes"].choices = chosen("scope", names)
        self.fields["purpose"].choices = chosen(
            "purpose", CONSENT_PURPOSES if self.justice else Consent.PURPOSES, empty=True
        )
        events = CONSENT_EVENTS if self.justice else written.EVENTS
        self.fields["ends_with"].choices = chosen("event", ("none", *events))

    def clean_ends_with(self) -> str:
        """No event is an empty word."""
        value: str = self.cleaned_data["ends_with"]
        return "" if value == "none" else value

    def clean(self) -> dict[str, Any]:
        """The days in their order, a name for whom no choice names, an end, and a basis where somebody else gives."""
        given = super().clean() or {}
        first, last = given.get("starts"), given.get("until")
        if first and last and last < first:
            self.wrong("until", "until_before", day=speaking().day(first))
        if given.get("to") in (OTHER, GROUP) and not given.get("to_name"):
            self.wrong("to_name", "to_name")
        if given.get("given_as", "self") != "self" and not given.get("given_basis"):
            self.wrong("given_basis", "basis")
        if not last and not given.get("ends_with") and "until" in given:
            self.wrong("until", "no_end")
        if given.get("ends_with") == "until_taken_back" and given.get("purpose") not in (None, written.ALL_THREE):
            self.wrong("ends_with", "only_all_three")
        return given

    def keep(self, made_by: Membership) -> Consent:
        """Write the draft down; where another is changed, as its next version."""
        given, zone = self.cleaned_data, self.organisation
        member = self.members.get(given["to"])
        last = given["until"]
        one = Consent(
            organisation=zone,
            person=self.person,
            given_by=given["given_by"],
            given_as=given.get("given_as", "self"),
            given_basis=given.get("given_basis", ""),
            program=given["program"],
            recipient=member,
            recipient_kind="member" if member else ("group" if given["to"] == GROUP else "named"),
            recipient_name=member.account.name if member else given["to_name"],
            purpose=given["purpose"],
            purpose_words=given["purpose_words"],
            justice=self.justice,
            starts=written.begins(given["starts"], zone),
            until=None if last is None else written.after(last, zone),
            ends_with=given["ends_with"],
            made_by=made_by,
            **self._of_justice(given),
        )
        return written.keep(one, ["person", *given["scopes"]], self.old)

    def _of_justice(self, _: dict[str, Any]) -> dict[str, Any]:
        return {}


class JusticeConsentForm(ConsentForm):
    """A consent for a court or for supervision (42 CFR 2.35): a paper of its own, never combined with another."""

    justice = True
    hints: tuple[str, ...] = (*ConsentForm.hints, "revocable_from")

    to_role = forms.ChoiceField()
    revocable_from = day(required=False)
    revocable_event = forms.ChoiceField(required=False)

    field_order = (
        "given_as", "given_by", "given_basis", "program", "to", "to_name", "to_role", "scopes", "purpose",
        "purpose_words", "starts", "until", "ends_with", "revocable_from", "revocable_event",
    )  # fmt: skip

    def _choices(self) -> None:
        super()._choices()
        self.fields["to_role"].choices = chosen("role", RECIPIENT_ROLES, empty=True)
        self.fields["revocable_event"].choices = chosen("event", ("none", *CONSENT_EVENTS))

    def clean_revocable_event(self) -> str:
        """No event is an empty word."""
        value: str = self.cleaned_data["revocable_event"]
        return "" if value == "none" else value

    def clean(self) -> dict[str, Any]:
        """As every consent; and from when it can be taken back, no later than it ends (42 CFR 2.35(c))."""
        given = super().clean()
        if "revocable_from" in given and not given["revocable_from"] and not given.get("revocable_event"):
            self.wrong("revocable_from", "revocable")
        if given.get("scopes") == ["person"]:
            self.wrong("scopes", "no_part")
        return given

    def _of_justice(self, given: dict[str, Any]) -> dict[str, Any]:
        first = given["revocable_from"]
        return {
            "recipient_role": given["to_role"],
            "revocable_from": None if first is None else written.begins(first, self.organisation),
            "revocable_event": given["revocable_event"],
        }


class SignForm(LawForm):
    """A signature: the person's own typed name, or that on a paper that somebody saw."""

    signature = forms.CharField(max_length=200)
    second = forms.CharField(max_length=200)
    paper_of = day()
    seen = forms.BooleanField()

    def __init__(self, *given: Any, one: Consent, own: bool, organisation: Organisation, **options: Any) -> None:
        self.organisation = organisation
        super().__init__(*given, **options)
        if own:
            del self.fields["paper_of"], self.fields["seen"]
        else:
            self.fields["paper_of"].initial = written.today(organisation)
        if one.given_as == "self":
            del self.fields["second"]

    def clean_paper_of(self) -> date:
        """Not a day that is still to come."""
        given: date = self.cleaned_data["paper_of"]
        if given > written.today(self.organisation):
            self.wrong("paper_of", "future")
        return given


class TakeBackForm(LawForm):
    """Nothing need be said to take it back."""

    words = forms.CharField(max_length=300, required=False)


class DisclosureForm(LawForm):
    """A disclosure that was made elsewhere: by telephone, on paper, in an emergency, by order of a court."""

    hints = ("what",)
    named = {"to": "told_to"}
    WAYS = ("phone", "paper", "fax", "in_person", "electronic")

    kind = forms.CharField(widget=forms.HiddenInput)
    consent = forms.ChoiceField()
    to = forms.CharField(max_length=200)
    where = forms.CharField(max_length=300, required=False)
    what = forms.CharField(max_length=300)
    purpose = forms.CharField(max_length=300)
    way = forms.ChoiceField()
    at = forms.DateTimeField(widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))

    def __init__(self, *given: Any, kind: str, consents: list[Consent], **options: Any) -> None:
        self.needs: tuple[str, ...] = tuple(law().disclosure(kind).more["needs"])
        self.consents = {one.key: one for one in consents}
        for need in self.needs:
            self.base_fields = {**self.base_fields, need: forms.CharField(max_length=300)}  # type: ignore[misc]
        options["initial"] = {"kind": kind, "at": timezone.localtime(), **(options.get("initial") or {})}
        super().__init__(*given, **options)
        self.fields["kind"].initial = kind
        self.fields["way"].choices = chosen("way", self.WAYS)
        self.fields["at"].input_formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        if kind == "consent":
            self.fields["consent"].choices = [(one.key, one.recipient_name) for one in consents]
        else:
            del self.fields["consent"]

    def clean_at(self) -> Any:
        """Not a moment that is still to come."""
        given = self.cleaned_data["at"]
        if given > timezone.now():
            self.wrong("at", "future")
        return given


class StandingForm(LawForm):
    """Legal status or capacity, from a day on, by whom and on what basis."""

    hints = ("basis",)

    kind = forms.CharField(widget=forms.HiddenInput)
    value = forms.ChoiceField()
    on = day()
    basis = forms.CharField(max_length=300)

    def __init__(self, *given: Any, kind: str, organisation: Organisation, **options: Any) -> None:
        self.organisation = organisation
        options["initial"] = {"kind": kind, "on": written.today(organisation)}
        super().__init__(*given, **options)
        self.fields["value"].choices = chosen(kind, LegalStanding.VALUES[kind], empty=True)
        self.fields["value"].label = speaking()(f"workspace.law_kind_{kind}")

    def clean_on(self) -> date:
        """Not a day that is still to come."""
        given: date = self.cleaned_data["on"]
        if given > written.today(self.organisation):
            self.wrong("on", "future")
        return given


class NoteForm(LawForm):
    """A private note."""

    text = area(20_000, rows=8)
    named = {"text": "note"}


class WordsForm(LawForm):
    """A complaint, or a request, in somebody's own words."""

    words = area(Complaint._meta.get_field("words").max_length or 1000, rows=6)
    named = {"words": "own_words"}


class AnswerForm(LawForm):
    """What came of a complaint."""

    answer_words = area(2000)


class RestrictionAnswerForm(LawForm):
    """Whether a restriction is agreed to, and why not."""

    answer = forms.ChoiceField()
    answer_words = area(1000, required=False)

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["answer"].choices = chosen("answer", Restriction.ANSWERS, empty=True)


class BreachForm(LawForm):
    """The worksheet for something that may be a breach."""

    hints = ("discovered", "most_in_a_state", "secured", "delay_until")

    title = forms.CharField(max_length=200)
    words = area(5000, required=False)
    happened = day(required=False)
    discovered = day()
    people_count = forms.IntegerField(min_value=0, max_value=1_000_000_000, required=False)
    most_in_a_state = forms.IntegerField(min_value=0, max_value=1_000_000_000, required=False)
    secured = forms.BooleanField(required=False)
    nature_words = area(5000, rows=3, required=False)
    nature = forms.ChoiceField(required=False)
    recipient_words = area(5000, rows=3, required=False)
    recipient = forms.ChoiceField(required=False)
    viewed_words = area(5000, rows=3, required=False)
    viewed = forms.ChoiceField(required=False)
    mitigated_words = area(5000, rows=3, required=False)
    mitigated = forms.ChoiceField(required=False)
    finding = forms.ChoiceField()
    finding_words = area(5000, required=False)
    delay_until = day(required=False)
    told_people = day(required=False)
    told_secretary = day(required=False)
    told_media = day(required=False)
    named = {"words": "breach_words"}

    def __init__(self, *given: Any, organisation: Organisation, **options: Any) -> None:
        self.organisation = organisation
        super().__init__(*given, **options)
        for name in BreachSheet.FACTORS:
            self.fields[name].choices = chosen("level", BreachSheet.LEVELS, empty=True)
        self.fields["finding"].choices = chosen("finding", BreachSheet.FINDINGS)

    def label_of(self, name: str) -> str:
        """That of a factor names it, and so does that of how likely harm is from it."""
        factor, say = name.removesuffix("_words"), speaking()
        if factor not in BreachSheet.FACTORS:
            return super().label_of(name)
        told = say(f"workspace.law_factor_{factor}")
        return (
            say("workspace.law_f_factor", factor=told) if name != factor else say("workspace.law_f_level", factor=told)
        )

    def clean(self) -> dict[str, Any]:
        """Days in their order; a low probability only where all four factors are answered and low."""
        given = super().clean() or {}
        found = given.get("discovered")
        if found and found > written.today(self.organisation):
            self.wrong("discovered", "future")
        if found and given.get("happened") and given["happened"] > found:
            self.wrong("happened", "happened_after")
        if given.get("finding") == "low_probability" and not all(
            given.get(name) and given.get(f"{name}_words") for name in BreachSheet.FACTORS
        ):
            self.wrong("finding", "factors")
        if given.get("finding") in ("low_probability", "exception") and not given.get("finding_words"):
            self.wrong("finding_words", "finding_words")
        return given


class SettingsForm(LawForm):
    """What an organisation settles about minors, and where complaints go."""

    hints = ("parents_see_minors", "own_consent_from", "complaints_to")

    parents_see_minors = forms.BooleanField(required=False)
    minor_until = forms.IntegerField(min_value=14, max_value=25)
    own_consent_from = forms.IntegerField(min_value=10, max_value=25, required=False)
    address = forms.CharField(max_length=300, required=False)
    phone = forms.CharField(max_length=40, required=False)
    complaints_to = forms.CharField(max_length=300, required=False)
