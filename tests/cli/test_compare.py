"""Settings side by side on the terminal: equal size, danger first, wish and safety, the exercise at the keyboard."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from typer.testing import Result

from tests.cli.driver import too_wide
from tests.cli.test_commands import one_line
from tests.support import AS_OF, complete, message, shipped, vignettes
from trellis.cli.compare import TITLES
from trellis.compare.settings import TOPICS, topics_of

Invoke = Callable[..., Result]
KB = shipped()


@pytest.fixture
def case(tmp_path: Path) -> Callable[..., str]:
    """The file of an invented person of the vignettes, with what they say."""

    def write(name: str, **person: object) -> str:
        vignette = next(one for one in vignettes() if one["id"] == name)
        answers = vignette["answers"]
        if vignette.get("others", "best") == "best":
            answers = complete(KB, answers)
        path = tmp_path / "person.yaml"
        plain = {"as_of": AS_OF.isoformat(), "answers": json.loads(json.dumps(answers, default=str)), "person": person}
        path.write_text(yaml.safe_dump(plain, allow_unicode=True), encoding="utf-8")
        return str(path)

    return write


def test_every_topic_has_a_title() -> None:
    assert set(TITLES) == set(TOPICS)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_topic_is_told_of_every_setting_in_the_same_order(lang: str, invoke: Invoke) -> None:
    names = ("inpatient", "iop", "outpatient")
    shown = invoke("compare", *names, "--lang", lang).stdout
    place = -1
    for topic, key in TITLES.items():
        title = message(key, lang)
        found = re.search(rf"^{re.escape(title)}$", shown, re.MULTILINE)
        told = [
            topics_of(KB, KB.settings[name], KB.axes)[topic] for name in ("inpatient_psychiatric", "iop", "outpatient")
        ]
        assert bool(found) == any(told), topic
        if found:
            assert found.start() > place
            place = found.start()
    for setting in ("inpatient_psychiatric", "iop", "outpatient"):
        for claims in topics_of(KB, KB.settings[setting], KB.axes).values():
            for claim in claims:
                assert one_line(claim.in_language(lang)) in one_line(shown)


def test_the_comparison_is_told_as_the_review_tells_it_and_leads_to_it(invoke: Invoke) -> None:
    shown = one_line(invoke("compare", "inpatient", "iop", "outpatient").stdout)
    assert "did about as well" in shown
    assert "No pooled number exists" in shown
    assert "https://doi.org/10.1176/appi.ps.201300249" in shown


@pytest.mark.parametrize("role", ["person", "clinician"])
@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("names", [("iop", "detox"), ("inpatient", "iop", "outpatient", "recovery_residence")])
def test_for_a_person_it_fits_the_screen(
    names: tuple[str, ...], lang: str, role: str, invoke: Invoke, case: Callable[..., str]
) -> None:
    path = case("alcohol-17-drinks-a-day", matters={"home": 5, "work": 2})
    result = invoke("compare", *names, "--for", path, "--lang", lang, "--role", role)
    assert result.exit_code == 0, result.output
    assert too_wide(result.stdout) == []


def test_each_setting_says_what_it_would_lack_and_none_is_marked_as_the_persons(
    invoke: Invoke, case: Callable[..., str]
) -> None:
    shown = invoke("compare", "detox", "iop", "outpatient", "--for", case("alcohol-17-drinks-a-day")).stdout
    part = one_line(shown.split("For what was said")[1].split("What studies say")[0])
    assert "Gives what is usually asked for in a situation like this." in part
    assert part.count("What was said asks for more:") >= 2
    for word in ("recommend", "your setting", "best for you", "you need"):
        assert word not in part.lower()


def test_the_clinician_sees_which_needs_ask(invoke: Invoke, case: Callable[..., str]) -> None:
    path = case("alcohol-17-drinks-a-day")
    shown = one_line(invoke("compare", "detox", "iop", "--for", path, "--role", "clinician").stdout)
    assert "Package [medically_monitored]" in shown
    assert "Asked for by:" in shown


def test_inpatient_means_detox_for_somebody_with_alcohol_withdrawal_and_says_why(
    invoke: Invoke, case: Callable[..., str]
) -> None:
    shown = one_line(invoke("compare", "inpatient", "iop", "--for", case("alcohol-17-drinks-a-day")).stdout)
    assert "“Inpatient” can mean several places." in shown
    assert KB.settings["medically_monitored"].life is not None
    assert "Gives what is usually asked for" in shown


@pytest.mark.parametrize(
    "command", [["compare", "inpatient", "iop"], ["values"], ["approaches"], ["approaches", "cbt", "dbt"]]
)
def test_danger_comes_before_everything_else(command: list[str], invoke: Invoke, case: Callable[..., str]) -> None:
    path = case("suicidal-intent-cannot-stay-safe", matters={"home": 5})
    shown = invoke(*command, "--for", path, typed="q\n").stdout.strip()
    assert shown.startswith("=====")
    assert "988" in shown[:3000]
    plain = json.loads(invoke(*command, "--for", path, "--json").stdout)
    assert next(iter(plain)) == "urgent"
    assert plain["urgent"][0]["lines"]


def test_with_a_person_plain_values_tell_the_fit_and_the_values(invoke: Invoke, case: Callable[..., str]) -> None:
    path = case("alcohol-17-drinks-a-day", matters={"home": 5})
    plain = json.loads(invoke("compare", "detox", "iop", "--for", path, "--json").stdout)
    assert [one["id"] for one in plain["settings"]] == ["medically_monitored", "iop"]
    assert plain["settings"][1]["for_this_person"]["now"] == "short"
    assert plain["values"]["wish_and_safety_part"][0]["setting"] == "iop"


def test_where_wish_and_safety_part_is_said_and_with_what_is_lacking(invoke: Invoke, case: Callable[..., str]) -> None:
    shown = invoke("values", "--for", case("alcohol-17-drinks-a-day"), "--rate", "home=5").stdout
    part = one_line(shown.split("Where wish and safety part")[1])
    assert "The wish stays" in part
    assert "Addiction intensive outpatient program" in part
    assert "What was said asks for more:" in part


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--rate", "home"], 2, "is not name=number"),
        (["--rate", "home=9"], 1, "from 0 (not at all) to 5"),
        (["--rate", "hose=3"], 1, "nothing that can be rated"),
        (["--rate", "home=much"], 1, "[much]"),
    ],
)
def test_a_wrong_rating_is_explained(arguments: list[str], code: int, words: str, invoke: Invoke) -> None:
    result = invoke("compare", "iop", "php", *arguments)
    assert result.exit_code == code
    assert words in one_line(re.sub("[│╭╰╮╯─]", " ", result.stderr))


@pytest.mark.parametrize(
    ("person", "words"),
    [
        ({"matters": {"hone": 3}}, "[hone] is nothing that can be rated"),
        ({"matters": {"work": 9}}, "matters: work"),
        ({"race": "any"}, "race"),
        ({"ethnicity": "any"}, "ethnicity"),
    ],
)
def test_what_is_wrong_in_the_file_is_explained(
    person: dict[str, object], words: str, invoke: Invoke, case: Callable[..., str]
) -> None:
    result = invoke("compare", "iop", "php", "--for", case("alcohol-17-drinks-a-day", **person))
    assert result.exit_code == 1
    assert words in one_line(result.stderr)
    assert result.stdout == ""


def test_a_person_that_is_no_mapping_is_explained(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "person.yaml"
    path.write_text("answers: {}\nperson: Sam\n", encoding="utf-8")
    result = invoke("compare", "iop", "php", "--for", str(path))
    assert result.exit_code == 1
    assert "[person] is not a mapping" in one_line(result.stderr)


# At the keyboard


def test_everything_is_asked_once_and_what_is_rated_is_shown(invoke: Invoke) -> None:
    typed = "\n".join("5" if name == "being_home" else "" for name in KB.values) + "\n"
    shown = invoke("values", typed=typed).stdout
    for value in KB.values.values():
        assert one_line(value.asks.en) in one_line(shown)
    assert "Being at home (5 of 5)" in shown
    assert "    being_home: 5" in shown
    assert too_wide(shown) == []


def test_keys_go_back_help_and_say_what_is_wrong(invoke: Invoke) -> None:
    shown = invoke("values", typed="9\n4\nb\n2\nw\nh\nq\n").stdout
    first = next(iter(KB.values.values()))
    assert "Please type a number from 0 to 5." in shown
    assert "So far: 4. Enter keeps it." in shown
    assert "988" in shown
    assert f"{first.name.en} (2 of 5)" in shown


def test_leaving_at_once_shows_no_result(invoke: Invoke) -> None:
    shown = invoke("values", typed="5\nx\n").stdout
    assert "of 5)" not in shown


def test_nothing_rated_says_how_to(invoke: Invoke) -> None:
    assert "Nothing was rated." in invoke("values", typed="q\n").stdout
    assert "Nothing was rated." in invoke("values", typed="").stdout


def test_ratings_of_the_file_are_kept_by_enter(invoke: Invoke, case: Callable[..., str]) -> None:
    path = case("severe-drinking-not-now", matters={"home": 5})
    shown = invoke("values", "--for", path, typed="\n" * len(KB.values)).stdout
    assert "So far: 5. Enter keeps it." in shown
    assert "Being at home (5 of 5)" in shown
