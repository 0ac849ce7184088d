"""Kinds of content: what each declares is true, and a new one is one new file."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kinds.write_table import PAGE, written
from tests.library.tiny import plant, problems
from tests.support import shipped
from trellis.kinds.kind import Kind, every
from trellis.kinds.shape import Frozen
from trellis.library.files import shipped as folder

A_NEW_KIND = '''
"""Programmes that a place runs."""

from __future__ import annotations

from trellis.kinds.kind import Book, Kind
from trellis.kinds.shape import Field, FrozenMap, FrozenTree
from trellis.kinds.text import Cited, Text


class Programme(Cited):
    """A programme, and for whom it is."""

    id: str
    name: Text
    what: Text
    setting: str
    evenings: int = Field(ge=0, le=7)
    when: FrozenTree = None


def check(where: str, one: Programme, book: Book) -> None:
    """A programme in the evening needs one."""
    if one.setting == "iop" and not one.evenings:
        book.wrong(where, f"[{one.id}] is on no evening.", "Give one.")


KINDS = (
    Kind(
        "programmes", Programme, "programmes that a place runs", folder="programmes",
        refers={"setting": "setting"}, public=("what",), cited=True, condition="when", check=check,
    ),
)
'''
A_FILE = """
about: {title: {en: Programmes, es: Programas}, effective: 2026-11-23, jurisdiction: US-OH}
programmes:
  - id: evening
    name: {en: Evening program, es: Programa de tarde}
    what: {en: Groups on three evenings a week., es: Grupos tres tardes por semana.}
    setting: iop
    evenings: 3
    when: {use.alcohol: {at_least: mild}}
    sources: [{ref: mccarty-2014}]
"""
LOOK = """
import sys, trellis.kinds
trellis.kinds.__path__.append(sys.argv[1])
import trellis, json
from trellis.prove.check import check
from trellis.cli.schema import schema
try:
    kb = trellis.load(sys.argv[2])
except trellis.KnowledgeError as error:
    print(error)
    sys.exit()
again = trellis.load(sys.argv[2])
one = again.of("programmes")["evening"]
where, about = again.where("programmes", "evening"), again.about("programmes", "evening")
print(one.name.es, one.jurisdiction, where, about.title.en)
described = "programmes" in schema(kb, "content")["properties"]
print(list(again.rule_nodes["evening"])[:1], again.digest == kb.digest, described)
print([str(finding) for finding in check(again) if "programmes" in str(finding)])
"""


def look(tmp_path: Path, text: str) -> list[str]:
    """What another process finds, with the module of a new kind and a file of it and nothing else added."""
    module, root = tmp_path / "more", tmp_path / "content"
    module.mkdir()
    (module / "programme.py").write_text(A_NEW_KIND, encoding="utf-8")
    shutil.copytree(folder(), root)
    (root / "programmes").mkdir()
    (root / "programmes" / "all.yaml").write_text(text.lstrip(), encoding="utf-8")
    env = {"TRELLIS_CACHE": "on", "XDG_CACHE_HOME": str(tmp_path / "cache"), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(module), str(root)],
        capture_output=True, text=True, check=True, env=env, cwd=Path(__file__).parents[2] / "src",
    )  # fmt: skip
    return done.stdout.splitlines()


def test_a_new_kind_is_one_new_file(tmp_path: Path) -> None:
    assert look(tmp_path, A_FILE) == [
        "Programa de tarde US-OH programmes/all.yaml:3 Programmes",
        "[1] True True",
        "[]",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("setting: iop", "setting: ipo", "all.yaml:3: refers to [ipo], which setting does not define. Did you"),
        ("evenings: 3", "evenings: 0", "all.yaml:3: [evening] is on no evening. Give one."),
        ("evenings: 3", "evenings: 8", "all.yaml:7: [evenings] with [8]: input should be less than or equal to 7."),
        ("mccarty-2014", "mccarty-2041", "all.yaml:3: cites [mccarty-2041], which no file defines."),
        ("at_least: mild", "at_least: mlid", "all.yaml:8: fact [use.alcohol] has no value [mlid]."),
        (", es: Grupos tres tardes por semana.", "", "[untranslated] programmes/all.yaml:3: [evening] has no Spanish"),
        ("    sources: [{ref: mccarty-2014}]\n", "", "error [unsourced] programmes/all.yaml:3: [evening] has no"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_entry_of_a_new_kind_is_found_by_what_it_declares(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in A_FILE
    assert any(said in line for line in look(tmp_path, A_FILE.replace(old, new)))


def test_every_name_in_the_shipped_content_leads_to_an_entry_and_every_declared_field_is_there() -> None:
    kb = shipped()
    for kind in every().values():
        seen = {key for entry in kb.of(kind.key).values() for _, key in kind.names_in(entry)}
        assert seen <= set(kind.refers.values())
        for path in (*kind.refers, *kind.public, *kind.english, kind.condition):
            assert path in ("", "*") or _has(kind.shape, path), f"{kind.key}: {path}"


def _has(shape: type[Frozen], path: str) -> bool:
    """The first field of a path is the shape's own, or, for words in English alone, one somewhere within it."""
    return path.partition(".")[0] in shape.model_fields or path in ("definition", "text", "stem")


def test_every_entry_tells_where_it_stands() -> None:
    kb = shipped()
    for key in every():
        for name, entry in kb.of(key).items():
            if key == "screens" and name in kb.facts:
                continue  # the screen of a fact that no screen asks is made, not written
            place = kb.where(key, name)
            line = kb.files[place.file].splitlines()[place.line - 1]
            begins = line.startswith(f"{key}:") if every()[key].single else line.lstrip().startswith("-")
            assert begins, f"{key} {name} {place}: {line}"
            assert kb.about(key, name).effective <= getattr(entry, "effective", "9")


def test_two_kinds_cannot_have_one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    from trellis.kinds import source

    every.cache_clear()
    monkeypatch.setattr(source, "KINDS", (*source.KINDS, Kind("facts", Frozen, "again")))
    with pytest.raises(ValueError, match=r"declare \[facts\]"):
        every()
    monkeypatch.undo()
    every.cache_clear()


def test_a_condition_is_kept_by_the_id_of_its_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    from trellis.kinds import source
    from trellis.kinds.fact import Implication

    every.cache_clear()
    monkeypatch.setattr(source, "KINDS", (*source.KINDS, Kind("planted", Implication, "none", condition="then")))
    with pytest.raises(ValueError, match=r"\[planted\] has a condition and no id"):
        every()
    monkeypatch.undo()
    every.cache_clear()


def test_two_kinds_whose_conditions_share_an_id_are_refused(tmp_path: Path) -> None:
    match = next(iter(shipped().matches))
    stop = next(iter(shipped().stops))
    file = shipped().where("stops", stop).file
    plant(folder(), tmp_path, file, f"id: {stop}\n", f"id: {match}\n")
    assert f"[{match}] is also the id of an entry of matches. Rename one." in problems(tmp_path)


def test_the_table_in_the_docs_is_made_of_the_kinds() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert written(text) == text, "run python -m tests.kinds.write_table"
