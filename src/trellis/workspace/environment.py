"""What an administrator sets in the environment, read and checked once. docs/operate.md is its list."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from trellis.errors import Problem, TrellisError

ON = ("1", "true", "yes", "on")
OFF = ("", "0", "false", "no", "off")
MINUTES = 15
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
NAMES = {
    "TRELLIS_FOLDER": "the folder with the embedded database, the key and letters; .trellis here when left out",
    "TRELLIS_DATABASE": "postgresql://user:password@host:port/name; the embedded SQLite file when left out",
    "TRELLIS_SECRET_KEY": "at least 50 random signs; made and kept in the folder when left out",
    "TRELLIS_HOSTS": "the names under which the site is asked for, with commas; this machine only when left out",
    "TRELLIS_HTTPS": "1 when a proxy in front speaks TLS; then cookies are sent over TLS only",
    "TRELLIS_MAIL": "smtp://user:password@host:port; written into the folder's mail/ when left out",
    "TRELLIS_SENDER": "the address that letters come from",
    "TRELLIS_SESSION_MINUTES": f"minutes of rest until somebody must sign in again; {MINUTES} when left out",
    "TRELLIS_DEMO": "1 shows invented people and lets one sign in without a password, on this machine only",
}
"""Every setting and what it is for."""


@dataclass(frozen=True)
class Environment:
    """The settings of one process.

    Args:
        given: the variables, by name.

    >>> Environment({"TRELLIS_HOSTS": "care.example.org"}).hosts
    ('care.example.org',)
    """

    given: Mapping[str, str]

    @classmethod
    def of_process(cls) -> Environment:
        """Those of this process, checked. Raises :class:`SettingError` for what cannot be."""
        found = cls({name: os.environ[name] for name in NAMES if name in os.environ})
        found.check()
        return found

    def check(self) -> None:
        """Raises :class:`SettingError` for the first setting that cannot be."""
        if self.demo and not all(_is_loopback(host) for host in self.hosts):
            raise SettingError(
                "TRELLIS_HOSTS", "the demonstration lets anybody in", "Leave it out, or turn TRELLIS_DEMO off."
            )
        if self.demo and "TRELLIS_DATABASE" in self.given and not self.given.get("TRELLIS_FOLDER"):
            raise SettingError("TRELLIS_DEMO", "a demonstration needs a folder of its own", "Set TRELLIS_FOLDER too.")
        self.database  # noqa: B018
        self.mail  # noqa: B018
        self.session_minutes  # noqa: B018

    def _flag(self, name: str) -> bool:
        value = self.given.get(name, "").strip().lower()
        if value not in (*ON, *OFF):
            raise SettingError(name, "is neither on nor off", "Give 1 or 0.")
        return value in ON

    @property
    def demo(self) -> bool:
        """Whether this is the demonstration."""
        return self._flag("TRELLIS_DEMO")

    @property
    def https(self) -> bool:
        """Whether a proxy in front speaks TLS."""
        return self._flag("TRELLIS_HTTPS")

    @cached_property
    def folder(self) -> Path:
        """Where what is kept beside the database lies."""
        return Path(self.given.get("TRELLIS_FOLDER") or ".trellis").absolute()

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names under which the site may be asked for."""
        named = tuple(host.strip() for host in self.given.get("TRELLIS_HOSTS", "").split(",") if host.strip())
        return named or LOOPBACK

    @property
    def origins(self) -> tuple[str, ...]:
        """Where forms may come from when a proxy speaks TLS."""
        return tuple(f"https://{host}" for host in self.hosts if "*" not in host) if self.https else ()

    @cached_property
    def secret_key(self) -> str:
        """The key that signs sessions and links: given, or made once and kept in the folder."""
        given = self.given.get("TRELLIS_SECRET_KEY", "")
        if given:
            if len(given) < 50:
                raise SettingError("TRELLIS_SECRET_KEY", "is shorter than 50 signs", "Make a longer one.")
            return given
        return kept_key(self.folder / "secret.key")

    @property
    def database(self) -> dict[str, Any]:
        """Django's settings for the one database."""
        address = self.given.get("TRELLIS_DATABASE", "")
        if not address:
            return {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(self.folder / "trellis.sqlite3"),
                # Immediate: two writers wait for each other at the start, where waiting cannot fail half way.
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "timeout": 20,
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
                },
                "TEST": {"NAME": None},
            }
        parts = urlsplit(address)
        if parts.scheme not in ("postgresql", "postgres") or len(parts.path) < 2:
            raise SettingError(
                "TRELLIS_DATABASE",
                "is no address of a PostgreSQL database",
                "Give postgresql://user:password@host/name.",
            )
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 20}},
        }

    @property
    def session_minutes(self) -> int:
        """Minutes without a sign of life until somebody must sign in again."""
        value = self.given.get("TRELLIS_SESSION_MINUTES", str(MINUTES))
        if not value.isdecimal() or not 1 <= int(value) <= 720:
            raise SettingError(
                "TRELLIS_SESSION_MINUTES", "is not between 1 and 720", f"Give minutes, such as {MINUTES}."
            )
        return int(value)

    @property
    def mail(self) -> tuple[str, str, int, str, str, bool, str | None]:
        """How letters leave: backend, host, port, user, password, TLS, folder."""
        address = self.given.get("TRELLIS_MAIL", "")
        if not address:
            return "django.core.mail.backends.filebased.EmailBackend", "", 0, "", "", False, str(self.folder / "mail")
        parts = urlsplit(address)
        if parts.scheme not in ("smtp", "smtp+plain") or not parts.hostname:
            raise SettingError("TRELLIS_MAIL", "is no address of a mail server", "Give smtp://user:password@host:587.")
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        backend = "django.core.mail.backends.smtp.EmailBackend"
        return backend, parts.hostname, parts.port or 587, user, password, parts.scheme == "smtp", None

    @property
    def sender(self) -> str:
        """The address that letters come from."""
        return self.given.get("TRELLIS_SENDER") or f"trellis@{self.hosts[0].strip('[]')}"


class SettingError(TrellisError):
    """A setting of the environment cannot be.

    Args:
        name: the variable.
        what: what is wrong with it; its value may be a password and is never told.
        remedy: how to mend it.
    """

    def __init__(self, name: str, what: str, remedy: str) -> None:
        self.name, self.what, self.remedy = name, what, remedy
        super().__init__([Problem(name, f"{what.rstrip('.')}.", remedy)])

    def __reduce__(self) -> tuple[Any, ...]:
        return SettingError, (self.name, self.what, self.remedy)


def kept_key(path: Path) -> str:
    """A random key that is made once and kept where nobody else may read it.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "key"
    ...     kept_key(path) == kept_key(path)
    True
    """
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        with contextlib.suppress(FileExistsError):  # another process was first
            os.link(fresh, path)  # all at once: nobody reads half a key
        fresh.unlink()
    return path.read_text(encoding="ascii").strip()


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
