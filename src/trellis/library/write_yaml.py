"""Writing YAML that reads alike everywhere: as version 1.1 (PyYAML, Ruby, Go) and as version 1.2 say.

``no``, ``1_000`` and ``1:30`` are something else than text in the one, ``1e5`` and ``0o17`` in the other, and ``007`` a
number in both, but not the same. A text that either would change is put in quotes.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from trellis.library.strict_yaml import only_text


def to_yaml(tree: Any, *, flow: bool | None = False, width: int = 10**6) -> str:
    r"""The tree as YAML, in the order it has.

    Args:
        tree: plain values: mappings, lists, text, numbers, truth, None.
        flow: how mappings and lists are written: each value on a line of its own (False), or the innermost ones within
            one line (None).
        width: where long text is broken.

    >>> print(to_yaml({"pregnancy": "no", "code": "007", "minutes": "1e5", "items": [1, 2]}, flow=None), end="")
    pregnancy: 'no'
    code: '007'
    minutes: '1e5'
    items: [1, 2]
    """
    import yaml

    text = yaml.dump(tree, Dumper=_dumper(), allow_unicode=True, sort_keys=False, default_flow_style=flow, width=width)
    return str(text)


@cache
def _dumper() -> Any:
    import yaml

    class Quoting(yaml.SafeDumper):
        """PyYAML quotes what it would read otherwise itself; what YAML 1.2 would is added."""

        def ignore_aliases(self, _: Any) -> bool:
            return True  # the same list twice is written twice: a person's file may not hold names for values

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=None if only_text(value) else "'")

    Quoting.add_representer(str, text)
    return Quoting
