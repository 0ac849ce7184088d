"""One word for one idea: a name that two modules define is in the glossary, with each of its meanings."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "trellis"
GLOSSARY = ROOT / "docs" / "glossary.md"
ROW = re.compile(r"^\| `(\w+)` \| `([\w.]+)` \| (\S.*) \|$", re.MULTILINE)


def defined(tree: ast.Module) -> Iterator[str]:
    """Names of classes, and of types written as another name. An option of a command is no term."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        targets = [*node.targets] if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign):
            targets = [node.target]
        for target in targets:
            named = target.id if isinstance(target, ast.Name) else ""
            if re.fullmatch(r"[A-Z][a-z]\w*", named) and "typer." not in ast.unparse(node):
                yield named


def clashes() -> set[tuple[str, str]]:
    """Each name that more than one module defines, with each such module."""
    modules: defaultdict[str, set[str]] = defaultdict(set)
    for path in SOURCE.rglob("*.py"):
        if path.parent.name == "migrations":  # each has one class, which Django calls so
            continue
        module = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
        for name in defined(ast.parse(path.read_text(encoding="utf-8"))):
            modules[name].add(module)
    return {(name, module) for name, where in modules.items() if len(where) > 1 for module in where}


def told() -> list[tuple[str, str, str]]:
    """The rows of the last table: name, module, meaning."""
    return ROW.findall(GLOSSARY.read_text(encoding="utf-8").partition("\n## One name, several meanings\n")[2])


def test_a_name_that_two_modules_define_is_told_with_each_of_its_meanings() -> None:
    missing = sorted(clashes() - {(name, module) for name, module, _ in told()})
    assert not missing, f"choose another name, or add to docs/glossary.md: {missing}"


def test_the_glossary_tells_of_no_clash_that_is_gone() -> None:
    gone = sorted({(name, module) for name, module, _ in told()} - clashes())
    assert not gone, f"no longer a clash, remove from docs/glossary.md: {gone}"


def test_the_clashes_stand_in_order_each_once() -> None:
    rows = [(name, module) for name, module, _ in told()]
    assert rows == sorted(set(rows))


def test_where_a_term_lives_is_there() -> None:
    rows = [line for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line.startswith("| **")]
    assert len(rows) > 40
    for row in rows:
        for place in re.findall(r"`([\w/]+(?:/|\.(?:py|yaml)))`", row.rsplit("|", 2)[1]):
            assert (SOURCE / place).exists(), row


def test_a_class_in_two_modules_is_a_clash_and_an_option_is_none() -> None:
    written = 'class A:\n    pass\nB = Literal["x"]\nOut = Annotated[str, typer.Option()]\nLIMIT = 3\n'
    assert list(defined(ast.parse(written.replace("class A", "class Ab").replace("B =", "Bc =")))) == ["Ab", "Bc"]
