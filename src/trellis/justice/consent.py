"""Consent to a report for a court or for supervision: read from the file, and asked before anything is told.

Method: the parts of a written consent (42 CFR 2.31) and, where a court or an agency made the program a condition, its
duration and from when it can be taken back (42 CFR 2.35). What is not expressly given is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple, get_args

from trellis.errors import Problem, TrellisError
from trellis.justice.reader import Reader
from trellis.kinds.justice import CONSENT_EVENTS, CONSENT_PURPOSES, RECIPIENT_ROLES, REPORT_PARTS
from trellis.say import Say

Why = Literal["missing", "not_to_you", "not_signed", "revoked", "expired", "not_yet", "incomplete", "kind_not_named"]
WHYS: tuple[Why, ...] = get_args(Why)
Lacks = Literal["by", "from", "kinds", "purpose", "expiry", "revocable"]
KEYS = (
    "by", "from", "to", "kinds", "purpose", "signed", "starts", "until", "event", "event_on", "referral",
    "revocable_from", "revocable_event", "revoked",
)  # fmt: skip


@dataclass(frozen=True)
class Consent:
    """One written consent. What is empty or None is not written down, and then nothing is shared by it.

    Args:
        by: who gives it; ``program``: who may share.
        name, role: to whom, by name, by role, or both.
        kinds: the parts of a report that it names, in the order of the report.
        purpose: what the report may be used for.
        signed: the day of the signature; ``starts``: the first day it holds, that of the signature where left out.
        until: the last day it holds; ``event``: what ends it, and ``event_on`` the day on which that happened.
        referral: a court or an agency made the program a condition (42 CFR 2.35).
        revocable_from, revocable_event: with ``referral``, from when it can be taken back.
        revoked: the day on which it was taken back.
    """

    by: str = ""
    program: str = ""
    name: str = ""
    role: str = ""
    kinds: tuple[str, ...] = ()
    purpose: str = ""
    signed: date | None = None
    starts: date | None = None
    until: date | None = None
    event: str = ""
    event_on: date | None = None
    referral: bool = False
    revocable_from: date | None = None
    revocable_event: str = ""
    revoked: date | None = None

    @property
    def lacks(self) -> tuple[Lacks, ...]:
        """What a written consent needs and this one does not say.

        >>> Consent(by="Sam", kinds=("attendance",), until=date(2027, 1, 1)).lacks
        ('from', 'purpose')
        """
        needed: dict[Lacks, bool] = {
            "by": bool(self.by),
            "from": bool(self.program),
            "kinds": bool(self.kinds),
            "purpose": bool(self.purpose),
            "expiry": self.until is not None or bool(self.event),
            "revocable": not self.referral or self.revocable_from is not None or bool(self.revocable_event),
        }
        return tuple(name for name, there in needed.items() if not there)

    def is_to(self, recipient: str) -> bool:
        """Whether it names this recipient, by name or by role; capitals and blanks do not matter."""
        asked = _plain(recipient)
        return bool(asked) and asked in (_plain(self.name), _plain(self.role))

    def against(self, *, as_of: date) -> Why | None:
        """Why nothing may be shared by it on a day; None where it holds."""
        if self.revoked is not None and self.revoked <= as_of:
            return "revoked"
        if self.signed is None or self.signed > as_of:
            return "not_signed"
        over = (self.until is not None and self.until < as_of) or (self.event_on is not None and self.event_on <= as_of)
        if over:
            return "expired"
        if self.starts is not None and self.starts > as_of:
            return "not_yet"
        return "incomplete" if self.lacks else None


def _plain(text: str) -> str:
    return " ".join(text.replace("_", " ").split()).casefold()


class ConsentError(TrellisError):
    """Nothing may be shared. Why is for those who keep the file, never for whoever asked.

    Args:
        why: the reason, one of ``WHYS``.
        lacks: with ``incomplete``, what the consent does not say; with ``kind_not_named``, the parts it does not name.
        early: it was taken back before the day or event that it names for that.

    >>> refused = ConsentError("revoked")
    >>> "taken back" in str(refused), "taken back" in refused.for_recipient("en")
    (True, False)
    """

    def __init__(self, why: Why, lacks: Iterable[str] = (), *, early: bool = False) -> None:
        self.why, self.lacks, self.early = why, tuple(lacks), early
        super().__init__([Problem("justice", self.reason("en"), Say("en")("justice.refused_remedy"))])

    def __reduce__(self) -> tuple[Any, ...]:
        return _refused, (self.why, self.lacks, self.early)

    def reason(self, lang: str) -> str:
        """Why, for the person and for those who keep the file."""
        return told_why(self.why, self.lacks, early=self.early, say=Say(lang))

    @staticmethod
    def for_recipient(lang: str) -> str:
        """What whoever asked is told: the same words whatever the reason, and whether or not there is such a person."""
        return Say(lang)("justice.refused_recipient")


def _refused(why: Why, lacks: tuple[str, ...], early: bool) -> ConsentError:
    return ConsentError(why, lacks, early=early)


def told_why(why: Why, lacks: Iterable[str], *, early: bool, say: Say) -> str:
    """A reason in whole sentences."""
    if why == "kind_not_named":
        names = say.join(say(f"justice.part_{name}") for name in lacks)
    else:
        names = say.join(say(f"justice.lacks_{name}") for name in lacks)
    told = say(f"justice.refused_{why}", names=names) if names else say(f"justice.refused_{why}")
    return f"{told} {say('justice.refused_early')}" if early else told


class Permit(NamedTuple):
    """A consent that holds for this recipient on this day, and the parts that may be told."""

    consent: Consent
    parts: tuple[str, ...]


def permitted(consents: Iterable[Consent], *, to: str, parts: Iterable[str] = (), as_of: date) -> Permit:
    """What may be told to a recipient on a day. Everything that no consent expressly gives is refused.

    Args:
        consents: those of the file.
        to: the recipient, by name or by role.
        parts: the parts asked for; all that the consent names where none is.
        as_of: the day.

    Raises:
        ConsentError: nothing may be shared. It says why, and apart from that what whoever asked may be told.

    >>> given = Consent(
    ...     by="Sam",
    ...     program="Harbor",
    ...     role="court",
    ...     kinds=("attendance",),
    ...     purpose="court_review",
    ...     signed=date(2026, 11, 2),
    ...     until=date(2027, 5, 2),
    ... )
    >>> permitted([given], to="Court", as_of=date(2026, 11, 30)).parts
    ('attendance',)
    >>> permitted([given], to="court", parts=["setting"], as_of=date(2026, 11, 30))
    Traceback (most recent call last):
    trellis.justice.consent.ConsentError: justice: The consent does not name this: setting. ...
    """
    several = list(consents)
    if not several:
        raise ConsentError("missing")
    mine = [one for one in several if one.is_to(to)]
    if not mine:
        raise ConsentError("not_to_you")
    asked = tuple(part for part in REPORT_PARTS if part in set(parts))
    refusals = []
    for one in sorted(mine, key=lambda each: each.signed or date.min, reverse=True):
        why = against(one, several, as_of=as_of)
        missing = tuple(part for part in asked if part not in one.kinds)
        if why is None and not missing:
            return Permit(one, asked or one.kinds)
        refusals.append(refusal(one, why, missing, as_of=as_of))
    raise refusals[0]


def refusal(consent: Consent, why: Why | None, missing: tuple[str, ...], *, as_of: date) -> ConsentError:
    """The refusal of one consent: ``why`` it does not hold, else the parts ``missing`` from it."""
    if why is None:
        return ConsentError("kind_not_named", missing)
    early = why == "revoked" and consent.referral and not _revocable(consent, as_of=as_of)
    return ConsentError(why, consent.lacks if why == "incomplete" else (), early=early)


def against(consent: Consent, others: Iterable[Consent], *, as_of: date) -> Why | None:
    """Why nothing may be shared by a consent, seen beside the others of the file.

    What is taken back takes back every consent to the same recipient that was signed by that day: somebody who says
    "no more" does not say which paper they mean.
    """
    why = consent.against(as_of=as_of)
    if why is not None or consent.signed is None:
        return why
    for other in others:
        same = other.is_to(consent.name) or other.is_to(consent.role)
        if same and other.revoked is not None and consent.signed <= other.revoked <= as_of:
            return "revoked"
    return None


def _revocable(consent: Consent, *, as_of: date) -> bool:
    """Whether a consent of 42 CFR 2.35 can be taken back by now under its own terms."""
    if consent.revocable_from is not None and consent.revocable_from <= (consent.revoked or as_of):
        return True
    return bool(consent.revocable_event) and consent.event == consent.revocable_event and consent.event_on is not None


def read_consents(reader: Reader, given: Any) -> tuple[Consent, ...]:
    """The consents below ``justice.consent``: one, or a list of them."""
    if given is None:
        return ()
    if isinstance(given, Mapping):
        one = _read(reader, "consent", given)
        return () if one is None else (one,)
    return tuple(reader.entries("consent", given, lambda where, entry: _read(reader, where, entry)))


def _read(reader: Reader, where: str, given: Any) -> Consent | None:
    read = reader.mapping(where, given, KEYS)
    if read is None:
        return None
    to = {} if read.get("to") is None else reader.mapping(f"{where}.to", read["to"], ("name", "role")) or {}
    kinds = read.get("kinds")
    if kinds is not None and not isinstance(kinds, (list, tuple)):
        reader.wrong(f"{where}.kinds", "is no list.", f"Write a list of {', '.join(REPORT_PARTS)}.")
        kinds = ()
    named = {reader.one_of(f"{where}.kinds", kind, REPORT_PARTS) for kind in kinds or ()}
    words = {key: reader.name(f"{where}.{key}", read.get(key)) for key in ("by", "from")}
    days = {
        key: reader.day(f"{where}.{key}", read.get(key), past=key in ("signed", "event_on", "revoked"))
        for key in ("signed", "starts", "until", "event_on", "revocable_from", "revoked")
    }
    found = Consent(
        by=words["by"],
        program=words["from"],
        name=reader.name(f"{where}.to.name", to.get("name")),
        role=reader.one_of(f"{where}.to.role", to.get("role"), RECIPIENT_ROLES),
        kinds=tuple(part for part in REPORT_PARTS if part in named),
        purpose=reader.one_of(f"{where}.purpose", read.get("purpose"), CONSENT_PURPOSES),
        event=reader.one_of(f"{where}.event", read.get("event"), CONSENT_EVENTS),
        referral=reader.one_of(f"{where}.referral", read.get("referral"), ("no", "yes")) == "yes",
        revocable_event=reader.one_of(f"{where}.revocable_event", read.get("revocable_event"), CONSENT_EVENTS),
        **days,
    )
    _check_days(reader, where, found)
    return found


def _check_days(reader: Reader, where: str, one: Consent) -> None:
    first = one.starts or one.signed
    if first is not None and one.until is not None and one.until < first:
        reader.wrong(f"{where}.until", f"is [{one.until}], before [{first}].", "Mend one of the days.")
    if one.revoked is not None and one.signed is not None and one.revoked < one.signed:
        reader.wrong(f"{where}.revoked", f"is [{one.revoked}], before it was signed.", "Mend one of the days.")
    if one.event_on is not None and not one.event:
        reader.wrong(f"{where}.event_on", "is there, and no event.", f"Write event: {' or '.join(CONSENT_EVENTS)}.")
