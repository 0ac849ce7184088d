"""A site's file is read whole or not at all, and what is wrong in it is told with its line and how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from trellis.guide.site_file import Places, SiteError, digits, read_settings


def wrong(tmp_path: Path, text: str) -> list[str]:
    """What is said about a file; the name of its folder left out."""
    path = tmp_path / "site.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SiteError) as caught:
        read_settings(path)
    return [str(problem).replace(f"{tmp_path}/", "") for problem in caught.value.problems]


def test_what_a_file_leaves_out_is_taken_from_what_ships(tmp_path: Path) -> None:
    path = tmp_path / "site.yaml"
    path.write_text("name: Harbor Clinic\nphones:\n", encoding="utf-8")
    ours, shipped = read_settings(path)[0], read_settings(None)[0]
    assert (ours.name.en, ours.name.es) == ("Harbor Clinic", "Harbor Clinic")
    assert ours.model_copy(update={"name": shipped.name}) == shipped


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "\ufeffname: Harbor Clinic\n", "name: Harbor Clinic\r\n"])
def test_an_empty_file_and_one_from_another_editor_will_do(tmp_path: Path, text: str) -> None:
    path = tmp_path / "site.yaml"
    path.write_bytes(text.encode())
    assert read_settings(path)[0].exit.startswith("https://")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a", "site.yaml:1: must hold a mapping. Begin with `name:`."),
        ("name: [", "site.yaml:2: is not valid YAML: did not find expected node content. Mend the line named"),
        ("name: A\nname: B", "site.yaml:2: has [name] twice; first in line 1. Keep one."),
        ("name: A\nnam: B", "site.yaml:2: [nam] means nothing here. Did you mean name?"),
        ("zzz: 1", "site.yaml:1: [zzz] means nothing here. It may hold name, neutral_title, exit, funding, phones,"),
        ("name: {en: Harbor}", "site.yaml:1: has no [name.es]. Add it."),
        ("name: {en: Harbor, es: ''}", "site.yaml:1: [name.es] is empty. Write something, or take it away."),
        ("name: 5", "site.yaml:1: [name] is [5]. It may hold en, es."),
        ("exit: http://weather.example", "[exit] is [http://weather.example], which is no https address."),
        ("exit: https://a b.example", "which is no https address."),
        ("exit: https://you:secret@weather.example", "which holds a name or a password."),
        ("exit: https://[", "which is no address."),
        ("exit: 5", "[exit] is [5], which is no address."),
        ("exit: ''", "[exit] is empty."),
        ("exit: javascript:alert(1)", "which is no https address. Write the whole address, beginning with https://."),
        ("phones: 5", "[phones] is [5], which is no list. Begin each entry with a dash."),
        ("phones: [5]", "[phones] is [5]. It may hold label, tel, hours."),
        ("phones:\n  - label: {en: A, es: B}", "site.yaml:2: has no [phones.tel]. Add `tel:`."),
        ("phones:\n  - {label: {en: A, es: B}, tel: call us}", "which is no telephone number. Write digits, in quotes"),
        ("phones:\n  - {label: {en: A, es: B}, tel: '12'}", "which has 2 digits. A number has 3 to 15 digits."),
        ("phones:\n  - {label: A, tel: 555-0100}", "[phones.label] is ['A']. It may hold en, es."),
        ("crisis:\n  - {line: line_988, checked: soon}", "[crisis.checked] is [soon], which is no day."),
        ("crisis:\n  - {line: line_988, checked: 2026-02-30}", "which is no day. Write the day as YYYY-MM-DD."),
        ("crisis:\n  - line: line_988", "site.yaml:2: has no [crisis.checked]. Add `checked:`."),
        ("insurance: [5]", "[insurance] is [5]. It may hold en, es."),
        ("links:\n  - {label: A, address: county.example, what_for: {en: a, es: b}}", "which is no https address."),
        ("links:\n  - {label: A, adress: https://a.example}", "Did you mean address?"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line_and_how_to_mend_it(tmp_path: Path, text: str, said: str) -> None:
    problems = wrong(tmp_path, text)
    assert any(said in problem for problem in problems), problems


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    assert len(wrong(tmp_path, "exit: x\nphones: 5\nzzz: 1\n")) == 3


@pytest.mark.parametrize(("name", "said"), [("none.yaml", "there is no such file."), (".", "is a folder.")])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(SiteError, match=said):
        read_settings(tmp_path / name)


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_bytes("name: Atención".encode("latin-1"))
    with pytest.raises(SiteError, match="is not text in UTF-8"):
        read_settings(tmp_path / "site.yaml")


def test_a_number_may_be_written_in_many_ways(tmp_path: Path) -> None:
    path = tmp_path / "site.yaml"
    for number in ("'(555) 555-0100'", "555.555.0100", "+1 555 555 0100", "5555550100"):
        path.write_text(f"phones:\n  - {{label: {{en: A, es: B}}, tel: {number}}}\n", encoding="utf-8")
        assert digits(read_settings(path)[0].phones[0].tel).endswith("5555550100")


def test_a_place_in_a_file_that_is_broken_is_the_last_line_that_could_be_read() -> None:
    assert Places("site.yaml", "name: A\na: [")("a") == "site.yaml:2"
