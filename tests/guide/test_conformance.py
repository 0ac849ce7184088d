"""The guide's reader in JavaScript decides, asks, explains and compares exactly as the Python core does."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.guide import conformance
from tests.support import shipped
from trellis.guide.core import core_of

ROOT = Path(__file__).parents[2]
CHECK = "tests/guide/js/conformance.mjs"
LINES = "tests/guide/js/lines.mjs"
UNREAD = "tests/guide/js/unread.mjs"
CORE = "src/trellis/guide/assets/js/core"
TSC = ROOT / "node_modules/.bin/tsc"
LEAST_ROWS = 20_000
IN_A_BROWSER = 4
"""Of so many rows a browser checks one. Node, which has the same engine, checks each."""
FEW = 400
MOST_BYTES = 40_000
MOST_LINES = 1_480
"""Of code in the second reader: what Python can know before a person is known belongs into the data."""
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


# --- the readers agree


@pytest.mark.slow
def test_node_and_a_browser_answer_every_row_as_python_does(tmp_path: Path, browser: Browser) -> None:
    written = run(sys.executable, "-m", "tests.guide.conformance", tmp_path)  # by itself: coverage would slow it
    assert written.returncode == 0, written.stderr
    assert int(written.stdout) > LEAST_ROWS
    checked = run("node", CHECK, tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    with served(tmp_path) as address:
        page = browser.new_page()
        page.goto(address)
        found = page.evaluate(f"async () => (await import('/tests/guide/js/page.mjs')).run({IN_A_BROWSER})")
        page.close()
    rows = -(-int(written.stdout) // IN_A_BROWSER)
    assert found == {"rows": rows, "wrongRows": 0, "report": found["report"]}, found["report"]
    (tmp_path / "people.jsonl").unlink()  # pytest keeps folders for a while, and this is large


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The two files and the JavaScript, on this machine, under a policy as strict as the guide's own."""

    class Handler(SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            return str((folder if path in ("/core.json", "/people.jsonl") else ROOT) / path.lstrip("/"))

        def do_GET(self) -> None:
            if self.path == "/":
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Security-Policy", POLICY)
                self.end_headers()
                self.wfile.write(b"<!doctype html><title>Conformance</title>")
            else:
                super().do_GET()

        def log_message(self, *said: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


# --- and the check would say so if they did not


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The check's two files with few rows."""
    folder = tmp_path_factory.mktemp("few")
    assert conformance.write(folder, FEW) == FEW
    return folder


def changed(few: Path, folder: Path, *, core: Callable[[Any], None] | None = None) -> Path:
    """A copy of the files, with a change."""
    (folder / "people.jsonl").write_text((few / "people.jsonl").read_text(encoding="utf-8"), encoding="utf-8")
    content = json.loads((few / "core.json").read_text(encoding="utf-8"))
    if core is not None:
        core(content)
    (folder / "core.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


def test_few_rows_agree(few: Path) -> None:
    checked = run("node", CHECK, few)
    assert checked.stdout == f"0 of {FEW} rows differ.\n", checked.stdout + checked.stderr


def test_a_wrong_expectation_is_reported_with_its_row_and_place(few: Path, tmp_path: Path) -> None:
    folder = changed(few, tmp_path)
    lines = (folder / "people.jsonl").read_text(encoding="utf-8").splitlines()
    row = json.loads(lines[7])
    row["expect"]["least"][0][1] += 1
    lines[7] = json.dumps(row)
    (folder / "people.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    checked = run("node", CHECK, folder)
    assert checked.returncode == 1
    assert checked.stdout.startswith(f"1 of {FEW} rows differ.\nrow 7: ")
    assert "  least/0/1\n" in checked.stdout


def raise_what_a_need_requires(core: Any) -> None:
    need = next(need for need in core["needs"].values() if not need["urgent"])
    need["brings"] = hex(int(need["brings"], 16) | 0b111 << core["at"]["now"] | 0b111 << core["at"]["next"])


def raise_the_bound_of_a_condition(core: Any) -> None:
    leaf = next(need["node"] for need in core["needs"].values() if "fact" in need["node"])
    leaf["low"] += 1


def raise_what_a_package_gives(core: Any) -> None:
    list(core["packages"].values())[3]["gives"][0] += 1


def raise_what_a_package_covers(core: Any) -> None:
    package = list(core["packages"].values())[3]
    package["covers"] = hex(int(package["covers"], 16) * 2 + 1)


def raise_what_an_answer_implies(core: Any) -> None:
    core["implications"][0]["i"] += 1


def close_a_fact(core: Any) -> None:
    closed = next(facts for facts in core["closed"] if facts)
    closed[0] += 1


def lengthen_a_question(core: Any) -> None:
    for fact in core["facts"].values():
        fact["words"] += 100


def forget_a_service(core: Any) -> None:
    next(need for need in core["needs"].values() if need["services"])["services"].pop()


def forget_who_must_look(core: Any) -> None:
    next(need for need in core["needs"].values() if need["by"])["by"] = None


def forget_what_says_no_more(core: Any) -> None:
    for need in core["needs"].values():
        need["under"] = []


def forget_who_reads_a_fact(core: Any) -> None:
    for fact in core["facts"].values():
        fact["readers"] = []


def raise_what_a_need_asks_for_by_itself(core: Any) -> None:
    for place, need in enumerate(core["needs"].values()):
        need["ranks"] = [place for _ in need["ranks"]]


def let_a_question_stand_alone(core: Any) -> None:
    for fact in core["facts"].values():
        fact["alone"] = not fact["alone"]


def swap_what_boxes_say(core: Any) -> None:
    for screen in core["screens"].values():
        for box in screen["checklist"]:
            box["ticked"], box["empty"] = box["empty"], box["ticked"]


def forget_what_a_place_hinders(core: Any) -> None:
    for package in core["packages"].values():
        package["hinders"] = {}


def forget_what_follows_a_stay(core: Any) -> None:
    for need in core["needs"].values():
        need["stays"] = False


def move_a_band_of_a_number(core: Any) -> None:
    for derivation in core["derivations"]:
        for band in derivation["bands"]:
            band |= {bound: band[bound] + 1 for bound in ("from", "above", "below") if bound in band}


def swap_two_values_of_a_rating(core: Any) -> None:
    for value in core["values"].values():
        for place in value["settings"]:
            value["settings"][place] = {"well": "hard", "hard": "well"}.get(value["settings"][place], "well")


def lower_the_certainty_of_the_evidence(core: Any) -> None:
    for approach in core["approaches"].values():
        for summary in approach["summaries"]:
            summary["weakness"] = 0


CHANGES = (
    raise_what_a_need_requires,
    raise_the_bound_of_a_condition,
    raise_what_a_package_gives,
    raise_what_a_package_covers,
    raise_what_an_answer_implies,
    close_a_fact,
    lengthen_a_question,
    forget_a_service,
    forget_who_must_look,
    forget_what_says_no_more,
    forget_who_reads_a_fact,
    raise_what_a_need_asks_for_by_itself,
    let_a_question_stand_alone,
    swap_what_boxes_say,
    forget_what_a_place_hinders,
    forget_what_follows_a_stay,
    move_a_band_of_a_number,
    swap_two_values_of_a_rating,
    lower_the_certainty_of_the_evidence,
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_knowledge_that_was_changed_on_the_way_is_noticed(
    few: Path, tmp_path: Path, change: Callable[[Any], None]
) -> None:
    checked = run("node", CHECK, changed(few, tmp_path, core=change))
    assert checked.returncode == 1, checked.stdout + checked.stderr
    assert "rows differ" in checked.stdout


# --- what the reader is made of


def test_the_types_of_all_of_the_guides_javascript_are_right() -> None:
    checked = run(TSC, "--project", ROOT / "tsconfig.json")
    assert checked.returncode == 0, checked.stdout


def without_a_page(*files: Path) -> subprocess.CompletedProcess[str]:
    """Check files as if there were no page, no network and no storage: only the language itself."""
    flags = (
        "--noEmit --allowJs --checkJs --strict --target ES2021 --module ES2020 --moduleResolution bundler --lib ES2021"
    )
    return run(TSC, *flags.split(), *files)


def test_the_reader_knows_of_no_page_no_network_and_no_storage() -> None:
    checked = without_a_page(*sorted((ROOT / CORE).glob("*.js")))
    assert checked.returncode == 0, checked.stdout


def test_a_reader_that_knew_of_a_page_would_be_noticed(tmp_path: Path) -> None:
    for name in ("document", "window", "localStorage", "fetch", "setTimeout"):
        (tmp_path / f"{name}.js").write_text(f"export const it = {name};\n", encoding="utf-8")
    checked = without_a_page(*tmp_path.glob("*.js"))
    assert checked.stdout.count("error TS") == 5, checked.stdout


def test_the_reader_needs_nothing_that_the_policy_forbids() -> None:
    for file in sorted((ROOT / CORE).glob("*.js")):
        code = file.read_text(encoding="utf-8")
        assert not any(call in code for call in ("eval(", "Function(", 'import("http')), file.name
        assert all(line.count('from "./') for line in code.splitlines() if line.startswith("import ")), file.name


def unread(folder: Path) -> str:
    """What no screen reaches of what the reader exports."""
    found = run("node", UNREAD, folder)
    assert found.returncode == 0, found.stderr
    return found.stdout


def test_a_screen_reaches_all_that_the_reader_exports() -> None:
    assert unread(ROOT / CORE / "..") == ""


def test_the_second_reader_stays_small() -> None:
    counted = run("node", LINES, CORE)
    assert counted.returncode == 0, counted.stderr
    name, lines = counted.stdout.splitlines()[-1].split()
    assert name == "all"
    assert 1 < int(lines) < MOST_LINES, counted.stdout


def test_comments_and_blank_lines_are_no_lines_of_code(tmp_path: Path) -> None:
    text = "/** A number. @type {number} */\nexport const one = 1; // one\n\n// two\nexport const two = `a\nb`;\n"
    (tmp_path / "few.js").write_text(text, encoding="utf-8")
    assert run("node", LINES, tmp_path).stdout == "few.js 3\nall 3\n"


def test_an_export_that_no_screen_reaches_would_be_noticed(tmp_path: Path) -> None:
    shutil.copytree((ROOT / CORE).parent, tmp_path / "js")
    (tmp_path / "js/core/apart.js").write_text("export const ALONE = 1;\n", encoding="utf-8")
    with (tmp_path / "js/core/condition.js").open("a", encoding="utf-8") as file:
        file.write("export function nobodyAsks() {}\n")
    assert unread(tmp_path / "js") == "apart.js: (the whole file)\ncondition.js: nobodyAsks\n"


# --- what it reads


def strings(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield from (key, *strings(value))
    elif isinstance(tree, list):
        for value in tree:
            yield from strings(value)


def test_the_compiled_knowledge_has_no_words_in_it() -> None:
    assert [text for text in strings(core_of(shipped())) if " " in text] == []


def test_the_compiled_knowledge_is_small() -> None:
    assert len(gzip.compress(json.dumps(core_of(shipped()), separators=(",", ":")).encode(), mtime=0)) < MOST_BYTES


def test_the_compiled_knowledge_is_plain_data_and_always_the_same() -> None:
    core = core_of(shipped())
    assert json.loads(json.dumps(core)) == core == core_of(shipped())


def test_the_reader_reads_everything_that_it_is_given() -> None:
    folder = (ROOT / CORE).parent
    files = [file for file in folder.rglob("*.js") if "vendor" not in file.parts]
    code = re.sub(r"/\*\*.*?\*/", "", "".join(file.read_text(encoding="utf-8") for file in files), flags=re.DOTALL)
    core = core_of(shipped())
    tables = [
        part for part in core.values() if isinstance(part, dict) and all(isinstance(e, dict) for e in part.values())
    ]
    assert len(tables) > 10
    entries = [core, *(next(iter(table.values())) for table in tables), *core["derivations"], *core["axes"]]
    keys = {key for entry in entries for key in entry}
    assert {key for key in keys if not re.search(rf"\b{key}\b", code)} == set()
