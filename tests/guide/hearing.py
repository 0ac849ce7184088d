"""What somebody hears who does not see the screen: names, landmarks, headings, groups, tables, pictures, languages.

The names come from the tree that the browser hands to screen readers. Each function returns what is wrong, in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

CONTROLS = {"button", "link", "checkbox", "radio", "textbox", "DisclosureTriangle", "combobox", "slider"}
AROUND = {"group", "radiogroup", "form", "region", "table"}
"""What lends its name to the controls in it."""
LANDMARKS = {"banner": 1, "main": 1, "contentinfo": 1}


@dataclass
class Heard:
    """One node of the tree.

    Args:
        inside: role and name of what it stands in, the nearest last.
    """

    role: str
    name: str
    url: str = ""
    inside: tuple[tuple[str, str], ...] = ()
    more: dict[str, Any] = field(default_factory=dict)


def heard(page: Page) -> list[Heard]:
    """Everything on the screen as a screen reader is told of it."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    return list(_below(nodes[0], by_id, ()))


def _below(node: dict[str, Any], by_id: dict[str, Any], inside: tuple[tuple[str, str], ...]) -> Iterator[Heard]:
    role, name = node.get("role", {}).get("value", ""), node.get("name", {}).get("value", "")
    if not node.get("ignored"):
        more = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
        yield Heard(role, name, str(more.get("url", "")), inside, more)
        inside = (*inside, (role, name))
    for child in node.get("childIds", []):
        if child in by_id:
            yield from _below(by_id[child], by_id, inside)


def unnamed(nodes: list[Heard]) -> list[str]:
    """Controls, groups of choices, pictures and tables without a name."""
    asked = CONTROLS | {"radiogroup", "image", "navigation", "table", "dialog"}
    # A fold is a group as well, named by what opens it.
    folds = {one.inside for one in nodes if one.role == "DisclosureTriangle"}
    return [
        f"{one.role} has no name, in {one.inside[-2:]}"
        for one in nodes
        if not one.name.strip()
        and (one.role in asked or (one.role == "group" and (*one.inside, (one.role, one.name)) not in folds))
    ]


def ambiguous(nodes: list[Heard], same: set[str]) -> list[str]:
    """Controls that sound the same and do something else.

    Args:
        nodes: what is heard.
        same: names that may come more than once, as each does the same.
    """
    found: Counter[tuple[str, str, str]] = Counter()
    links: dict[str, set[str]] = {}
    for one in nodes:
        if one.role == "link":
            links.setdefault(one.name, set()).add(one.url)
        elif one.role in CONTROLS and one.name not in same:
            around = [name for role, name in one.inside if role in AROUND and name]
            found[(one.role, one.name, around[-1] if around else "")] += 1
    wrong = [f"{count} x {role} [{name}] in [{around}]" for (role, name, around), count in found.items() if count > 1]
    return wrong + [f"link [{name}] leads to {sorted(urls)}" for name, urls in links.items() if len(urls) > 1]


def badly_built(nodes: list[Heard], landmarks: Mapping[str, int] = LANDMARKS) -> list[str]:
    """Landmarks that are missing or double, headings that skip a level, more or less than one main heading.

    Args:
        nodes: what is heard.
        landmarks: how many of each are asked for.
    """
    roles = Counter(one.role for one in nodes)
    wrong = [f"{roles[role]} x {role}, asked: {count}" for role, count in landmarks.items() if roles[role] != count]
    levels = [(int(one.more.get("level", 0)), one.name) for one in nodes if one.role == "heading"]
    if [level for level, _ in levels].count(1) != 1:
        wrong.append(f"main headings: {[name for level, name in levels if level == 1]}")
    before = 0
    for level, name in levels:
        if level > before + 1:
            wrong.append(f"from level {before} to {level}: {name}")
        before = level
    return wrong


def tables(nodes: list[Heard]) -> list[str]:
    """Tables whose cells do not belong to a row and a column with a name."""
    wrong = []
    for table in (one for one in nodes if one.role == "table"):
        path = (*table.inside, (table.role, table.name))
        cells = [one for one in nodes if one.inside[: len(path)] == path]
        roles = Counter(one.role for one in cells)
        rows = roles["row"] - 1
        if not rows or roles["rowheader"] != rows or roles["columnheader"] < 2:
            wrong.append(f"table [{table.name}]: {dict(roles)}")
        if roles["cell"] != rows * (roles["columnheader"] - 1):
            wrong.append(f"table [{table.name}] is not full: {dict(roles)}")
        wrong += [f"{one.role} without words in [{table.name}]" for one in cells if _mute(one)]
    return wrong


def _mute(one: Heard) -> bool:
    return one.role in {"rowheader", "columnheader"} and not one.name.strip()


def pictures(nodes: list[Heard]) -> list[str]:
    """Pictures of 100 people whose words do not tell their numbers."""
    found = [one for one in nodes if one.role in {"image", "img"}]
    return [one.name for one in found if not any(letter.isdigit() for letter in one.name)]


def wrongly_spoken(page: Page, lang: str) -> list[str]:
    """A page, or the button to the other language, that is marked with a language it does not speak."""
    other = "es" if lang == "en" else "en"
    wrong = [] if page.locator("html").get_attribute("lang") == lang else ["the page says another language"]
    if page.locator(f'header.top button[lang="{other}"]').count() != 1:
        wrong.append("the button to the other language is not marked as such")
    return wrong
