"""Options that are what was typed need no checking, and no pydantic, which newer versions of typer load for each one.

Only where typer is as it is known here; anything else, and every value that is not plainly right, typer sees itself.
"""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin

_NOT_THERE = object()


class AsTyped:
    """Stands where typer keeps what turns the words of one option into a value, until a word needs turning."""

    def __init__(self, param: Any) -> None:
        self.annotation = param.type_descriptor.annotation

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value, where it is what was typed; else what typer makes of it, or its error."""
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        if self._plainly_right(value):
            return list(value) if isinstance(value, (list, tuple)) else value
        param._runtime_param = None
        return param.get_runtime_param().coerce(value, param=param, ctx=ctx)

    def _plainly_right(self, value: Any) -> bool:
        if get_origin(self.annotation) is list:
            texts = isinstance(value, (list, tuple)) and all(type(one) is str for one in value)
            return texts and get_args(self.annotation) == (str,)
        if type(value) is not str:
            return False
        return self.annotation is str or (get_origin(self.annotation) is Literal and value in get_args(self.annotation))


def spare(command: Any) -> None:
    """Let the options of a command be taken as they are typed."""
    for param in command.params:
        _spare(param)
    made = command.get_help_option  # which a command makes when it is called

    def help_option(context: Any) -> Any:
        option = made(context)
        _spare(option)
        return option

    command.get_help_option = help_option


def _spare(param: Any) -> None:
    info = getattr(getattr(param, "type_descriptor", None), "parameter_info", None)
    own_parser = info is None or getattr(info, "parser", None) or getattr(info, "click_type", None)
    if getattr(param, "_runtime_param", _NOT_THERE) is None and not own_parser:
        param._runtime_param = AsTyped(param)


def spare_all(command: Any) -> None:
    """The same for a command and every command in it."""
    spare(command)
    for inner in getattr(command, "commands", {}).values():
        spare_all(inner)
