"""All commands, each imported when it is called: the others and what they need are left on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import typer

from trellis.cli.ends import Ending
from trellis.cli.plain_values import spare, spare_all
from trellis_command import EndsAtOnce

WHERE = {
    "ask": "person_commands:register",
    "decide": "person_commands:register",
    "explain": "person_commands:register",
    "compare": "compare:register",
    "approaches": "approaches:register",
    "aims": "aims:register",
    "values": "values:register",
    "instruments": "instruments:register",
    "instrument": "instruments:register",
    "score": "instruments:register",
    "change": "instruments:register",
    "chart": "instruments:register",
    "example": "example:register",
    "settings": "knowledge_commands:register",
    "facts": "knowledge_commands:register",
    "needs": "knowledge_commands:register",
    "check": "knowledge_commands:register",
    "prove": "knowledge_commands:register",
    "schema": "knowledge_commands:register",
    "template": "knowledge_commands:register",
    "sign-off": "sign_off:sign_off_app",
    "version": "knowledge_commands:register",
    "questionnaire": "instruments:register",
    "plan": "plans:plan_app",
    "justice": "justice:justice_app",
    "directory": "directory:directory_app",
    "evidence": "evidence:evidence_app",
    "guide": "guide:guide_app",
    "workspace": "workspace:workspace_app",
}
"""Where each command is, in the order of the help: a function that adds it, or a group of commands."""


def find(name: str) -> Any:
    """Import a command or a group of them. Raises ``KeyError`` for one that there is not.

    >>> find("version").name
    'version'
    """
    module, _, part = WHERE[name].partition(":")
    with EndsAtOnce():
        found = getattr(import_module(f"trellis.cli.{module}"), part)
    app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
    if isinstance(found, typer.Typer):
        app.add_typer(found, name=name)
    else:
        found(app)
    command = typer.main.get_group(app).commands[name]
    spare_all(command)
    return command


class CommandsByName(dict[str, Any]):
    """The commands by name, each found when it is asked for."""

    def __init__(self) -> None:
        super().__init__(dict.fromkeys(WHERE))

    def __getitem__(self, name: str) -> Any:
        if super().__getitem__(name) is None:
            self[name] = find(name)
        return super().__getitem__(name)

    def get(self, name: str, otherwise: Any = None) -> Any:
        """The command, or else something else."""
        return self[name] if name in WHERE else otherwise

    def _all(self) -> Iterator[str]:
        for name in self:
            self[name]
            yield name

    def values(self) -> Any:
        """All commands; all are imported."""
        list(self._all())
        return super().values()

    def items(self) -> Any:
        """All commands with their names; all are imported."""
        list(self._all())
        return super().items()


class Commands(Ending):
    """All commands of ``trellis``."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.commands = CommandsByName()
        spare(self)
