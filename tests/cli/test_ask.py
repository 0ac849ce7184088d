"""The interview in a real process with piped input, from the first screen to the result, in both languages."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

import trellis
from tests.cli.driver import COMMAND, Script, run, script, too_wide
from tests.support import AS_OF, message, shipped
from trellis.cli import panel
from trellis.cli.terminal import Terminal
from trellis.say import Say

Invoke = Callable[..., Result]
DAY = ("--as-of", AS_OF.isoformat())
WELL = {"focus": "both", "age": "adult", "pregnancy": "no"}
DANGER = WELL | {"harm.danger_now": "yes", "overdose.now": "yes"}
NO_LIFE_NO_SAVE = ("n", "n")


def one_line(text: str) -> str:
    return " ".join(text.split())


def begins(key: str, lang: str = "en") -> str:
    """The fixed beginning of a message with slots."""
    return message(key, lang).split("{")[0]


def screens(text: str, lang: str = "en") -> list[str]:
    """What is shown from one question to the next; the first is the welcome."""
    return re.split(r"(?:Question|Pregunta) \d+\. ", text)


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("role", ["person", "clinician"])
def test_from_start_to_result_in_a_real_process(lang: str, role: str, tmp_path: Path) -> None:
    typed = script(shipped(), WELL)
    done = run("ask", *DAY, "--lang", lang, "--role", role, typed=typed.text(*NO_LIFE_NO_SAVE), cwd=tmp_path)
    text = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    assert too_wide(text) == []
    assert "\x1b" not in text
    shown = one_line(text)
    suffix = "_clinician" if role == "clinician" else ""
    for key in ("ask.welcome_what", "ask.welcome_privacy", "ask.welcome_help"):
        assert message(key + suffix, lang) in shown
    assert len(screens(text)) == typed.questions + 1
    assert message("ask.done", lang) in shown
    title = begins("clinician.title", lang) if role == "clinician" else message("public.title", lang)
    assert title in shown
    assert message(f"result.not_reviewed_{role}", lang) in shown
    assert message("ask.not_saved", lang) in shown
    assert list(tmp_path.iterdir()) == []


def test_the_first_screen_is_three_lines(invoke: Invoke) -> None:
    for lang in ("en", "es"):
        for role in ("", "_clinician"):
            for key in ("ask.welcome_what", "ask.welcome_privacy", "ask.welcome_help"):
                assert len(message(key + role, lang)) <= 80


@pytest.mark.parametrize("lang", ["en", "es"])
def test_help_is_on_the_very_next_screen(lang: str, invoke: Invoke) -> None:
    typed = script(shipped(), DANGER)
    assert typed.dangers
    shown = screens(invoke("ask", *DAY, "--lang", lang, typed=typed.text(*NO_LIFE_NO_SAVE)).stdout, lang)
    assert len(shown) == typed.questions + 1
    for question, names in typed.dangers.items():
        after_the_answer = one_line(shown[question])
        for name in names:
            urgent = shipped().urgent[name]
            assert urgent.title.in_language(lang).upper() in after_the_answer
            for sentence in (*urgent.person.in_language(lang), *urgent.loved_one.in_language(lang)):
                assert one_line(sentence) in after_the_answer
            for line in urgent.lines:
                assert one_line(shipped().lines[line].contact.in_language(lang)) in after_the_answer
    before = "".join(shown[: min(typed.dangers)])
    assert not any(shipped().urgent[name].title.in_language(lang).upper() in before for name in shipped().urgent)


def test_the_panel_does_not_end_the_interview_nor_promise_anything(invoke: Invoke) -> None:
    typed = script(shipped(), DANGER)
    first = min(typed.dangers)
    assert typed.questions > first
    text = invoke("ask", *DAY, typed=typed.text(*NO_LIFE_NO_SAVE)).stdout
    assert message("public.title") in text
    for promise in ("is watching", "will call you", "has been told", "help is on the way"):
        assert promise not in text.lower()


def test_help_is_there_at_any_question(invoke: Invoke) -> None:
    text = one_line(invoke("ask", *DAY, typed="\nh\nq\n").stdout)
    for line in shipped().lines.values():
        assert one_line(line.contact.en) in text


def test_the_question_comes_again_below_the_help(invoke: Invoke) -> None:
    text = one_line(invoke("ask", *DAY, typed="\nh\nq\n").stdout)
    assert text.count(first_question()) == 2
    assert text.rindex(first_question()) > text.index(one_line(shipped().urgent["danger_now"].title.en.upper()))


@pytest.mark.parametrize("key", ["?", "-"])
def test_danger_left_open_brings_a_line_of_help_before_the_next_question(key: str, invoke: Invoke) -> None:
    for role, words in (
        ("person", one_line(shipped().at_once["danger-not-sure"].says.person.en)),
        ("clinician", message("result.danger_left_open")),
    ):
        ask = ("ask", *DAY, "--role", role)
        second = screens(one_line(invoke(*ask, typed=f"\n{key}\n{key}\nq\n").stdout))[1]
        assert second.endswith("= ")
        assert second.count(words) == 1
        assert words not in one_line(invoke(*ask, typed="\n1\n").stdout.split("Question 2")[0])


def thoughts(lang: str, *, person: dict[str, str], keys: str = "") -> str:
    """What is shown to a person with these answers, from the welcome on, and the keys typed after them."""
    typed = script(shipped(), WELL | person)
    return run("ask", *DAY, "--lang", lang, typed=typed.text(*NO_LIFE_NO_SAVE) + keys).stdout.decode()


WISH = {"harm.any": "yes", "harm.suicide_thoughts": "wish"}


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_kind_line_and_the_number_stand_right_under_an_answer_that_tells_of_suicide(lang: str) -> None:
    kb = shipped()
    shown = [one_line(one) for one in screens(thoughts(lang, person=WISH), lang)]
    asked = one_line(kb.facts["harm.suicide_thoughts"].question.person.in_language(lang))
    typed = one_line(message("ask.keys_short", lang))
    words = one_line(kb.at_once["suicide-thoughts"].says.person.in_language(lang))
    number = one_line(kb.lines["line_988" if lang == "en" else "line_988_es"].contact.in_language(lang))
    (told,) = [screen for screen in shown if words in screen]
    assert told.index(typed) < told.index(words) < told.index(number)
    (later,) = [screen for screen in shown if asked in screen]
    assert later.index(asked) < later.index(number), "the line is said once a topic, the number each time"


def test_no_such_line_stands_under_an_answer_that_tells_of_nothing_nor_before_a_clinician() -> None:
    words = one_line(shipped().at_once["suicide-thoughts"].says.person.en)
    assert words not in one_line(thoughts("en", person={}))
    typed = script(shipped(), WELL | WISH, source="clinician")
    done = run("ask", *DAY, "--role", "clinician", typed=typed.text(*NO_LIFE_NO_SAVE))
    assert words not in one_line(done.stdout.decode())


def test_the_same_line_is_said_once_a_topic_and_the_number_each_time(capsys: pytest.CaptureFixture[str]) -> None:
    kb = shipped()
    entry = kb.at_once["suicide-thoughts"]
    panel.at_once(kb, entry.id, Say("en"), Terminal(), here=None, again=True)
    shown = one_line(capsys.readouterr().out)
    assert one_line(entry.says.person.en) not in shown
    assert one_line(kb.lines["line_988"].contact.en) in shown


def test_whoever_is_in_a_hospital_is_told_of_the_staff_there(capsys: pytest.CaptureFixture[str]) -> None:
    kb = shipped()
    for lang in ("en", "es"):
        for entry in kb.at_once.values():
            for where, words in (("inside", entry.inside), ("custody", entry.custody)):
                panel.at_once(kb, entry.id, Say(lang), Terminal(), here=kb.inside_now[where], again=False)
                shown = one_line(capsys.readouterr().out)
                assert shown == one_line(words.person.in_language(lang))
                assert not re.search("911|988", shown)


def first_question() -> str:
    return one_line(shipped().facts["harm.danger_now"].question.person.en)


def test_back_asks_again(invoke: Invoke) -> None:
    text = one_line(invoke("ask", *DAY, typed="\nb\n1\nb\nq\n").stdout)
    assert message("ask.nothing_before") in text
    assert message("ask.went_back") in text
    assert text.count(first_question()) == 3


def test_back_within_a_screen_goes_one_part_back(invoke: Invoke) -> None:
    text = one_line(invoke("ask", *DAY, typed="\n1\n3\nb\n1\nq\n").stdout)
    assert text.count("1 of 2") == 2
    assert text.count("2 of 2") == 2


def test_back_takes_a_danger_back_and_tells_it_again(invoke: Invoke) -> None:
    text = invoke("ask", *DAY, typed="\n2\n\nb\n2\n\nq\nn\n").stdout
    assert text.count(shipped().urgent["danger_now"].title.en.upper()) == 2


def test_why_says_what_the_answer_can_change(invoke: Invoke) -> None:
    text = one_line(invoke("ask", *DAY, typed="\nw\nq\n").stdout)
    assert message("ask.why_title") in text
    assert one_line(shipped().facts["harm.danger_now"].help.en) in text
    assert begins("ask.why_changes") in text


@pytest.mark.parametrize(("key", "value"), [("?", "not_known"), ("-", "declined"), ("i don't know", "not_known")])
def test_no_answer_is_an_answer(key: str, value: str, invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    invoke("ask", *DAY, typed=f"\n{key}\nq\ny\n{path}\n")
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert kept["answers"]["harm.danger_now"] == [{"value": value, "source": "self-report", "date": AS_OF.isoformat()}]


@pytest.mark.parametrize("wrong", ["9", "0", "one", "1 2", "", "²", "1.5", "\x00", "-1"])
def test_wrong_input_says_what_is_allowed_and_asks_again(wrong: str, invoke: Invoke) -> None:
    text = one_line(invoke("ask", *DAY, typed=f"\n{wrong}\n1\nq\n").stdout)
    assert begins("ask.wrong_choice") in text
    assert "Question 2." in text


def checklist_at(person: dict[str, str]) -> tuple[list[str], int]:
    """The keys up to the first checklist, and how many boxes it has."""
    typed = script(shipped(), person)
    interview = trellis.Interview(shipped(), AS_OF)
    keys = [""]
    position = 1
    while (question := interview.current()) is not None:
        if question.screen.checklist:
            return keys, len([i for i in question.screen.checklist if i.fact in question.facts])
        names = question.factors or question.facts
        given = {}
        for name in names:
            steps = shipped().factors[name].values if question.factors else shipped().facts[name].scale
            given[name] = steps[int(typed.lines[position]) - 1].id
            keys.append(typed.lines[position])
            position += 1
        interview.answer(given)
        if interview.result().urgent:
            keys.append("")
            position += 1
    raise AssertionError("no checklist was asked")


@pytest.mark.parametrize("wrong", ["99", "0 1", "a", "", "1,x"])
def test_a_checklist_takes_numbers_or_none(wrong: str, invoke: Invoke) -> None:
    keys, last = checklist_at(WELL | {"harm.danger_now": "yes"})
    text = one_line(invoke("ask", *DAY, typed="\n".join([*keys, wrong, "q"]) + "\n").stdout)
    assert message("ask.wrong_none_and_some") in text or message("ask.wrong_checklist").format(last=last) in text


@pytest.mark.parametrize("ticked", ["1 2", "1,2", " 2 , 1 ", "2;1"])
def test_a_checklist_takes_several(ticked: str, invoke: Invoke, tmp_path: Path) -> None:
    keys, last = checklist_at(WELL | {"harm.danger_now": "yes"})
    assert last >= 2
    path = tmp_path / "kept.json"
    typed = "\n".join([*keys, ticked, "", "q", "y", str(path)]) + "\n"
    result = invoke("ask", *DAY, typed=typed)
    assert path.exists(), result.stdout[-600:]
    screen = next(s for s in shipped().screens.values() if s.id == "danger-which")
    kept = json.loads(path.read_text(encoding="utf-8"))["answers"]
    answered = [item for item in screen.checklist if item.fact in kept]
    worse = [i for i in answered if kept[i.fact][0]["value"] == i.at_least]
    assert len(worse) == 2


def saved(invoke: Invoke, path: Path, person: dict[str, str], *extra: str) -> Script:
    typed = script(shipped(), person)
    result = invoke("ask", *DAY, typed=typed.text("n", "y", str(path), *extra))
    assert path.exists(), result.stdout[-600:]
    return typed


def test_what_is_saved_is_for_this_account_only_and_decides_alike(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    before = os.umask(0)
    try:
        saved(invoke, path, DANGER)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    result = invoke("decide", str(path), "--json", "--role", "clinician")
    assert result.exit_code == 5
    plain = json.loads(result.stdout)
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert plain["provenance"]["answers"] == kept["answers"]
    assert plain["provenance"]["digest"] == kept["digest"]
    assert message("result.other_knowledge") not in one_line(invoke("decide", str(path)).stdout)


def test_saved_answers_grow_old(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    saved(invoke, path, WELL)
    assert invoke("decide", str(path)).exit_code == 0
    assert invoke("decide", str(path), "--as-of", "2028-01-01").exit_code == 4


def test_saving_asks_before_it_writes_over_anything(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text("precious", encoding="utf-8")
    path.chmod(0o644)
    typed = script(shipped(), WELL)
    text = invoke("ask", *DAY, typed=typed.text("n", "y", str(path), "n", "")).stdout
    assert "already there" in one_line(text)
    assert message("ask.not_saved") in text
    assert path.read_text(encoding="utf-8") == "precious"
    invoke("ask", *DAY, typed=typed.text("n", "y", str(path), "y"))
    assert json.loads(path.read_text(encoding="utf-8"))["answers"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["mine.json"]


def test_a_place_that_cannot_be_written_is_asked_again(invoke: Invoke, tmp_path: Path) -> None:
    good = tmp_path / "mine.json"
    typed = script(shipped(), WELL)
    places = [str(tmp_path / "no" / "such.json"), str(tmp_path), "n", "bad\x00name", str(good)]
    text = one_line(invoke("ask", *DAY, typed=typed.text("n", "y", *places)).stdout)
    assert "could not be written" in text
    assert good.exists()


def test_not_saving_is_the_default(invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = invoke("ask", *DAY, typed=script(shipped(), WELL).text("n", "")).stdout
    assert message("ask.not_saved") in text
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("keep", range(0, 14, 2))
def test_the_end_of_input_shows_the_result_so_far(keep: int, invoke: Invoke) -> None:
    lines = script(shipped(), DANGER).lines[:keep]
    result = invoke("ask", *DAY, typed="".join(f"{line}\n" for line in lines))
    text = one_line(result.stdout)
    assert result.exit_code == 0
    assert result.stderr == ""
    if keep > 1:
        assert message("public.title") in text
        assert message("ask.not_saved") in text
    else:
        assert message("ask.nothing_answered") in text


def test_stopping_within_a_screen_keeps_what_was_said(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    invoke("ask", *DAY, typed=f"\n1\n3\nq\ny\n{path}\n")
    assert json.loads(path.read_text(encoding="utf-8"))["answers"]["focus"][0]["value"] == "both"


def test_leaving_at_once_shows_and_keeps_nothing(invoke: Invoke) -> None:
    text = invoke("ask", *DAY, typed="\n2\n\nx\n").stdout
    assert text.rstrip().endswith(message("ask.left"))
    assert message("public.title") not in text


def test_questions_on_daily_life_come_last_and_bring_barriers(invoke: Invoke) -> None:
    life = "\n".join(["", *["3"] * 4, "b", "3", *["1"] * 6])
    text = one_line(invoke("ask", *DAY, typed=script(shipped(), WELL).text(life, "n")).stdout)
    assert begins("ask.life_offer") in text
    assert "Daily life, 1 of" in text
    assert one_line(shipped().facts["commitments.work"].question.person.en) in text


def test_the_clinician_is_asked_in_the_fields_words_and_recorded(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    text = one_line(invoke("ask", *DAY, "--role", "clinician", typed=f"\n1\nq\ny\n{path}\n").stdout)
    assert one_line(shipped().facts["harm.danger_now"].question.clinician.en) in text
    assert json.loads(path.read_text(encoding="utf-8"))["answers"]["harm.danger_now"][0]["source"] == "clinician"


@pytest.mark.parametrize(("encoding", "lang"), [("ascii", "es"), ("latin-1", "es"), ("ascii", "en")])
def test_a_terminal_without_special_characters(encoding: str, lang: str) -> None:
    environment = {"PYTHONUTF8": "0", "PYTHONIOENCODING": encoding, "LC_ALL": "C", "TERM": "dumb", "NO_COLOR": "1"}
    done = run("ask", *DAY, "--lang", lang, typed="\n2\n\nq\nn\n", **environment)
    assert done.returncode == 0, done.stderr.decode()
    text = done.stdout.decode(encoding)
    assert too_wide(text) == []
    assert "\x1b" not in text


def read_until(descriptor: int, words: bytes) -> bytes:
    """What is written up to and with these words. A minute of silence is a failure, not a wait for ever."""
    seen = b""
    while words not in seen:
        assert select.select([descriptor], [], [], 60.0)[0], f"silent before {words!r}: {seen!r}"
        more = os.read(descriptor, 4096)
        assert more, f"ended before {words!r}: {seen!r}"
        seen += more
    return seen


def heed_interrupts() -> None:
    """A job in the background is started with Ctrl-C ignored, and would hand that on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def silent(descriptor: int) -> None:
    """Wait until nothing more is written for a second: the question has been put, and an answer is waited for."""
    while select.select([descriptor], [], [], 1.0)[0]:
        os.read(descriptor, 4096)


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_shows_the_result_so_far() -> None:
    environment = os.environ | {"COLUMNS": "80", "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [*COMMAND, "ask", *DAY],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        preexec_fn=heed_interrupts,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"\n1\n")
        process.stdin.flush()
        read_until(process.stdout.fileno(), b"1 of 2")
        silent(process.stdout.fileno())
        process.send_signal(signal.SIGINT)
        before = read_until(process.stdout.fileno(), b"You stopped here")
        rest, errors = process.communicate(b"n\n", timeout=60)
    text = one_line((before + rest).decode())
    assert process.returncode == 0
    assert errors == b""
    assert message("ask.stopped") in text
    assert message("public.title") in text
    assert message("ask.not_saved") in text


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals")
def test_in_a_real_terminal_leaving_wipes_the_screen() -> None:
    import pty

    ours, theirs = pty.openpty()
    environment = os.environ | {"COLUMNS": "80", "TERM": "xterm", "PYTHONUTF8": "1"}
    environment.pop("NO_COLOR", None)
    with subprocess.Popen(
        [*COMMAND, "ask", *DAY], stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    ) as process:
        os.close(theirs)
        os.write(ours, b"\n2\n\nx\n")
        seen = b""
        try:
            while chunk := os.read(ours, 4096):
                seen += chunk
        except OSError:  # how the end of a pseudo-terminal is told
            pass
        process.wait(timeout=60)
    os.close(ours)
    assert process.returncode == 0
    assert b"GET HELP NOW" in seen
    wiped = seen.index(b"\x1b[H\x1b[2J\x1b[3J")
    assert message("ask.left").encode() in seen[wiped:]
    assert b"Question" not in seen[wiped:]
