"""Danger is met warmly and at once: below the answer, on the result and on paper, wherever somebody is."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import trellis
from tests.guide.walking import Visit, boxes, said
from tests.support import AS_OF, shipped
from trellis.account import reason_in_words
from trellis.cli import public
from trellis.cli.terminal import Terminal
from trellis.cli.view import View
from trellis.guide.compare_data import compare_of
from trellis.guide.core import core_of
from trellis.guide.next_data import next_of
from trellis.guide.site import read_site
from trellis.guide.words import talk_of
from trellis.say import Say

ROOT = Path(__file__).parents[2]
SENT_AWAY = ("emergency room", "sala de emergencias")
MOST_BUTTONS = 5


@cache
def data(lang: str) -> str:
    """What every screen is given, as JSON."""
    kb = shipped()
    site, _ = read_site(None, kb, AS_OF)
    texts = {"talk": talk_of(kb, lang, site.to_json(lang)), "more": compare_of(kb, lang), "next": next_of(kb, lang)}
    return json.dumps({"core": core_of(kb), "texts": texts}, default=list)


def drawn(lang: str = "en", whom: str = "me", **state: Any) -> dict[str, str]:
    """What the result, the next steps and the paper say, and the words below an answer that is chosen and not given."""
    state_text = json.dumps({"lang": lang, "whom": whom} | state)
    done = subprocess.run(
        ["node", "tests/guide/js/danger.mjs"],  # noqa: S607 - the one that is installed
        input=f'{data(lang)[:-1]},"state":{state_text}}}',
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def below(name: str, value: str, lang: str = "en", whom: str = "me", **state: Any) -> str:
    """What is said right below an answer."""
    return drawn(lang, whom, asking=name, draft={name: value}, **state)["page"]


def step(fact: str, at: int) -> str:
    return shipped().facts[fact].step_at(at).id


# --- right below the answer


@pytest.mark.parametrize("fact", ["harm.suicide_thoughts", "harm.suicide_thoughts_now", "harm.suicide_behaviour"])
@pytest.mark.parametrize(("whom", "lang"), [("me", "en"), ("me", "es"), ("loved_one", "en"), ("loved_one", "es")])
def test_any_thought_of_suicide_brings_a_kind_line_and_the_number(fact: str, whom: str, lang: str) -> None:
    for at in range(1, shipped().facts[fact].top + 1):
        page = below(fact, step(fact, at), lang, whom)
        assert ("Thank you for telling us" if lang == "en" else "Gracias por decirlo") in page
        assert "988" in page
    assert "Thank you" not in below(fact, step(fact, 0))


def test_means_within_reach_bring_what_to_do_now() -> None:
    page = below("harm.lethal_means", "not_secured")
    assert "put distance between you and it" in page
    assert "988" in page
    assert "distance" not in below("harm.lethal_means", "secured")


def asked_of_danger() -> list[str]:
    """What may tell of danger and is asked where others may see it; scores are no question about danger now."""
    kb = shipped()
    return [
        fact.id
        for fact in kb.facts.values()
        if fact.danger_rank is not None and fact.kind not in ("evaluation", "score") and fact.private is None
    ]


@pytest.mark.parametrize("value", ["not_known", "declined"])
def test_not_knowing_about_danger_brings_somebody_to_ask(value: str) -> None:
    (entry,) = [one for one in shipped().at_once.values() if one.left_open]
    assert set(asked_of_danger()) - set(entry.left_open) <= {"mental.eating_weight"}
    for fact in ("harm.danger_now", "harm.suicide_thoughts", "overdose.now", "harm.violence"):
        assert "If you are not sure, call and ask" in below(fact, value)


def test_the_same_words_are_said_once_on_a_page() -> None:
    names = ("harm.suicide_thoughts", "harm.suicide_behaviour")
    page = drawn(page=names, draft={names[0]: "thoughts", names[1]: "past_year"})["page"]
    assert page.count("Thank you for telling us") == 1
    assert page.count("Call 988\n") >= len(names) - 1


# --- where somebody is

INTENT = {"harm.danger_now": "no", "harm.suicide_thoughts": "plan"}


@pytest.mark.parametrize("whom", ["me", "loved_one"])
@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize(
    "known",
    [
        {"inside": "inside"},
        {"inside": "custody"},
        {"answers": INTENT | {"history.discharge": "in_care_now"}},
        {"answers": INTENT | {"justice.involvement": "custody"}},
    ],
)
def test_nobody_who_is_inside_is_sent_to_an_emergency_room(whom: str, lang: str, known: dict[str, Any]) -> None:
    for urgent in ({}, {"harm.danger_now": "yes"}, {"overdose.now": "yes"}, {"physical.emergency": "yes"}):
        state = {"answers": INTENT} | known
        state["answers"] = {**state["answers"], **urgent, "harm.danger_now": "yes"} if urgent else state["answers"]
        found = drawn(lang, whom, **state)
        place = shipped().responses["emergency_department"].name.in_language(lang)
        for screen in ("result", "next", "paper"):
            shown = found[screen].partition(said("paper.questions" if screen == "paper" else "next.services", lang))[0]
            assert not any(word in shown for word in (*SENT_AWAY, place)), (screen, shown)
        for screen in ("comparison", "matters"):
            assert not any(word.lower() in found[screen].lower() for word in (*SENT_AWAY, place)), (
                screen,
                found[screen],
            )
        key = "compare.before_inside" if whom == "me" else "compare.before_inside.loved_one"
        assert said(key, lang) in found["comparison"]


def test_somebody_elsewhere_is_told_of_the_emergency_room() -> None:
    found = drawn(answers=INTENT)
    assert "Go to an emergency room" in found["result"]
    assert shipped().responses["emergency_department"].name.en in found["comparison"]
    assert said("compare.before_inside", "en") not in found["comparison"]


def test_no_reason_names_an_emergency_room_to_somebody_who_is_inside() -> None:
    for need in shipped().needs.values():
        left = need.elsewhere.left_out_of(need.because) if need.elsewhere else need.because
        for role, lang in product(("person", "loved_one"), ("en", "es")):
            words = left.for_role(role).in_language(lang)
            assert not any(word in words.lower() for word in SENT_AWAY), (need.id, role, lang)


@pytest.mark.parametrize("inside", [{"history.discharge": "in_care_now"}, {"justice.involvement": "custody"}])
def test_the_terminal_sends_nobody_who_is_inside_to_an_emergency_room(
    inside: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    def told(given: dict[str, str], role: str) -> str:
        public.short(
            View(trellis.decide(shipped(), given, as_of=AS_OF), Say("en"), Terminal(), role), after_panels=True
        )
        return " ".join(capsys.readouterr().out.split()).partition("Questions you could ask")[0].lower()

    assert SENT_AWAY[0] in told(INTENT, "person")
    assert SENT_AWAY[0] not in told(INTENT | inside, "person")


@pytest.mark.parametrize("role", ["person", "loved_one"])
def test_terminal_and_plan_leave_the_emergency_room_out_for_somebody_inside(role: str) -> None:
    given = {"harm.danger_now": "yes"}
    outside = trellis.decide(shipped(), given, as_of=AS_OF)
    inside = trellis.decide(shipped(), given | {"history.discharge": "in_care_now"}, as_of=AS_OF)
    assert "emergency room" in reason_in_words(outside, "danger-now", role=role, lang="en")
    assert "emergency room" not in reason_in_words(inside, "danger-now", role=role, lang="en")


# --- jail and prison: no way out, and perhaps no telephone

IN_JAIL: dict[str, Any] = {"answers": INTENT | {"justice.involvement": "custody"}}
OPIOIDS = {"use.opioids": "severe", "use.opioid_medication": "not_taken"}
CUSTODY = {"en": "Tell any officer or nurse", "es": "Diga ahora mismo a cualquier oficial"}


@pytest.mark.parametrize("lang", ["en", "es"])
def test_in_jail_help_is_an_officer_or_a_nurse_and_988_only_where_a_telephone_lets_somebody(lang: str) -> None:
    found = drawn(lang, **IN_JAIL)
    for screen in ("result", "next", "help", "paper"):
        assert CUSTODY[lang] in found[screen], screen
    first = found["help"].partition(CUSTODY[lang])[0]
    assert "988" not in first
    assert ("If a telephone there lets you" if lang == "en" else "Si un teléfono de ahí lo permite") in found["help"]
    assert said("crisis", lang) not in found["paper"]


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_mother_is_told_to_call_the_jail_what_to_say_and_that_988_is_there_for_her(lang: str) -> None:
    found = drawn(lang, "loved_one", **IN_JAIL)
    for screen in ("result", "help", "paper"):
        assert ("suicide risk" if lang == "en" else "riesgo de suicidio") in found[screen], screen
        assert ("shift supervisor" if lang == "en" else "a cargo del turno") in found[screen], screen
    assert "988" in found["help"]
    assert said("crisis", lang) in found["paper"]


@pytest.mark.parametrize("whom", ["me", "loved_one"])
@pytest.mark.parametrize("fact", ["harm.suicide_thoughts", "harm.lethal_means", "harm.any", "overdose.now"])
def test_below_an_answer_somebody_in_jail_reads_what_can_be_done_there(whom: str, fact: str) -> None:
    fact_of = shipped().facts[fact]
    page = below(fact, fact_of.step_at(fact_of.top).id, "en", whom, **IN_JAIL)
    assert ("officer" if whom == "me" else "jail") in page
    assert "Call 911" not in page
    assert "Call or text 988" not in page


def test_who_left_jail_is_helped_as_anybody_outside() -> None:
    found = drawn(answers=INTENT | {"justice.involvement": "released"})
    assert "Go to an emergency room" in found["result"]
    assert "officer or nurse" not in found["result"]


def test_in_a_hospital_under_guard_the_rules_of_custody_hold() -> None:
    both = INTENT | {"justice.involvement": "custody", "history.discharge": "in_care_now"}
    assert CUSTODY["en"] in drawn(answers=both)["help"]


def test_what_was_pressed_last_goes_before_what_was_answered() -> None:
    assert "nurse or another staff member" in drawn(inside="inside", **IN_JAIL)["help"]


@pytest.mark.parametrize(
    ("answers", "line"),
    [
        (OPIOIDS, "Ask now to leave with naloxone"),
        (OPIOIDS, "Ask the health staff inside today for medicine for opioids"),
        (
            {"withdrawal.alcohol_intake": "daily", "withdrawal.alcohol_window": "open"},
            "Tell the health staff now how much",
        ),
        ({"harm.suicide_thoughts": "thoughts", "harm.lethal_means": "not_secured"}, "Tell an officer or a nurse about"),
    ],
)
def test_what_saves_a_life_is_something_that_can_be_done_in_jail(answers: dict[str, str], line: str) -> None:
    for screen in ("result_open", "paper_open"):
        assert line in drawn(answers=answers | {"justice.involvement": "custody"})[screen]
        assert line not in drawn(answers=answers)[screen]


def test_the_settings_are_for_the_day_of_release_and_the_script_is_a_request() -> None:
    found = drawn(answers={"mental.depression": "moderate", "justice.involvement": "custody"})
    assert said("considered.when_out", "en") in found["result"]
    assert said("next.slip", "en") in found["next"]
    assert said("next.say", "en") not in found["next"]


def test_a_slip_of_the_finger_is_taken_back() -> None:
    assert said("help.elsewhere", "en") in drawn(answers=INTENT, inside="custody")["help"]
    assert said("help.elsewhere", "en") not in drawn(**IN_JAIL)["help"]


# --- court and supervision have a place


def test_court_and_jail_can_be_told_though_no_setting_hangs_on_it() -> None:
    found = drawn(answers={"mental.depression": "mild"})
    assert said("considered.court", "en") in found["result"]
    assert said("considered.court", "en") in found["next"]
    told = drawn(answers={"mental.depression": "mild", "justice.involvement": "none"})
    assert said("considered.court", "en") not in told["result"] + told["next"]


@pytest.mark.parametrize("whom", ["me", "loved_one"])
@pytest.mark.parametrize(
    ("step_told", "asked", "page"),
    [
        ("supervision", ["hours", "leave", "missed", "share"], "facing_court"),
        ("released", ["hours", "leave", "missed", "share", "medicine", "medicaid"], "leaving_jail"),
        ("custody", ["medicine", "medicaid"], "leaving_jail"),
    ],
)
def test_reports_leave_and_broken_rules_are_asked_about_on_the_paper(
    whom: str, step_told: str, asked: list[str], page: str
) -> None:
    found = drawn(whom=whom, answers={"mental.depression": "mild", "justice.involvement": step_told})
    for key in asked:
        words = said(f"questions.court.{key}" + (".loved_one" if whom == "loved_one" else ""), "en")
        assert words in found["paper"], words
        assert words in found["next"], words
    assert shipped().of("moments")[page].title.en in found["next"]


# --- the result


def test_with_intent_the_result_is_the_help_with_two_large_actions_and_what_to_say(visit: Visit) -> None:
    page = visit.page
    visit.begin()
    page.locator('input[name="harm.danger_now"][value="no"]').check()
    visit.press("talk.next")
    page.locator('input[name="harm.any"][value="yes"]').check()
    answer_rest(page)
    visit.press("talk.next")
    page.locator('input[name="harm-which"][value="harm.suicide_thoughts"]').check()
    expect(page.locator("fieldset .kind")).to_be_in_viewport(ratio=1)
    answer_rest(page)
    visit.press("talk.next")
    page.locator('input[name="harm.suicide_thoughts"][value="plan"]').check()
    expect(page.locator("fieldset .danger")).to_be_in_viewport(ratio=1)
    answer_rest(page)
    visit.press("talk.next")
    visit.press("help.go_on")
    visit.press("talk.skip_to_end")
    expect(page.locator("#title")).to_have_text(said("help.title", "en"))
    large = page.locator("main ul.large a")
    expect(large).to_have_count(2)
    expect(large.first).to_be_in_viewport(ratio=1)
    expect(page.locator("main .danger")).to_contain_text("I am thinking of suicide")
    assert page.locator("main .danger a[role=button]").count() <= MOST_BUTTONS
    for button in page.locator("main .danger a[role=button]").all():
        assert button.locator("small").inner_text(), "a button does not say whom it reaches"
    top = page.locator("main .first-lines").bounding_box()
    card = page.locator("main .card").first.bounding_box()
    assert top
    assert card
    assert top["y"] < card["y"]


def answer_rest(page: Page) -> None:
    """Choose the first answer of whatever else stands on the page."""
    for name in boxes(page):
        if not page.locator(f'input[name="{name}"]:checked').count():
            page.locator(f'input[name="{name}"]').first.check()


def test_the_weaker_ones_are_silent_where_there_is_danger() -> None:
    found = drawn(answers=INTENT)["result"]
    assert said("considered.hold", "en") not in found


def test_whoever_reads_spanish_gets_lines_in_spanish_first() -> None:
    for screen in ("result", "help"):
        found = drawn("es", answers=INTENT)[screen]
        assert "Llame al 988 y oprima 2" in found
        assert "HOME" not in found
        assert "Llame o envíe un mensaje de texto al 988\n" not in found


def test_a_call_by_telephone_asks_for_what_is_needed_now() -> None:
    found = drawn(answers=INTENT)["next"]
    assert "I am thinking of suicide, and I need help now to stay safe." in found
    assert "visit to find out which kind of care" not in found


# --- first, whatever you choose

LATELY = {"use.opioids": "severe", "use.opioid_medication": "not_taken", "overdose.recent": "past_30_days"}


@pytest.mark.parametrize("screen", ["result", "paper"])
@pytest.mark.parametrize(
    ("answers", "lines"),
    [
        (LATELY, ["Get naloxone", "without a prescription", "If you do not, ask for it today"]),
        ({"withdrawal.alcohol_intake": "daily", "withdrawal.alcohol_window": "open"}, ["Please do not stop alcohol"]),
        ({"overdose.tolerance_loss": "within_4_weeks"}, ["The same dose as before can now be deadly"]),
        (
            {"harm.suicide_thoughts": "thoughts", "harm.lethal_means": "not_secured"},
            ["Put guns and pills out of reach"],
        ),
    ],
)
def test_what_saves_a_life_stands_on_top_and_open(screen: str, answers: dict[str, str], lines: list[str]) -> None:
    found = drawn(answers=answers)[f"{screen}_open"]
    title = said("considered.first", "en")
    below_it = found.partition(title)[2]
    for line in lines:
        assert line in below_it, (line, found)
    settings = said("paper.settings" if screen == "paper" else "considered.open", "en")
    assert found.index(title) < found.index(settings)


def test_nothing_stands_there_where_nothing_is_to_be_done() -> None:
    assert said("considered.first", "en") not in drawn(answers={"mental.depression": "mild"})["result"]


# --- where almost nothing is known


@pytest.mark.parametrize("whom", ["me", "loved_one"])
@pytest.mark.parametrize("answers", [{}, {"harm.suicide_thoughts": "not_known", "use.opioids": "declined"}])
def test_where_nothing_is_known_somebody_is_asked_to_look_and_nothing_is_said_to_be_enough(
    whom: str, answers: dict[str, str]
) -> None:
    found = drawn(whom=whom, answers=answers)
    result, paper = found["result_open"], found["paper"]
    assert "We could not find out enough" in result
    assert "1-800-662-4357" in result
    assert "We could not find out enough" in paper
    assert said("paper.no_reasons", "en") not in paper
    assert said("considered.lacks_nothing", "en") not in result
    assert "within 2 hours" not in result + paper, "an hour that nothing told asks for"


def test_the_places_stand_by_the_names_people_use_on_a_way_whose_stops_are_named() -> None:
    result = drawn(answers={})["result_open"]
    stops = ["Self-care", "Outpatient care", "(IOP)", "PHP)", "rehab", "detox", "(inpatient)"]
    assert [result.index(one) for one in stops] == sorted(result.index(one) for one in stops)


def test_what_was_skipped_joins_no_housing_to_a_name() -> None:
    answers = {
        "age": "adult",
        "focus": "mental_health",
        "mental.depression": "moderate",
        "environment.violence": "declined",
    }
    for words in drawn(answers=answers).values():
        assert "together with" not in words


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_paper_says_on_top_who_what_how_urgent_and_what_is_asked(lang: str) -> None:
    paper = drawn(lang, "loved_one", answers=LATELY)["paper"]
    rows = [said(f"paper.sum.{key}", lang) for key in ("who", "what", "urgent")]
    rows.append(said("paper.sum.asks.loved_one", lang))
    assert [paper.index(one) for one in rows] == sorted(paper.index(one) for one in rows)
    assert paper.index(rows[-1]) < paper.index(said("considered.first", lang))
    assert ("within 24 hours" if lang == "en" else "24 horas") in paper.partition(said("crisis", lang))[0]
    asked = drawn(lang, answers=INTENT)["paper"].partition(said("crisis", lang))[0]
    assert ("I am thinking of suicide" if lang == "en" else "suicid") in asked


# --- why: what was said, never a rule's alternatives


@pytest.mark.parametrize("whom", ["me", "loved_one"])
def test_a_reason_tells_what_was_said_and_not_what_else_could_have_brought_it(whom: str) -> None:
    found = drawn(whom=whom, answers={"use.stimulants": "severe", "use.alcohol": "mild"})["paper"]
    why = found.partition(said("paper.reasons", "en"))[2].partition(said("paper.open", "en"))[0]
    (line,) = [one for one in why.splitlines() if "works as well as a stay" in one]
    assert line.strip().startswith("You said: Cocaine, meth or other stimulants, past year")
    assert "Alcohol" not in line
    assert "Or the urges" not in why


# --- on top of the result, whoever stops early


@pytest.mark.parametrize(("whom", "lang"), [("me", "en"), ("me", "es"), ("loved_one", "en"), ("loved_one", "es")])
def test_who_spoke_of_suicide_and_stopped_there_reads_the_kind_word_and_the_number_first(whom: str, lang: str) -> None:
    told = {"harm.any": "yes", "harm.danger_now": "declined"}
    result = drawn(lang, whom, answers=told, concerns=["suicide"])["result"]
    kind = shipped().at_once["suicide-thoughts"].says.for_role(whom).in_language(lang)
    assert kind in result
    number = result.index("988")
    assert number < result.index(Say(lang)("guide.considered.too_little", who="@")[:20])
    assert number < result.index("1-800-662-4357"), "the line that is no crisis line comes later"


@pytest.mark.parametrize("lang", ["en", "es"])
def test_danger_that_was_left_open_brings_whom_to_ask_on_top_of_the_result(lang: str) -> None:
    words = shipped().at_once["danger-not-sure"].says.person.in_language(lang)
    for value in ("not_known", "declined"):
        result = drawn(lang, answers={"harm.danger_now": value})["result"]
        assert words in result
        assert result.index("911") < result.index("1-800-662-4357")
    assert words not in drawn(lang, answers={"harm.danger_now": "no", "harm.any": "no"})["result"]


def test_a_help_panel_is_not_followed_by_a_second_kind_word() -> None:
    told = {"harm.any": "yes", "harm.suicide_thoughts": "plan", "harm.lethal_means": "not_secured"}
    result = drawn("en", answers=told, concerns=["suicide"])["result"]
    assert shipped().at_once["suicide-thoughts"].says.person.en not in result
