"""What comparisons share: topics in cells of equal size, statements of evidence, and sources numbered once each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trellis.cli.terminal import Terminal
from trellis.evidence import Statement
from trellis.evidence.bars import frequency_bars
from trellis.evidence.words import source_lines, statement_lines
from trellis.kinds.text import Claim, SourceRef
from trellis.library.knowledge import Knowledge
from trellis.say import Say

TWO = 2
Topic = tuple[str, list[list[str]]]


class Notes:
    """Numbers sources in the order in which they are first needed, and lists them with their addresses.

    Args:
        kb: the knowledge that holds them.
    """

    def __init__(self, kb: Knowledge) -> None:
        self.kb = kb
        self.numbers: dict[str, int] = {}

    def mark(self, lines: Iterable[str]) -> str:
        """The numbers of these sources as they stand behind a sentence; empty when there are none."""
        found = [self.numbers.setdefault(line, len(self.numbers) + 1) for line in dict.fromkeys(lines)]
        return f" [{', '.join(str(number) for number in found)}]" if found else ""

    def refs(self, refs: Iterable[SourceRef]) -> str:
        """The numbers of the sources that references name."""
        sources = (self.kb.sources[ref.ref] for ref in refs)
        return self.mark(f"{source.cite()} {source.link}".strip() for source in sources)

    def show(self, say: Say, term: Terminal) -> None:
        """The list; each address begins a line of its own, so that it can be opened."""
        if not self.numbers:
            return
        term.subheading(say("compare.topic_sources"))
        for line, number in self.numbers.items():
            words, _, last = line.rpartition(" ")
            head = f"[{number}] "
            if last.startswith(("https://", "http://")):
                term.text(words, indent=head, hanging="    ")
                term.text(last, indent="    ", hanging="    ")
            else:
                term.text(line, indent=head, hanging="    ")


def claims(given: Iterable[Claim], notes: Notes, say: Say, role: str) -> list[str]:
    """Claims as sentences with the numbers of their sources; for a clinician marked where they are from memory."""
    return [_marked(c, say, role) + notes.refs(c.sources) for c in given]


def _marked(claim: Claim, say: Say, role: str) -> str:
    words = claim.in_language(say.lang)
    return say("lists.unverified", text=words) if role == "clinician" and claim.verified == "memory" else words


def topic(term: Terminal, names: Sequence[str], title: str, cells: Sequence[Sequence[str]], nothing: str) -> None:
    """One topic: two cells in two columns, more of them one below the other; an empty cell says so."""
    filled = [list(cell) or [nothing] for cell in cells]
    term.subheading(title)
    if len(names) == TWO:
        left, right = filled
        for number in range(max(len(left), len(right))):
            one, two = ((side[number] if number < len(side) else "") for side in (left, right))
            term.columns(one, two, listed=max(len(left), len(right)) > 1)
        return
    for name, lines in zip(names, filled, strict=True):
        term.text(name, indent="  ", style="bold")
        if len(lines) == 1:
            term.text(lines[0], indent="    ")
        else:
            term.bullets(lines, indent="    ")


def evidence(
    statements: Sequence[Statement], nothing: str, notes: Notes, say: Say, term: Terminal, role: str, *, indent: str
) -> None:
    """Statements, each with how many of 100, how sure, and its sources; where there is none, that nobody here knows."""
    if not statements:
        term.text(nothing, indent=indent)
    for number, one in enumerate(statements):
        if number:
            term.line()
        show_statement(one, notes, say, term, role, indent=indent)


def show_statement(one: Statement, notes: Notes, say: Say, term: Terminal, role: str, *, indent: str) -> None:
    """One statement: the condition, every sentence of it, the bars, the numbers of its sources."""
    condition = notes.kb.treated[one.summary.condition].name.in_language(say.lang)
    term.text(say("compare.evidence_about", condition=condition), indent=indent, style="bold")
    first, *rest = statement_lines(one, say.lang, role=role)
    term.text(first + notes.mark(source_lines(notes.kb, one)), indent=indent)
    for line in rest:
        term.text(line, indent=indent)
    if one.of_100 is not None:
        for line in frequency_bars(one.of_100, say.lang):
            term.text(line, indent=indent, hanging=f"{indent}    ")
