"""What an earlier load made is read back as it was, is never old, and never stands in the way."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import trellis
from tests.library.kept import differences
from tests.library.test_files import TINY
from tests.support import person, shipped, vignettes
from trellis.frozen import FrozenDict
from trellis.library import bundle, cache, files, loader

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("TRELLIS_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "trellis"


@pytest.fixture
def read_files(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many YAML files each load parsed."""
    counts: list[int] = []
    parse = loader.parse_texts
    monkeypatch.setattr(loader, "parse_texts", lambda texts, **how: counts.append(len(texts)) or parse(texts, **how))
    return counts


def test_what_ships_is_the_same_from_a_bundle_in_every_respect(read_files: list[int]) -> None:
    fresh = trellis.load()
    assert fresh.what_helps
    read_files.clear()
    again = trellis.load()
    assert list(differences(fresh, again)) == []
    assert list(differences(fresh.what_helps, again.what_helps)) == []
    assert read_files == []
    assert (again.digest, again.parameters, again.origin) == (fresh.digest, fresh.parameters, fresh.origin)
    assert again == fresh
    assert {type(thing) for thing in (again.facts, again.contexts[0])} == {FrozenDict}


def test_everybody_gets_the_same_from_a_bundle(read_files: list[int]) -> None:
    trellis.load()
    kb = trellis.load()
    for one in vignettes():
        assert person(kb, one).to_json() == person(shipped(), one).to_json(), one["id"]


def test_the_artefact_from_a_bundle_is_the_golden_one() -> None:
    trellis.load()
    golden = Path(__file__).parents[1] / "golden" / "artefact.json"
    assert trellis.load().artefact.to_json() == json.loads(golden.read_text(encoding="utf-8"))


def test_a_folder_of_a_site_is_kept_too(tmp_path: Path, read_files: list[int]) -> None:
    fresh = trellis.load(TINY)
    read_files.clear()
    again = trellis.load(TINY)
    assert read_files == []
    assert list(differences(fresh, again)) == list(differences(fresh.what_helps, again.what_helps)) == []
    assert again.instead_of == fresh.instead_of != ""


@pytest.mark.parametrize(
    "other",
    [
        lambda: trellis.load(parameters={"ciwa_severe_from": 19}),
        lambda: trellis.load(jurisdiction="US-OH"),
        lambda: trellis.load(TINY),
    ],
)
def test_with_another_parameter_place_or_folder_another_bundle_is_read(other: Callable[[], Any]) -> None:
    digests = {trellis.load().digest, other().digest, trellis.load().digest, other().digest}
    assert len(digests) == 2


@pytest.mark.parametrize("wrong", [{"ciwa_severe_from": 18}, {"nothing": 1}, {"ciwa_severe_from": True}])
def test_what_is_refused_is_refused_each_time(wrong: dict[str, Any]) -> None:
    for _ in range(2):
        with pytest.raises(trellis.KnowledgeError):
            trellis.load(parameters=wrong)


def test_a_file_that_changed_is_read_again(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(TINY, tmp_path / "own"))
    first = trellis.load(folder)
    file = folder / "rest.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert trellis.load(folder).digest != first.digest
    file.write_text("version: []\n", encoding="utf-8")
    with pytest.raises(trellis.KnowledgeError):
        trellis.load(folder)


def test_other_code_reads_no_bundle_of_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {"a.yaml": "a: 1"}
    keys = {bundle.key_of(texts, {})}
    monkeypatch.setattr(bundle, "__version__", "0.0.0")
    keys.add(bundle.key_of(texts, {}))
    monkeypatch.setattr(bundle, "_code", lambda: ())
    keys.add(bundle.key_of(texts, {}))
    assert len(keys) == 3


@pytest.mark.parametrize("part", ["core", "rest"])
@pytest.mark.parametrize(
    "harm",
    [
        lambda body: b"",
        lambda body: body[: len(body) // 2],
        lambda body: body.replace(b"danger", b"danges", 1),
        lambda body: b"\xff" + body,
        lambda body: b"trellis bundle\n" + body,
    ],
)
def test_a_broken_bundle_is_passed_over_and_mended(
    place: Path, part: str, harm: Callable[[bytes], bytes], read_files: list[int]
) -> None:
    fresh = trellis.load(TINY)
    path = next(path for path in place.iterdir() if f".{part}." in path.name)
    whole = path.read_bytes()
    path.write_bytes(harm(whole))
    again = trellis.load(TINY)
    assert list(differences(fresh, again)) == list(differences(fresh.what_helps, again.what_helps)) == []
    assert path.read_bytes() == whole


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        "{}",
        '{"classes":[["os.system",["x"]]],"atoms":["true"],"nodes":[[3,0]],"root":1}',
        '{"classes":[["trellis.kinds.text.Text",["en"]]],"atoms":["a"],"nodes":[[3,0]],"root":1}',
        '{"classes":[],"atoms":[],"nodes":[[9]],"root":0}',
        '{"classes":[],"atoms":["a"],"nodes":[],"root":0}',
    ],
)
def test_a_bundle_with_a_right_head_and_another_content_is_passed_over(place: Path, body: str) -> None:
    fresh = trellis.load(TINY)
    key = next(place.iterdir()).name.split(".")[0]
    for part in ("core", "rest"):
        cache.write(key, part, body)
    again = trellis.load(TINY)
    assert again == fresh
    assert list(differences(fresh.what_helps, again.what_helps)) == []


