"""Write the table of all kinds of content into docs/authoring.md: ``python -m tests.kinds.write_table``."""

from __future__ import annotations

from pathlib import Path

from trellis.kinds.kind import Kind, every

PAGE = Path(__file__).parents[2] / "docs" / "authoring.md"
BEGIN, END = "<!-- kinds: begin -->\n", "<!-- kinds: end -->\n"


def table() -> str:
    """A line for each kind: its key, what it is, and the kinds that its entries name."""
    rows = ["| key | what it is | names entries of | module |", "|---|---|---|---|"]
    rows += [f"| `{kind.key}` | {kind.what} | {_named(kind)} | `{_module(kind)}` |" for kind in every().values()]
    return "\n".join(rows) + "\n"


def _named(kind: Kind) -> str:
    return ", ".join(dict.fromkeys(f"`{key}`" for key in kind.refers.values()))


def _module(kind: Kind) -> str:
    return f"{kind.shape.__module__.rpartition('.')[2]}.py"


def written(text: str) -> str:
    """The page with the table as it is now."""
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
