"""The file of a site's settings as it is written: its form, and what is wrong with it, with the line."""

from __future__ import annotations

import re
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from trellis.errors import Problem, TrellisError, did_you_mean
from trellis.kinds.shape import Before, Field
from trellis.kinds.text import Frozen, Text
from trellis.library.strict_yaml import OF_CONTENT, line_of, read_strictly


class SiteError(TrellisError):
    """The site's settings cannot be used: each problem names file, line, value and remedy."""


def _wrong(what: str, remedy: str) -> PydanticCustomError:
    return PydanticCustomError("site", "{what}", {"what": what, "remedy": remedy})


def _same_in_both(given: Any) -> Any:
    """A name that is the same in both languages may be written once."""
    return {"en": given, "es": given} if isinstance(given, str) else given


def _number(given: Any) -> Any:
    """A telephone number as it is shown: digits, with spaces or signs between them."""
    if isinstance(given, int) and not isinstance(given, bool):
        given = str(given)
    if not isinstance(given, str) or (given and not re.fullmatch(r"\+?[\d() .-]*\d", given.strip())):
        raise _wrong(f"is [{given}], which is no telephone number.", "Write digits, in quotes: '555-0100'.")
    if given and not 3 <= len(digits(given)) <= 15:
        raise _wrong(f"is [{given}], which has {len(digits(given))} digits.", "A number has 3 to 15 digits.")
    return given


def digits(number: str) -> str:
    """What is dialled.

    >>> digits("(555) 555-0100")
    '5555550100'
    """
    return re.sub(r"\D", "", number)


def shows(contact: str, number: str) -> bool:
    """Whether the number stands in the words.

    >>> shows("Call 1-800-662-4357 (free)", "800 662 4357"), shows("Call 555-0100", "555-0101")
    (True, False)
    """
    bare = digits(number)
    bare = bare[1:] if len(bare) == 11 and bare[0] == "1" else bare
    between = r"[ ().\-]*"
    return re.search(rf"(?<!\d)(\+?1{between})?{between.join(bare)}(?!\d)", contact) is not None


def _address(given: Any) -> Any:
    """An address that a reader can open, and over https only."""
    remedy = "Write the whole address, beginning with https://."
    if not isinstance(given, str):
        raise _wrong(f"is [{given}], which is no address.", remedy)
    if not given:
        return given
    try:
        parts = urlsplit(given)
    except ValueError:
        raise _wrong(f"is [{given}], which is no address.", remedy) from None
    if parts.scheme != "https" or "." not in (parts.hostname or "") or re.search(r"[\s\"'<>\\]", given):
        raise _wrong(f"is [{given}], which is no https address.", remedy)
    if parts.username is not None:
        raise _wrong(f"is [{given}], which holds a name or a password.", "Leave out what stands before the @.")
    return given