def test_bundles_can_be_read_by_this_account_only(place: Path) -> None:
    trellis.load(TINY)
    assert place.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in place.iterdir()] == [0o600, 0o600]


def test_what_somebody_else_may_write_is_not_read(place: Path) -> None:
    cache.write("key", "core", "text")
    assert cache.read("key", "core") == "text"
    path = next(place.iterdir())
    path.chmod(0o622)
    assert cache.read("key", "core") is None
    path.chmod(0o600)
    place.chmod(0o777)
    assert cache.read("key", "core") is None
    cache.write("other", "core", "text")
    assert not [path for path in place.iterdir() if "other" in path.name]


def test_a_bundle_of_somebody_else_or_a_link_is_not_read(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.write("key", "core", "text")
    (place / "linked.core.bundle").symlink_to(next(place.iterdir()))
    assert cache.read("linked", "core") is None
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert cache.read("key", "core") is None


def test_a_bundle_under_another_name_is_not_read(place: Path) -> None:
    cache.write("key", "core", "text")
    shutil.copy(next(place.iterdir()), place / "another.core.bundle")
    assert cache.read("another", "core") is None


@pytest.mark.parametrize("home", ["/nonexistent/nowhere", "/dev/null", "", "relative"])
def test_without_a_place_to_write_everything_works(home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", home)
    monkeypatch.setenv("HOME", "/dev/null" if home == "relative" else home)
    if not (AS_ROOT and home.startswith("/nonexistent")):
        assert trellis.load(TINY) == trellis.load(TINY)


def test_a_disk_that_is_full_leaves_nothing_behind(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert trellis.load(TINY).digest
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("word", ["off", "no", "0", "OFF"])
def test_it_can_be_turned_off(word: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRELLIS_CACHE", word)
    trellis.load(TINY)
    assert not place.exists()
    assert cache.read("key", "core") is None


def test_another_folder_can_be_named_for_it(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRELLIS_CACHE", str(tmp_path / "elsewhere"))
    trellis.load(TINY)
    assert not place.exists()
    assert list((tmp_path / "elsewhere").glob("*.bundle"))


def test_the_oldest_make_room(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST", 2)
    for age, name in enumerate("abcd"):
        cache.write(name, "core", "text")
        os.utime(place / f"{name}.core.bundle", (age, age))
    assert sorted(path.name[0] for path in place.iterdir()) == ["c", "d"]


def test_what_is_in_use_stays_however_old_it_is(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST", 2)
    for age, name in enumerate("abcd"):
        cache.write(name, "core", "text")
        os.utime(place / f"{name}.core.bundle", (age, age))
        assert cache.read("a", "core") == "text"
    assert sorted(path.name[0] for path in place.iterdir()) == ["a", "d"]


def test_on_windows_the_local_folder_of_the_account_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("LOCALAPPDATA", "/somewhere")
    home = Path("/home/somebody")
    monkeypatch.setattr(Path, "home", classmethod(lambda _: home))
    assert cache.folder() == home / ".cache" / "trellis"

    def none(_: object) -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", classmethod(none))
    assert cache.folder() is None


def test_many_threads_load_the_same_at_once() -> None:
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: trellis.load(TINY), range(12)))
    assert all(list(differences(found[0], one)) == [] for one in found)


def test_many_processes_load_the_same_at_once(place: Path) -> None:
    code = f"import trellis; print(trellis.load({str(TINY)!r}).digest)"
    running = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert {process.communicate()[0].strip() for process in running} == {trellis.load(TINY).digest}
    assert sorted(path.suffix for path in place.iterdir()) == [".bundle", ".bundle"]


def test_a_bundle_holds_nothing_that_can_change_or_run() -> None:
    for thing in ([1], {"a": 1}, print, Path("a"), b"x"):
        with pytest.raises(bundle.NotKeepableError, match="a bundle cannot hold"):
            bundle.pack((thing,))
    with pytest.raises(ValueError, match="not JSON compliant"):
        bundle.pack(float("inf"))


def test_what_a_decision_does_not_need_is_read_from_the_files_when_it_was_not_kept(place: Path) -> None:
    fresh = trellis.load()
    assert [path.name.split(".")[1] for path in place.iterdir()] == ["core"]
    again = trellis.load()
    assert list(differences(fresh.what_helps, again.what_helps)) == []
    assert sorted(path.name.split(".")[1] for path in place.iterdir()) == ["core", "rest"]


def test_a_bundle_needs_no_pydantic_and_no_yaml() -> None:
    trellis.load()
    code = "import sys, trellis; trellis.load(); print(sorted({'pydantic', 'yaml'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_files_are_those_that_were_read() -> None:
    trellis.load()
    assert dict(trellis.load().files) == files.read_texts(files.shipped())
