"""Write the table of guidance into docs/treatments.md: ``python -m tests.approaches.write_treatments``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.support import shipped
from trellis.kinds.guidance import Cell, Line, Reach, Treatment
from trellis.kinds.text import SourceRef
from trellis.library.knowledge import Knowledge

PAGE = Path(__file__).parents[2] / "docs" / "treatments.md"
BEGIN, END = "<!-- guidance: begin -->\n", "<!-- guidance: end -->\n"


def table(kb: Knowledge) -> str:
    """A table for each condition: for whom, what guidance names first, second and against, and the sources read."""
    cells: list[Cell] = list(kb.of("guidance").values())
    guided: dict[str, Reach] = dict(kb.of("guided"))
    lines: list[str] = []
    for name, condition in kb.treated.items():
        here = [cell for cell in cells if cell.treats == name]
        lines += ["", f"### {condition.name.en}", ""]
        if here:
            lines += ["| for whom | first | second | against | sources |", "|---|---|---|---|---|"]
            lines += [_row(kb, cell) for cell in here]
        else:
            none = guided[name].none if name in guided else None
            lines.append(f"No cell. {none.en if none else ''}".strip())
    return "\n".join(lines) + "\n"


def _row(kb: Knowledge, cell: Cell) -> str:
    whom = f"{cell.whom.en}{'' if cell.asked else ' (no question tells)'}"
    parts = [whom, *(_list(kb, cell, line) for line in ("first", "second", "against")), "; ".join(_sources(kb, cell))]
    return f"| {' | '.join(parts)} |"


def _list(kb: Knowledge, cell: Cell, line: Line) -> str:
    return "<br>".join(_named(kb, named) for named in cell.names(line)) or "none"


def _named(kb: Knowledge, named: Treatment) -> str:
    if named.not_held is not None:
        text = f"*{named.not_held.en}*"
    else:
        text = f"{kb.approaches[named.approach].name.en} (`{named.approach}`)"
    return f"{text}: {named.says.en}" if named.says is not None else text


def _sources(kb: Knowledge, cell: Cell) -> Iterator[str]:
    yield from (_source(kb, ref) for ref in cell.sources)
    if cell.note:
        yield f"note: {cell.note}"


def _source(kb: Knowledge, ref: SourceRef) -> str:
    source = kb.sources[ref.ref]
    year = f", {source.year}" if source.year else ""
    named = f"[{source.authors or source.title}{year}]({source.link})" if source.link else source.authors
    return f"{named} {ref.at}".strip() + ("" if source.verified == "seen" else f" ({source.verified})")


def written(text: str, kb: Knowledge) -> str:
    """The page with the table as it is now."""
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}{table(kb)}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), shipped()), encoding="utf-8")
