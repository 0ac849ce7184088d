"""Whether a site may go into production: what an administrator would otherwise find out from somebody else."""

from __future__ import annotations

import io
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError, SystemCheckError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


def faults() -> list[str]:
    """What is to be mended, each a sentence; empty where nothing is."""
    found = [*_settings(), *_database()]
    if settings.DEMO:
        found.append("TRELLIS_DEMO is on: anybody gets in. Turn it off.")
    if settings.EMAIL_FILE_PATH:
        found.append("TRELLIS_MAIL is not set: invitations stay in the folder. Give a mail server.")
    key = Path(settings.FOLDER) / "secret.key"
    if key.is_file() and key.stat().st_mode & 0o077:
        found.append("The key in the folder can be read by others. Give it the mode 600.")
    return found


def _settings() -> list[str]:
    said = io.StringIO()
    try:
        call_command("check", deploy=True, fail_level="WARNING", stdout=said, stderr=said)
    except (SystemCheckError, CommandError) as error:
        lines = [line.strip() for line in str(error).splitlines()]
        return [
            line.removeprefix("?: ") for line in lines if line.startswith(("?:", "WARNINGS?:")) or "(security." in line
        ]
    return []


def _database() -> list[str]:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return [f"The database is not reached ({type(error).__name__})."]
    return ["The tables are not those of this version. Run: trellis workspace migrate"] if waiting else []
