"""What can be measured on a screen: how large targets are, what is cut off, what focus shows, colours, movement.

Each function looks at the page as it stands and returns what is wrong, in words.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

LEAST_TARGET, MAIN_TARGET = 24, 44
"""WCAG 2.5.8 asks for 24 px; what somebody in distress has to hit is at least 44 px high."""
MAIN = (
    ".actions button, .actions [role=button], .stack > *, .tile, [type=submit], .calls a, .lines a, .top .help, "
    '.top .leave, a[href^="tel:"], a[href^="sms:"]'
)
FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex='0']"
SHOWN = """
const shown = (one) => one.checkVisibility({visibilityProperty: true}) && !one.closest('[hidden], [aria-hidden=true]');
const called = (one) => `<${one.localName}> ${(one.innerText || one.name || one.value || '').trim().slice(0, 50)}`;
"""


def _found(page: Page, script: str, **given: Any) -> list[str]:
    return page.evaluate(f"(given) => {{ {SHOWN} {script} }}", given)


def small_targets(page: Page) -> list[str]:
    """What is too small to be hit. A link in the middle of a sentence may be as high as the sentence."""
    script = """
    const wrong = [];
    const all = [...document.querySelectorAll(given.focusable)].filter(shown);
    // A small target will do where a circle of the asked size around its middle touches no other.
    const alone = (target) => {
      const {left, top, width, height} = target.getBoundingClientRect();
      return all.every((one) => {
        if (one === target || target.contains(one)) return true;
        const other = one.getBoundingClientRect();
        const x = Math.max(other.left - left - width / 2, 0, left + width / 2 - other.right);
        const y = Math.max(other.top - top - height / 2, 0, top + height / 2 - other.bottom);
        return Math.hypot(x, y) >= given.least / 2;
      });
    };
    for (const one of all) {
      if (!shown(one) || one.closest('.skip')) continue;
      const target = one.matches('input') && one.closest('label') ? one.closest('label') : one;
      const {width, height} = target.getBoundingClientRect();
      const main = target.matches(given.main);
      const own = one.innerText.trim().length;
      const sentence = one.closest('p, li, dd, td, span');
      const inline = one.localName === 'a' && getComputedStyle(one).display === 'inline' && sentence &&
        sentence.innerText.trim().length > own;
      if (inline && !(main && one.closest('.calls, .lines, .top'))) continue;
      const least = main ? given.large : given.least;
      if (!main && alone(target)) continue;
      if (height < least - 0.5 || width < least - 0.5) {
        wrong.push(`${called(one)}: ${Math.round(width)} x ${Math.round(height)}, asked: ${least}`);
      }
    }
    return wrong;
    """
    return _found(page, script, focusable=FOCUSABLE, main=MAIN, least=LEAST_TARGET, large=MAIN_TARGET)


def cut_off(page: Page) -> list[str]:
    """Words that run out of the screen, out of their button, or under the edge of a box that hides what is too much."""
    script = """
    const wrong = [];
    const wide = document.scrollingElement.scrollWidth;
    if (wide > innerWidth) wrong.push(`scrolls sideways: ${wide} of ${innerWidth}`);
    const out = (rect, box, name) => {
      if (rect.left < box.left - 1.5 || rect.right > box.right + 1.5) return `${name} at the side`;
      return rect.top < box.top - 1.5 || rect.bottom > box.bottom + 1.5 ? `${name} above or below` : null;
    };
    const boxes = new Map();
    const hiding = (one) => {
      if (!boxes.has(one)) {
        const style = getComputedStyle(one);
        const hides = /hidden|clip/.test(style.overflowX + style.overflowY) && one !== document.body;
        const owns = one.matches('button, [role=button], .tile, summary, td, th');
        boxes.set(one, hides || owns ? one.getBoundingClientRect() : null);
      }
      return boxes.get(one);
    };
    // What is kept from the eye on purpose and left for those who listen.
    const heard = (one) => one && (getComputedStyle(one).clipPath === 'inset(50%)' || heard(one.parentElement));
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      const near = text.parentElement;
      if (!text.data.trim() || !shown(near) || near.closest('.skip, script, noscript, textarea')) continue;
      if (heard(near)) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      for (const rect of range.getClientRects()) {
        if (rect.width < 1) continue;
        let found = out(rect, {left: 0, right: innerWidth, top: -Infinity, bottom: Infinity}, 'the screen');
        for (let one = near; one && !found; one = one.parentElement) {
          const box = hiding(one);
          found = box && out(rect, box, one.localName);
        }
        if (found) {
          wrong.push(`[${text.data.trim().slice(0, 50)}] leaves ${found}`);
          break;
        }
      }
    }
    return wrong;
    """
    return _found(page, script)


def restyled(page: Page, rules: str) -> None:
    """Lay rules over those of the page, as a reader's own style sheet would; none takes them away."""
    page.evaluate(
        "(rules) => { const own = new CSSStyleSheet(); own.replaceSync(rules); document.adoptedStyleSheets = [own]; }",
        rules,
    )


