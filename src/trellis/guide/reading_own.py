"""The pages that a site wrote itself, among those to read: its words, and who answers for them."""

from __future__ import annotations

from typing import Any

from trellis.guide.own_pages import WrittenPage, page_html
from trellis.guide.reading_page import Sheet
from trellis.guide.site import Site

FOLDER = "site"
"""The folder of a site's own pages, below ``read/``."""


def own_view(sheet: Sheet, page: WrittenPage) -> dict[str, Any]:
    """What a page of the site shows: its title and its words, with links to what the guide tells of."""
    return {"title_shown": page.title[sheet.lang], "words": page_html(page, sheet.lang, sheet.linker())}


def own_pages(sheet: Sheet, site: Site) -> list[tuple[str, str]]:
    """The address and the title of each page of the site."""
    return [(sheet.to(f"{FOLDER}/{page.id}.html"), page.title[sheet.lang]) for page in site.pages]
