"""The triggers that write every change down, made from the tables as they are, again after each migration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import connections, models

from trellis.workspace.audit.chain import START

OURS = ("people", "consent", "assessment")
THEIRS = ("mfa_authenticator", "account_emailaddress")
NEVER_WRITTEN = {"password", "data", "token", "pin", "text"}
"""Columns whose value is a secret (``text``: a private note): that it changed is written, not what to."""
NOT_A_CHANGE = {"last_login"}
WORDS = {"INSERT": "added", "UPDATE": "changed", "DELETE": "removed"}


def audited() -> Iterator[type[models.Model]]:
    """Every table whose changes are written down, in the order of the apps."""
    for model in apps.get_models(include_auto_created=True):
        ours = model._meta.app_label in OURS
        if (ours or model._meta.db_table in THEIRS) and not getattr(model, "not_audited", False):
            yield model


def install(using: str = "default") -> None:
    """Make the triggers anew, for the tables as they are now."""
    connection = connections[using]
    there = set(connection.introspection.table_names())
    if "audit_entry" not in there:
        return
    make = _sqlite if connection.vendor == "sqlite" else _postgresql
    with connection.cursor() as cursor:
        for statement in make([model for model in audited() if model._meta.db_table in there]):
            cursor.execute(statement)


def _columns(model: type[models.Model]) -> list[str]:
    return [str(field.column) for field in model._meta.local_concrete_fields if field.column not in NOT_A_CHANGE]


def _organisation_of(model: type[models.Model], row: str) -> str:
    columns = _columns(model)
    if model._meta.label == "people.Organisation":
        return f"{row}.id"
    return f"{row}.organisation_id" if "organisation_id" in columns else "NULL"


def _person_of(model: type[models.Model], row: str) -> str:
    if model._meta.label == "people.Person":
        return f"{row}.id"
    return f"{row}.person_id" if "person_id" in _columns(model) else "NULL"


# --- SQLite ---


def _sqlite(several: Iterable[type[models.Model]]) -> Iterator[str]:
    for word in ("UPDATE", "DELETE"):
        yield f"DROP TRIGGER IF EXISTS audit_only_added_{word.lower()}"
        yield (
            f"CREATE TRIGGER audit_only_added_{word.lower()} BEFORE {word} ON audit_entry BEGIN "
            "SELECT RAISE(ABORT, 'entries of the audit are only ever added'); END"
        )
    for model in several:
        for word in WORDS:
            yield from _sqlite_trigger(model, word)


def _sqlite_trigger(model: type[models.Model], word: str) -> Iterator[str]:
    table, key = model._meta.db_table, model._meta.pk.column
    name = f"audit_{table}_{word.lower()}"
    row = "OLD" if word == "DELETE" else "NEW"
    columns = _columns(model)
    before = "''" if word == "INSERT" else f"json({_json('OLD', columns)})"
    after = "''" if word == "DELETE" else f"json({_json('NEW', columns)})"
    changed = ""
    if word == "UPDATE":
        changed = "WHEN " + " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    values = [
        "trellis_now()",
        f"COALESCE({_organisation_of(model, row)}, trellis_organisation())",
        "trellis_account()",
        "trellis_acting()",
        f"'{WORDS[word]}'",
        f"'{table}'",
        f'CAST({row}."{key}" AS TEXT)',
        _person_of(model, row),
        before,
        after,
        "trellis_why()",
    ]
    yield f'DROP TRIGGER IF EXISTS "{name}"'
    yield (
        f'CREATE TRIGGER "{name}" AFTER {word} ON "{table}" {changed} BEGIN '
        "SELECT RAISE(ABORT, 'nobody is known to act: nothing is written') WHERE trellis_acting() IS NULL; "
        f"{sqlite_insert(values)}; END"
    )


def sqlite_insert(values: list[str]) -> str:
    """Add one entry to the chain of its organisation.

    Args:
        values: an expression for each column of :data:`~trellis.workspace.audit.chain.SUMMED`.
    """
    names = ", ".join(f"v{number}" for number in range(len(values)))
    given = ", ".join(f"{value} AS v{number}" for number, value in enumerate(values))
    last = "(SELECT digest FROM audit_entry WHERE organisation_id IS v1 ORDER BY id DESC LIMIT 1)"
    return (
        'INSERT INTO audit_entry (at, organisation_id, account, acting, action, "table", "row", person_id, before, '
        f"after, why, previous, digest) SELECT {names}, previous, trellis_digest(previous, {names}) FROM "
        f"(SELECT *, COALESCE({last}, '{START}') AS previous FROM (SELECT {given}))"
    )


def _json(row: str, columns: list[str]) -> str:
    shown = [
        f"'{column}', "
        + (
            "'*'"
            if column in NEVER_WRITTEN
            else f'CASE typeof({row}."{column}") WHEN \'blob\' THEN hex({row}."{column}") ELSE {row}."{column}" END'
        )
        for column in columns
    ]
    # A function takes 127 arguments at most: a table of more columns is put together from pieces.
    pieces = [f"json_object({', '.join(shown[start : start + 60])})" for start in range(0, len(shown), 60)]
    together = pieces[0]
    for piece in pieces[1:]:
        together = f"json_patch({together}, {piece})"
    return together


# --- PostgreSQL ---

POSTGRESQL_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION audit_length(value text) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN value IS NULL THEN '-1:' ELSE octet_length(convert_to(value, 'UTF8')) || ':' || value END $$;

CREATE OR REPLACE FUNCTION audit_append(
  organisation bigint, account bigint, acting text, action text, tabled text, rowed text, person bigint,
  before text, after text, why text
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE previous text; moment text; number bigint;
BEGIN
  -- One writer at a time, until the transaction ends: a sum follows the one before it.
  PERFORM pg_advisory_xact_lock(7274, 0);
  SELECT e.digest INTO previous FROM audit_entry e
    WHERE e.organisation_id IS NOT DISTINCT FROM organisation ORDER BY e.id DESC LIMIT 1;
  previous := COALESCE(previous, '{START}');
  moment := to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
  INSERT INTO audit_entry (at, organisation_id, account, acting, action, "table", "row", person_id, before, after, why,
      previous, digest)
    VALUES (moment, organisation, account, acting, action, tabled, rowed, person, before, after, why, previous,
      encode(sha256(convert_to(concat_ws(E'\\n', previous, audit_length(moment), audit_length(organisation::text),
        audit_length(account::text), audit_length(acting), audit_length(action), audit_length(tabled),
        audit_length(rowed), audit_length(person::text), audit_length(before), audit_length(after), audit_length(why)),
        'UTF8')), 'hex'))
    RETURNING id INTO number;
  RETURN number;
END $$;

CREATE OR REPLACE FUNCTION audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  acting text := NULLIF(current_setting('trellis.acting', true), '');
  old_row jsonb; new_row jsonb; kept jsonb; hidden text;
BEGIN
  IF TG_OP <> 'INSERT' THEN old_row := to_jsonb(OLD) - 'last_login'; END IF;
  IF TG_OP <> 'DELETE' THEN new_row := to_jsonb(NEW) - 'last_login'; END IF;
  IF TG_OP = 'UPDATE' AND old_row = new_row THEN RETURN NULL; END IF;
  IF acting IS NULL THEN RAISE EXCEPTION 'nobody is known to act: nothing is written'; END IF;
  kept := COALESCE(new_row, old_row);
  FOREACH hidden IN ARRAY TG_ARGV[3:] LOOP
    IF old_row ? hidden THEN old_row := old_row || jsonb_build_object(hidden, '*'); END IF;
    IF new_row ? hidden THEN new_row := new_row || jsonb_build_object(hidden, '*'); END IF;
  END LOOP;
  PERFORM audit_append(
    COALESCE((kept ->> NULLIF(TG_ARGV[1], ''))::bigint,
      NULLIF(current_setting('trellis.organisation', true), '')::bigint),
    NULLIF(current_setting('trellis.account', true), '')::bigint, acting,
    CASE TG_OP WHEN 'INSERT' THEN 'added' WHEN 'UPDATE' THEN 'changed' ELSE 'removed' END,
    TG_TABLE_NAME::text, kept ->> TG_ARGV[0], (kept ->> NULLIF(TG_ARGV[2], ''))::bigint,
    COALESCE(old_row::text, ''), COALESCE(new_row::text, ''), COALESCE(current_setting('trellis.why', true), ''));
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION audit_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' AND current_database() LIKE 'test\\_%' THEN RETURN NULL; END IF;
  RAISE EXCEPTION 'entries of the audit are only ever added';
END $$;
"""


def _postgresql(several: Iterable[type[models.Model]]) -> Iterator[str]:
    yield POSTGRESQL_FUNCTIONS
    for word, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        name = f"audit_only_added_{word.lower()}"
        yield (
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {word} ON audit_entry FOR EACH {each} "
            "EXECUTE FUNCTION audit_only_added()"
            if word != "TRUNCATE"
            else f"DROP TRIGGER IF EXISTS {name} ON audit_entry; CREATE TRIGGER {name} BEFORE TRUNCATE ON audit_entry "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_only_added()"
        )
    for model in several:
        table, key = model._meta.db_table, str(model._meta.pk.column)
        arguments = [key, *(_organisation_of(model, "").lstrip("."), _person_of(model, "").lstrip("."))]
        arguments = ["" if argument == "NULL" else argument for argument in arguments] + sorted(NEVER_WRITTEN)
        quoted = ", ".join(f"'{argument}'" for argument in arguments)
        yield (
            f'CREATE OR REPLACE TRIGGER audit_change AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
            f"FOR EACH ROW EXECUTE FUNCTION audit_change({quoted})"
        )


def model_of(table: str) -> Any:
    """The model of a table, or None for one that is no more."""
    return next((model for model in audited() if model._meta.db_table == table), None)
