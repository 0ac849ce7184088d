"""The guide's reader in JavaScript decides, asks, explains and compares exactly as the Python core does."""

from __future__ import annotations

import gzip
import json
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
CORE = "src/trellis/guide/assets/js/core"
TSC = ROOT / "node_modules/.bin/tsc"
LEAST_ROWS = 20_000
FEW = 400
MOST_BYTES = 40_000
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
        found = page.evaluate("async () => (await import('/tests/guide/js/page.mjs')).run()")
        page.close()
    assert found == {"rows": int(written.stdout), "wrongRows": 0, "report": found["report"]}, found["report"]
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
    *_, requires, _ = core["artefact"]["needs"][0]
    requires[0] = (requires[0] + 1) % core["artefact"]["axes"][0][1]


def raise_the_bound_of_a_condition(core: Any) -> None:
    leaf = next(node for _, _, _, node, *_ in core["artefact"]["needs"] if node[0] == 1)
    leaf[2] += 1


def raise_what_a_package_gives(core: Any) -> None:
    core["artefact"]["packages"][3][2][0] += 1


def raise_what_an_answer_implies(core: Any) -> None:
    core["artefact"]["implications"][0][1] += 1


def close_a_fact(core: Any) -> None:
    closed = next(facts for facts in core["artefact"]["closed"] if facts)
    closed[0] += 1


def lengthen_a_question(core: Any) -> None:
    for fact in core["facts"]:
        fact["words"] += 100


def forget_a_service(core: Any) -> None:
    next(need for need in core["needs"] if need["services"])["services"].pop()


def swap_two_values_of_a_rating(core: Any) -> None:
    for value in core["values"]:
        for place in value["settings"]:
            value["settings"][place] = {"well": "hard", "hard": "well"}.get(value["settings"][place], "well")


def lower_the_certainty_of_the_evidence(core: Any) -> None:
    for summary in core["summaries"]:
        summary["level"] = "very_low"


@pytest.mark.parametrize(
    "change",
    [
        raise_what_a_need_requires,
        raise_the_bound_of_a_condition,
        raise_what_a_package_gives,
        raise_what_an_answer_implies,
        close_a_fact,
        lengthen_a_question,
        forget_a_service,
        swap_two_values_of_a_rating,
        lower_the_certainty_of_the_evidence,
    ],
)
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


# --- what it reads


def strings(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for key, value in tree.items():
            if key not in ("review", "unit"):
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
