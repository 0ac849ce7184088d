"""What is built: the same for the same input, whole without a connection, light, and loading nothing from elsewhere."""

from __future__ import annotations

import hashlib
import html
import json
import re
from datetime import timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests.support import AS_OF, shipped
from trellis.guide.build import FIRST_VIEW_MOST, FOR_HOSTS, Built, build_guide, bundle, first_view
from trellis.guide.folder import MARK
from trellis.guide.headers import POLICY, headers_file
from trellis.guide.site import read_site
from trellis.kinds.text import LANGUAGES, reached_in

OWN_WORDS = "Notes"
ADDRESS = re.compile(r"""(?:https?:)?//[\w.-]+\.[a-z]{2,}[^\s"'<>`)]*""")
NAMESPACE = "http://www.w3.org/2000/svg"
LOADING = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed|object|input|use|image)\b[^>]*?\b(?:src|srcset|data|href)\s*=\s*"([^"]*)\""""
    r"""|<link\b[^>]*?\bhref\s*=\s*"([^"]*)\"""",
    re.IGNORECASE | re.DOTALL,
)


@cache
def files() -> dict[str, bytes]:
    """The guide with the settings that ship."""
    site, _ = read_site(None, shipped(), AS_OF)
    return bundle(shipped(), site, as_of=AS_OF)


def text_files(*endings: str) -> dict[str, str]:
    return {name: content.decode() for name, content in files().items() if name.endswith(endings)}


def listed(what: str) -> list[str]:
    """What the service worker keeps: ``APP`` or ``PAGES``."""
    found = re.search(rf"^const {what} = (\[.*\]);$", files()["sw.js"].decode(), re.MULTILINE)
    assert found is not None
    names: list[str] = json.loads(found[1])
    return names


# --- the same, again


def test_the_same_input_gives_the_same_bytes() -> None:
    site, _ = read_site(None, shipped(), AS_OF)
    assert bundle(shipped(), site, as_of=AS_OF) == files()


def test_what_was_written_is_what_was_made(built: tuple[Path, Built]) -> None:
    out, told = built
    assert {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()} == files()
    assert told.files == {name: len(content) for name, content in files().items()}


def test_the_mark_says_who_made_it_from_what_and_which_files_are_ours() -> None:
    mark = json.loads(files()[MARK])
    assert (mark["made_by"], mark["built"], mark["digest"]) == (
        "trellis guide build",
        AS_OF.isoformat(),
        shipped().digest,
    )
    assert mark["files"] == sorted(files())


def test_another_day_changes_only_what_names_the_day() -> None:
    site, _ = read_site(None, shipped(), AS_OF)
    later = bundle(shipped(), site, as_of=AS_OF + timedelta(days=1))
    changed = {name for name in files() if files()[name] != later[name]}
    assert changed - {MARK, "sw.js"} <= {name for name in files() if "/read/" in name}


def test_a_folder_that_was_built_before_is_built_over(tmp_path: Path) -> None:
    site, _ = read_site(None, shipped(), AS_OF)
    first = build_guide(shipped(), site, tmp_path / "guide", as_of=AS_OF)
    again = build_guide(shipped(), site, tmp_path / "guide", as_of=AS_OF)
    assert (first.files, again.removed) == (again.files, ())


# --- it loads nothing from elsewhere, and runs nothing but its own files


def there(name: str, target: str) -> str:
    """The file that an address in another file leads to, without the place in it."""
    path = target.partition("#")[0].partition("?")[0]
    found = (Path("/") / name).parent.joinpath(path).resolve().relative_to("/").as_posix() if path else name
    return "index.html" if found == "." else found


def wrong_in(page: str) -> list[str]:
    """What a page says of what it may load, and what it holds, that it should not."""
    rules = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    allowed = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    own = [] if rules is None else [rule.split(" ", 1) for rule in html.unescape(rules[1]).split("; ")]
    found = [f"{kind} {source}" for kind, source in own if source not in ("'none'", allowed[kind])]
    found += [] if ["default-src", "'none'"] in own else ["no rules"]
    found += re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=\"|javascript:", page)
    return found + ([] if re.match(r'<!doctype html>\s*<html lang="(en|es)"', page) else ["no language"])


def test_every_page_carries_the_rules_and_holds_no_script_or_style_of_its_own() -> None:
    wrong = {name: wrong_in(page) for name, page in text_files(".html").items()}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_every_page_loads_only_what_is_there() -> None:
    for name, page in text_files(".html").items():
        for one, other in LOADING.findall(page):
            target = one or other
            assert not ADDRESS.match(target), f"{name} loads {target}"
            assert there(name, target) in files(), f"{name} loads {target}"


def test_every_link_of_a_page_leads_somewhere() -> None:
    places = {name: set(re.findall(r'\bid="([^"]*)"', page)) for name, page in text_files(".html").items()}
    for name, page in text_files(".html").items():
        for target in re.findall(r'<a\b[^>]*?\bhref="([^"]*)"', page):
            if re.match(r"https?://|tel:|sms:", target):
                continue
            assert there(name, target) in files(), f"{name} leads to {target}"
            place = target.partition("#")[2]
            assert not place or place in places[there(name, target)], f"{name} leads to {target}"


def test_the_first_page_has_every_slot_filled() -> None:
    assert "{{" not in files()["index.html"].decode()
    assert not re.search(r"\{\{\w+\}\}", files()["sw.js"].decode())


def test_the_first_page_works_without_scripts_as_far_as_help_goes() -> None:
    page = files()["index.html"].decode()
    for wanted in ('href="tel:911"', 'href="tel:988"', 'href="sms:988"', "<noscript>", 'lang="es"'):
        assert wanted in page
    for link in re.findall(r'<a href="([^":]+)"', page):
        assert link in files()


def test_scripts_and_styles_name_no_address_of_elsewhere() -> None:
    for name, script in text_files(".js").items():
        assert set(ADDRESS.findall(re.sub(r"^\s*(//|\*).*$", "", script, flags=re.MULTILINE))) <= {
            NAMESPACE,
            "http://www.w3.org/1998/Math/MathML",
            "http://www.w3.org/1999/xhtml",
        }, name
    for name, style in text_files(".css").items():
        assert "@import" not in style, name
        for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", style):
            # In a data address the namespace of SVG is a name, and nothing is fetched.
            if not address.startswith("data:image/svg+xml"):
                assert there(name, address) in files(), f"{name} loads {address}"


def test_the_data_names_no_address_but_those_of_help_lines_and_of_leaving() -> None:
    site, _ = read_site(None, shipped(), AS_OF)
    allowed = {site.exit, *(reached_in(line.web, lang) for line in site.lines for lang in LANGUAGES)}

    def addresses(tree: Any) -> set[str]:
        if isinstance(tree, str):
            return set(ADDRESS.findall(tree))
        inside = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
        return {found for one in inside for found in addresses(one)}

    for name, content in text_files(".json").items():
        assert addresses(json.loads(content)) <= allowed, name


def test_a_picture_holds_no_script_and_no_address() -> None:
    for name, content in text_files(".svg").items():
        root = ElementTree.fromstring(content)  # noqa: S314 - our own file
        assert root.tag == f"{{{NAMESPACE}}}svg"
        assert not re.search(r"<script|\bon[a-z]+=|href=", content), name


def test_the_libraries_are_those_whose_sums_are_written_down() -> None:
    told = (resources.files("trellis.guide") / "assets/js/vendor/README.md").read_text(encoding="utf-8")
    sums = re.findall(r"^\| `([^`]+)` \|.*`([0-9a-f]{64})` \|$", told, re.MULTILINE)
    assert {name for name, _ in sums} == {"preact.js", "htm.js", "fflate.js", "../../css/base.css"}
    for name, digest in sums:
        path = "css/base.css" if "css" in name else f"js/vendor/{name}"
        assert hashlib.sha256(files()[path]).hexdigest() == digest, name


def test_hosts_of_plain_files_are_told_the_headers_that_the_server_here_sends() -> None:
    assert files()[FOR_HOSTS].decode() == headers_file()


# --- it works without a connection


def test_the_service_worker_keeps_every_file_and_none_that_is_not_there() -> None:
    app, pages = listed("APP"), listed("PAGES")
    assert len({*app, *pages}) == len(app) + len(pages)
    assert {*app, *pages} == set(files()) - {"sw.js", MARK, FOR_HOSTS}
    assert all("/read/" in page for page in pages)
    assert len(pages) > 100
    assert "index.html" in app


def test_every_script_that_is_imported_is_there_and_asked_for_at_once() -> None:
    page = files()["index.html"].decode()
    for name, script in text_files(".js").items():
        if name == "sw.js":
            continue
        assert f'<link rel="modulepreload" href="{name}">' in page
        for target in re.findall(r"""^(?:import|export)\b[^;]*?from\s+["']([^"']+)["']""", script, re.MULTILINE):
            assert there(name, target) in files(), f"{name} imports {target}"


def test_a_change_of_a_file_that_is_kept_makes_a_new_version_and_nothing_else_does(tmp_path: Path) -> None:
    def version(text: str) -> str:
        path = tmp_path / "site.yaml"
        path.write_text(text, encoding="utf-8")
        site, _ = read_site(path, shipped(), AS_OF)
        found = re.search(r'VERSION = "([0-9a-f]{16})"', bundle(shipped(), site, as_of=AS_OF)["sw.js"].decode())
        assert found is not None
        return found[1]

    assert version("") == version("# the same\n") != version("exit: https://www.example.org/\n")


def test_it_can_be_put_on_the_screen_of_a_phone_with_a_name_that_tells_nothing(tmp_path: Path) -> None:
    path = tmp_path / "site.yaml"
    path.write_text(f"neutral_title: {OWN_WORDS}\n", encoding="utf-8")
    site, _ = read_site(path, shipped(), AS_OF)
    made = bundle(shipped(), site, as_of=AS_OF)
    manifest = json.loads(made["manifest.webmanifest"])
    assert manifest["name"] == manifest["short_name"] == OWN_WORDS
    assert f"<title>{OWN_WORDS}</title>" in made["index.html"].decode()
    assert manifest["start_url"].removeprefix("./") in made
    for icon in manifest["icons"]:
        content = made[icon["src"]]
        if icon["type"] == "image/png":
            width, height = int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
            assert (content[:8], icon["sizes"]) == (b"\x89PNG\r\n\x1a\n", f"{width}x{height}")


# --- it is light, and speaks both languages


def test_the_first_view_is_light_enough_for_a_slow_phone(built: tuple[Path, Built]) -> None:
    assert 50_000 < built[1].first_view < FIRST_VIEW_MOST
    assert built[1].first_view == first_view(files())


def test_both_languages_have_the_same_files() -> None:
    def of(lang: str) -> set[str]:
        named = {name.replace(f".{lang}.json", ".json") for name in files() if name.endswith(f".{lang}.json")}
        return named | {name.removeprefix(f"{lang}/") for name in files() if name.startswith(f"{lang}/")}

    assert of("en") == of("es")


def test_no_one_number_of_a_knowledge_is_lost_in_the_data() -> None:
    core = json.loads(files()["data/core.json"])
    assert core["digest"] == shipped().digest
    for lang in ("en", "es"):
        talk = json.loads(files()[f"data/talk.{lang}.json"])
        assert set(talk["facts"]) == set(shipped().facts)
        assert talk["review"] == shipped().review