def badly_focused(page: Page) -> list[str]:
    """What shows no focus, hides behind something when it has it, or comes at another place than where it stands."""
    script = """
    const wrong = [];
    const all = [...document.querySelectorAll(given.focusable)].filter((one) => shown(one) && !one.disabled);
    const before = document.activeElement;
    // What sticks to the top stands at its own place only there.
    const scrolled = scrollY;
    scrollTo(0, 0);
    const rings = (one) => {
      const style = getComputedStyle(one);
      // The browser's own ring, "auto", is as wide as the browser makes it.
      return style.outlineStyle !== 'none' && (style.outlineStyle === 'auto' || parseFloat(style.outlineWidth) >= 2) &&
        !/rgba\\(.*, 0\\)|transparent/.test(style.outlineColor);
    };
    let above = -Infinity;
    for (const one of all) {
      one.focus();
      if (document.activeElement !== one) continue;
      if (!rings(one) && !(one.closest('.tile') && rings(one.closest('.tile')))) wrong.push(`no ring: ${called(one)}`);
      const [rect] = one.getClientRects();
      const [x, y] = [rect.left + Math.min(rect.width, 60) / 2, rect.top + Math.min(rect.height, 40) / 2];
      const on = document.elementFromPoint(x, y);
      const near = on && (one.contains(on) || on.contains(one) || one.closest('label')?.contains(on));
      if (!near) wrong.push(`behind something: ${called(one)}`);
      const top = (one.closest('.tile') || one).getBoundingClientRect().top + scrollY;
      if (one.closest('.skip')) continue;
      if (top < above - 12) wrong.push(`out of order: ${called(one)}`);
      above = top;
    }
    before?.focus?.();
    scrollTo(0, scrolled);
    return wrong;
    """
    return _found(page, script, focusable=FOCUSABLE)


def moving(page: Page) -> list[str]:
    """What moves or takes its time to change."""
    script = """
    const wrong = document.getAnimations().map((one) => `${one.constructor.name} is running`);
    for (const one of document.querySelectorAll('body *')) {
      for (const part of [null, '::before', '::after']) {
        const {transitionDuration, animationName} = getComputedStyle(one, part);
        const slow = transitionDuration.split(', ').some((time) => parseFloat(time) > 0);
        if (slow) wrong.push(`changes slowly: ${called(one)}`);
        if (animationName !== 'none') wrong.push(`moves: ${called(one)}`);
      }
    }
    if (getComputedStyle(document.documentElement).scrollBehavior !== 'auto') wrong.push('scrolls slowly');
    return [...new Set(wrong)];
    """
    return _found(page, script)


def contrasts(page: Page, pairs: list[tuple[str, str]]) -> dict[tuple[str, str], float]:
    """The contrast of pairs of the page's named colours in the scheme of now, as WCAG counts it."""
    script = """
    const style = getComputedStyle(document.documentElement);
    const light = (name) => {
      const code = style.getPropertyValue(name).trim().slice(1);
      const parts = [0, 2, 4].map((at) => parseInt(code.slice(at, at + 2), 16) / 255);
      const [r, g, b] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    };
    return given.pairs.map(([a, b]) => Math.max(light(a), light(b)) / Math.min(light(a), light(b)));
    """
    found = page.evaluate(f"(given) => {{ {script} }}", {"pairs": pairs})
    return dict(zip(pairs, found, strict=True))
