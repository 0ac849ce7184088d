"""The guide as plain files that any web host can serve: the app, its data, the reading pages, what works offline."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from markupsafe import escape

from trellis._version import __version__
from trellis.account.ways import choices
from trellis.guide import basis_data
from trellis.guide.colours import STYLE, colour_rules, colours_of
from trellis.guide.compare_data import compare_of
from trellis.guide.core import core_of
from trellis.guide.folder import MADE_BY, MARK, check_folder, marked, write_folder
from trellis.guide.headers import POLICY, headers_file
from trellis.guide.next_data import next_of
from trellis.guide.reading import reading_pages
from trellis.guide.site import Site
from trellis.guide.words import talk_of
from trellis.kinds.moment import in_order
from trellis.kinds.text import LANGUAGES
from trellis.library.in_force import in_force
from trellis.library.knowledge import Knowledge
from trellis.say import Say

FOR_HOSTS = "_headers"
"""The file from which some hosts of plain files read the headers they send."""
FIRST_VIEW_MOST = 400_000
"""The first view weighs at most so many bytes, compressed."""


@dataclass(frozen=True)
class Built:
    """What was written.

    Args:
        files: from path to size in bytes.
        first_view: bytes of what the first view loads, compressed: page, styles, scripts, data of one language.
        removed: files of an earlier build that this one does not make; they were taken away.
    """

    files: Mapping[str, int]
    first_view: int
    removed: tuple[str, ...] = ()


def build_guide(kb: Knowledge, site: Site, out: Path, *, as_of: date) -> Built:
    """Write the guide into a folder.

    Args:
        kb: the knowledge.
        site: the site's settings.
        out: the folder; made when it is missing.
        as_of: the day of the build, shown as such.

    Returns:
        the files with their sizes, and how much the first view weighs.

    Raises:
        FolderError: the folder is not empty and was not made by an earlier build, or it cannot be written.
    """
    check_folder(out)
    files = bundle(kb, site, as_of=as_of)
    removed = write_folder(files, out)
    return Built({name: len(content) for name, content in files.items()}, first_view(files), removed)


def bundle(kb: Knowledge, site: Site, *, as_of: date) -> dict[str, bytes]:
    """Every file of the guide, by its path in the folder. The same input gives the same bytes.

    >>> import trellis
    >>> from trellis.guide.site import read_site
    >>> kb, day = trellis.load(), date(2026, 11, 24)
    >>> site, warnings = read_site(None, kb, day)
    >>> "index.html" in bundle(kb, site, as_of=day)
    True
    """
    # What is dated later than the build waits for the next one: the pages know no dates of needs.
    kb = in_force(kb, as_of)
    files: dict[str, bytes] = dict(_assets())
    files[STYLE] += colour_rules(site.colours).encode()
    files["data/core.json"] = _json(core_of(kb))
    for lang in LANGUAGES:
        files[f"data/talk.{lang}.json"] = _json(talk_of(kb, lang, site.to_json(lang)))
        files[f"data/compare.{lang}.json"] = _json(compare_of(kb, lang))
        files[f"data/next.{lang}.json"] = _json(next_of(kb, lang))
        files[f"{basis_data.FOLDER}/basis.{lang}.json"] = _json(basis_data.basis_of(kb, lang))
    files |= {name: page.encode() for name, page in reading_pages(kb, site, as_of=as_of).items()}
    files["index.html"] = _filled(files["index.html"].decode(), site, files, kb).encode()
    files["manifest.webmanifest"] = _json(_manifest(site))
    worker = files.pop("sw.js").decode()
    files["sw.js"] = _worker(worker, files).encode()
    files[FOR_HOSTS] = headers_file().encode()
    mark = {"made_by": MADE_BY, "software": __version__, "knowledge": kb.version, "digest": kb.digest}
    files[MARK] = _json(mark | {"built": as_of.isoformat(), "site": site.name.en})
    files[MARK] = marked(files, files)
    return dict(sorted(files.items()))


def _assets() -> Iterator[tuple[str, bytes]]:
    folder = resources.files("trellis.guide") / "assets"
    yield from _below(folder, "")


def _below(folder: Traversable, above: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.is_dir():
            yield from _below(path, f"{above}{path.name}/")
        elif not path.name.endswith(".md"):
            yield f"{above}{path.name}", path.read_bytes()


def _json(tree: Any) -> bytes:
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()


def _filled(page: str, site: Site, files: Mapping[str, bytes], kb: Knowledge) -> str:
    """The page of the app: title, rules for content, scripts asked for at once, and what to read without a script."""
    scripts = [name for name in files if name.startswith("js/") and name.endswith(".js")]
    styles = [name for name in files if name.startswith("css/") and name not in ("css/base.css", "css/guide.css")]
    slots = {
        "csp": POLICY,
        "title": site.neutral_title.in_language("en"),
        "theme": colours_of(site.colours, "light")["accent"],
        "styles": "\n".join(f'<link rel="stylesheet" href="{name}">' for name in ("css/guide.css", *styles)),
        "modules": "\n".join(f'<link rel="modulepreload" href="{name}">' for name in scripts),
        "crisis_en": Say("en")("guide.crisis"),
        "crisis_es": Say("es")("guide.crisis"),
    }
    slots |= {f"first_{lang}": _first_to_read(kb, lang) for lang in LANGUAGES}
    for name, value in slots.items():
        page = page.replace(f"{{{{{name}}}}}", value)
    return page


def _first_to_read(kb: Knowledge, lang: str) -> str:
    """Links to what people come with: a choice by its name, and what is happening right now."""
    pages = [(f"choices/{one.id}", one.title) for one in choices(kb)]
    pages += [(f"moments/{one.id}", one.title) for one in in_order(kb.of("moments").values())]
    return "\n".join(
        f'<li><a href="{lang}/read/{page}.html" hreflang="{lang}">{escape(title.in_language(lang))}</a></li>'
        for page, title in pages
    )


def _manifest(site: Site) -> dict[str, Any]:
    return {
        "name": site.neutral_title.en,
        "short_name": site.neutral_title.en,
        "start_url": "./index.html",
        "scope": "./",
        "display": "standalone",
        "background_color": colours_of(site.colours, "light")["paper"],
        "theme_color": colours_of(site.colours, "light")["accent"],
        "icons": [
            {"src": "icons/leaf-192.png", "sizes": "192x192", "type": "image/png"},
            {"src": "icons/leaf-512.png", "sizes": "512x512", "type": "image/png"},
            {"src": "icons/leaf.svg", "sizes": "any", "type": "image/svg+xml"},
        ],
    }


def _worker(script: str, files: Mapping[str, bytes]) -> str:
    """The service worker with what it keeps: first what the app needs, then the pages to read.

    Its version is that of what it keeps, so that building the same again on another day makes nobody load it anew.
    """
    pages = sorted(name for name in files if "/read/" in name)
    app = sorted(name for name in files if name not in pages)
    digest = hashlib.sha256(b"".join(name.encode() + files[name] for name in sorted(files))).hexdigest()
    return (
        script.replace('"{{version}}"', json.dumps(digest[:16]))
        .replace('["{{app}}"]', json.dumps(app))
        .replace('["{{pages}}"]', json.dumps(pages))
    )


def first_view(files: Mapping[str, bytes]) -> int:
    """Bytes, packed, of all that a first visit in English loads before and right after the first screen is drawn.

    >>> first_view({"index.html": b"a" * 1000, "icons/leaf.svg": b"", "data/talk.es.json": b"b" * 1000}) < 100
    True
    """
    other = LANGUAGES[1]
    own = [name for name in files if name.startswith(("js/", "css/", "data/")) and f".{other}." not in name]
    page = [name for name in ("index.html", "icons/leaf.svg", "manifest.webmanifest") if name in files]
    return sum(len(gzip.compress(files[name], 9)) for name in (*page, *own))