def _day(given: Any) -> Any:
    if isinstance(given, date):
        return given
    try:
        if isinstance(given, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", given):
            return date.fromisoformat(given)
    except ValueError:
        pass
    raise _wrong(f"is [{given}], which is no day.", "Write the day as YYYY-MM-DD.")


def _colour(given: Any) -> Any:
    """A colour as its red, green and blue."""
    remedy = "Write it in quotes, as '#2f5d50'; without them YAML takes what follows a # for a remark."
    if given is None:
        raise _wrong("is empty.", remedy)
    code = str(given).strip().lower()
    if re.fullmatch(r"#[0-9a-f]{3}", code):
        code = "#" + "".join(2 * part for part in code[1:])
    if given != "" and not re.fullmatch(r"#[0-9a-f]{6}", code):
        raise _wrong(f"is [{given}], which is no colour.", remedy)
    return code


def _name_of_page(given: Any) -> Any:
    if not isinstance(given, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", given):
        remedy = "It is part of an address: small letters and digits, with a hyphen between words, such as visiting-us."
        raise _wrong(f"is [{given}], which is no name of a page.", remedy)
    return given


class Both(Text):
    """A text in each language; neither may be missing.

    >>> Both(en="Front desk", es="Recepción").in_language("es")
    'Recepción'
    """

    es: str = Field(min_length=1)


SiteName = Annotated[Both, Before(_same_in_both)]
Number = Annotated[str, Before(_number)]
Address = Annotated[str, Before(_address)]
SiteDay = Annotated[date, Before(_day)]


Colour = Annotated[str, Before(_colour)]
PageId = Annotated[str, Before(_name_of_page)]


class Phone(Frozen):
    """A telephone of the site."""

    label: Both
    tel: Number = Field(min_length=1)
    hours: SiteName | None = None


class Link(Frozen):
    """A page that helps nearby."""

    label: SiteName
    address: Address = Field(min_length=1)
    what_for: Both


class OwnPage(Frozen):
    """A page to read that the site wrote, in both languages.

    Args:
        id: the last part of its address.
        files: Markdown (``.md``) or plain text (``.txt``), beside the site's file or in a folder below it.
    """

    id: PageId
    title: Both
    files: Both


class ColourScheme(Frozen):
    """The colours of a site in one scheme; what is empty stays as it ships. ``guide.css`` says what each is for."""

    accent: Colour = ""
    accent_ink: Colour = ""
    paper: Colour = ""
    card: Colour = ""
    warm: Colour = ""
    line: Colour = ""
    ink: Colour = ""
    muted: Colour = ""
    focus: Colour = ""


class OwnColours(Frozen):
    """The colours of a site, in the light scheme and in the dark one."""

    light: ColourScheme | None = None
    dark: ColourScheme | None = None


class OwnLine(Frozen):
    """A crisis line as the site's file gives it: one of the knowledge checked or replaced, or one more."""

    line: str = ""
    contact: Both | None = None
    what_for: Both | None = None
    hours: SiteName | None = None
    tel: Number = ""
    sms: Number = ""
    web: Address = ""
    checked: SiteDay


class Settings(Frozen):
    """The site's file."""

    name: SiteName
    neutral_title: SiteName
    exit: Address = Field(min_length=1)
    funding: Both
    phones: tuple[Phone, ...]
    crisis: tuple[OwnLine, ...]
    insurance: tuple[SiteName, ...]
    links: tuple[Link, ...]
    pages: tuple[OwnPage, ...]
    colours: OwnColours


ENTRIES: dict[str, type[Frozen]] = {
    "": Settings, "phones": Phone, "crisis": OwnLine, "links": Link, "pages": OwnPage,
    "colours": OwnColours, "light": ColourScheme, "dark": ColourScheme,
}  # fmt: skip
"""What each part of the file holds; every other part holds one text in two languages."""


class Places:
    r"""Says where in the file something stands.

    >>> Places("site.yaml", "name: Harbor\nphones: []")("phones")
    'site.yaml:2'
    """

    def __init__(self, shown: str, text: str) -> None:
        self.shown, self.text = shown, text

    def __call__(self, *path: object) -> str:
        """The file and the line of a place in it."""
        return f"{self.shown}:{line_of(self.text, [str(step) for step in path])}"


def read_settings(path: Path | None) -> tuple[Settings, Places]:
    """Read the file; what it leaves out is taken from the settings that ship.

    Raises:
        SiteError: it cannot be read, or does not have the form.
    """
    shipped = (resources.files("trellis.guide") / "site.yaml").read_text(encoding="utf-8")
    shown, text = ("site.yaml", shipped) if path is None else (str(path), _read(path))
    places = Places(shown, text)
    try:
        return Settings.model_validate(_parse("site.yaml", shipped) | _parse(shown, text)), places
    except ValidationError as error:
        raise SiteError([_problem(places, dict(detail)) for detail in error.errors()]) from None


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        what, remedy = "is not text in UTF-8.", "Save it as UTF-8; it holds YAML."
    except FileNotFoundError:
        what, remedy = "there is no such file.", "Check the name."
    except IsADirectoryError:
        what, remedy = "is a folder.", "Give one file."
    except OSError as error:
        what, remedy = f"cannot be read: {error.strerror or type(error).__name__}.", "Check who may read it."
    raise SiteError([Problem(str(path), what, remedy)])


def _parse(shown: str, text: str) -> dict[str, Any]:
    read = read_strictly(text, shown, OF_CONTENT)
    if read.problems:
        raise SiteError(read.problems)
    tree = read.documents[0] if read.documents else None
    if tree is None:
        return {}
    if not isinstance(tree, dict):
        raise SiteError([Problem(f"{shown}:1", "must hold a mapping.", "Begin with `name:`.")])
    # A key with nothing behind it is a key left out.
    return {str(key): value for key, value in tree.items() if value is not None}


def _problem(places: Places, detail: dict[str, Any]) -> Problem:
    loc = [str(step) for step in detail["loc"]]
    where, last, kind = places(*loc), loc[-1], detail["type"]
    named = ".".join(step for step in loc if not step.isdigit())
    shown = repr(detail["input"])
    shown = f"{shown[:60]}…" if len(shown) > 60 else shown
    if kind == "site":
        return Problem(where, f"[{named}] {detail['ctx']['what']}", detail["ctx"]["remedy"])
    if kind == "missing":
        return Problem(where, f"has no [{named}].", "Add it." if last in ("en", "es") else f"Add `{last}:`.")
    if kind == "extra_forbidden":
        above = [step for step in loc[:-1] if not step.isdigit()]
        known = ENTRIES.get(above[-1] if above else "", Both).model_fields
        return Problem(
            where, f"[{last}] means nothing here.", did_you_mean(last, known) or f"It may hold {', '.join(known)}."
        )
    if kind == "string_type":
        return Problem(where, f"[{named}] is [{shown}].", "Write it as text, in quotes.")
    if kind == "string_too_short":
        return Problem(where, f"[{named}] is empty.", "Write something, or take it away.")
    if kind == "tuple_type":
        return Problem(where, f"[{named}] is [{shown}], which is no list.", "Begin each entry with a dash.")
    if kind == "model_type":
        known = ENTRIES.get(next((step for step in reversed(loc) if not step.isdigit()), ""), Both).model_fields
        return Problem(where, f"[{named}] is [{shown}].", f"It may hold {', '.join(known)}.")
    return Problem(where, f"[{named}] is [{shown}]: {detail['msg'].lower()}.", "See docs/guide.md.")
