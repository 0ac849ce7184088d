"""Drawings: every study is there, for the eye and for the ear."""

from __future__ import annotations

import struct
import sys
import xml.etree.ElementTree as ET

import pytest

from tests.support import shipped
from trellis.errors import TrellisError
from trellis.evidence import Drawing, forest, forest_table, funnel, pool_dataset

SVG = "{http://www.w3.org/2000/svg}"


def words_in(svg: str) -> str:
    return " ".join(text for text in ET.fromstring(svg).itertext())  # noqa: S314  # our own drawing


@pytest.fixture(scope="module")
def whole() -> Drawing:
    return forest(pool_dataset(shipped(), "landenberger2005", by="design"))


def test_a_screen_reader_hears_one_image_with_a_name_and_a_description(whole: Drawing) -> None:
    root = ET.fromstring(whole.svg)  # noqa: S314  # our own drawing
    title, desc = root[0], root[1]
    assert (title.tag, desc.tag) == (f"{SVG}title", f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("lang") == "en"
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert title.text == whole.title
    assert desc.text == whole.desc
    assert not [child for child in root.iter() if child is not root and (child.get("role") or child.get("aria-label"))]


def test_every_study_and_every_group_is_drawn_and_told(whole: Drawing) -> None:
    found = pool_dataset(shipped(), "landenberger2005", by="design")
    drawn = words_in(whole.svg)
    for label in found.table.labels:
        assert label in drawn
        assert label in whole.table
    for words in ("rct: 19 studies", "1.38 (1.16 to 1.65)", "All 58 studies", "1.53 (1.35 to 1.72)", "(0.79 to 2.95)"):
        assert words in drawn
        assert words in whole.table
    assert "← favours usual care" in drawn
    assert "favours the approach →" in drawn


def test_there_is_a_square_for_each_study_and_a_diamond_for_each_pooled_number(whole: Drawing) -> None:
    shapes = ET.fromstring(whole.svg).findall(f".//{SVG}path")  # noqa: S314  # our own drawing
    squares = [shape for shape in shapes if shape.get("fill") == "#1f5673" and "h" in (shape.get("d") or "")]
    diamonds = [shape for shape in shapes if shape.get("fill") == shape.get("stroke") == "#a33f00"]
    assert len(squares) == 58
    assert len(diamonds) == 4


def test_spanish_is_whole() -> None:
    drawing = forest(pool_dataset(shipped(), "landenberger2005", where={"country": "UK"}), lang="es")
    drawn = words_in(drawing.svg)
    for words in ("Estudio", "Peso", "favorece el enfoque", "Los 5 estudios", "País: UK"):
        assert words in drawn
    assert 'lang="es"' in drawing.svg
    for english in ("Study", "Weight", "favours", "interval ("):
        assert english not in drawn


def test_the_table_reads_in_plain_columns() -> None:
    found = pool_dataset(shipped(), "landenberger2005", where={"country": "UK"})
    head, *rows = forest_table(found).splitlines()
    assert head.split("  ")[0] == "Study"
    assert len(rows) == 7
    assert len({len(row) for row in rows[:5]}) == 1


def test_a_png_is_large_enough_to_read(whole: Drawing) -> None:
    png = whole.png()
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    assert width > 1500
    assert height > 58 * 30


def test_the_funnel_tells_what_it_shows() -> None:
    drawing = funnel(pool_dataset(shipped(), "landenberger2005"))
    root = ET.fromstring(drawing.svg)  # noqa: S314  # our own drawing
    assert root.get("role") == "img"
    assert "Egger's test" in drawing.desc
    assert "50 of 58" in drawing.desc
    assert len(drawing.table.splitlines()) == 59
    dots = [shape for shape in root.iter(f"{SVG}path") if shape.get("fill") == "#1f5673"]
    assert len(dots) == 58


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(TrellisError, match=r"pip install 'trellis-care\[charts\]'"):
        forest(pool_dataset(shipped(), "landenberger2005", where={"country": "UK"}))


def test_a_difference_is_drawn_around_0() -> None:
    kb = shipped()
    dataset = kb.datasets["landenberger2005"].model_copy(update={"measure": "RD"})
    drawing = forest(pool_dataset(kb.with_changes(datasets={dataset.id: dataset}), dataset.id, where={"country": "UK"}))
    assert "More than 0 favours the approach." in drawing.desc
    drawn = words_in(drawing.svg)
    assert "RD (95 % interval)" in drawn
    assert "0.00 (-0.04 to 0.05)" in drawn
