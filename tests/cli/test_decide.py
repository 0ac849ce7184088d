"""``decide`` and ``explain``: the public view informs, the clinician's view determines, and both carry their basis."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

import trellis
from tests.cli.driver import too_wide
from tests.support import AS_OF, complete, message, shipped, vignettes
from trellis.account import reasons_of, to_json
from trellis.cli.terminal import Terminal
from trellis.cli.view import View
from trellis.say import Say

Invoke = Callable[..., Result]
PEOPLE = vignettes()[::9]
VERDICTS = ("rank", "Determination", "Required", "settled", "recommended", "Recommended")


def one_line(text: str) -> str:
    return " ".join(text.split())


def written(folder: Path, answers: dict[str, Any], **more: Any) -> str:
    path = folder / "person.json"
    path.write_text(json.dumps({"as_of": AS_OF.isoformat(), "answers": answers} | more), encoding="utf-8")
    return str(path)


def answers_of(vignette: dict[str, Any]) -> dict[str, Any]:
    given = vignette["answers"]
    return complete(shipped(), given) if vignette.get("others", "best") == "best" else given


@pytest.mark.parametrize("vignette", PEOPLE, ids=[one["id"] for one in PEOPLE])
@pytest.mark.parametrize("role", ["person", "clinician"])
@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("command", ["decide", "explain"])
def test_every_result_fits_the_screen_and_says_what_it_is(
    command: str, lang: str, role: str, vignette: dict[str, Any], invoke: Invoke, tmp_path: Path
) -> None:
    path = written(tmp_path, answers_of(vignette), places=vignette.get("places", {}))
    result = invoke(command, path, "--role", role, "--lang", lang)
    rec = trellis.decide(shipped(), answers_of(vignette), as_of=AS_OF, places=vignette.get("places"))
    expected = 0 if command == "explain" else 5 if rec.urgent else 0 if rec.settled else 4
    assert result.exit_code == expected
    assert result.stderr == ""
    assert too_wide(result.stdout) == []
    shown = one_line(result.stdout)
    assert message(f"result.not_reviewed_{role}", lang) in shown
    assert "988" in shown
    assert "911" in shown
    say = Say(lang)
    view = View(rec, say, Terminal(), role)
    for reason in view.account.reasons:
        assert one_line(view.reason(reason)) in shown
    if role == "clinician" and rec.now:
        for package in rec.now.packages:
            assert f"[{package.id}]" in shown
    for urgent in rec.urgent:
        assert view.words(shipped().urgent[urgent.id].title).upper() in shown


@pytest.mark.parametrize("vignette", PEOPLE, ids=[one["id"] for one in PEOPLE])
def test_the_public_view_gives_no_verdict(vignette: dict[str, Any], invoke: Invoke, tmp_path: Path) -> None:
    path = written(tmp_path, answers_of(vignette))
    shown = invoke("decide", path).stdout
    for word in VERDICTS:
        assert word not in shown
    title = "public.settings_title_open" if "do not rule these out" in shown else "public.settings_title"
    assert message(title) in shown
    plain = json.loads(invoke("decide", path, "--json").stdout)
    assert plain["view"] == "public"
    assert not {"now", "next", "least", "most", "rank", "settled"} & plain.keys()
    rec = trellis.decide(shipped(), answers_of(vignette), as_of=AS_OF)
    considered = rec.now.ids if rec.now else rec.between.now
    assert [one["id"] for one in plain["considered"]] == list(considered)


def test_one_setting_is_never_shown_alone(invoke: Invoke, tmp_path: Path) -> None:
    answers = complete(shipped(), {"use.alcohol": "severe"})
    rec = trellis.decide(shipped(), answers, as_of=AS_OF)
    assert rec.now is not None
    path = written(tmp_path, answers)
    assert message("public.others_title") in invoke("decide", path).stdout
    others = [one["id"] for one in json.loads(invoke("decide", path, "--json").stdout)["for_comparison"]]
    ranks = [shipped().packages[name].rank for name in others]
    assert min(ranks) < rec.now.rank < max(ranks)


def test_danger_is_told_before_anything_else(invoke: Invoke, tmp_path: Path) -> None:
    path = written(tmp_path, {"harm.danger_now": "yes"})
    for role in ("person", "clinician"):
        result = invoke("decide", path, "--role", role)
        assert result.exit_code == 5
        title = shipped().urgent["danger_now"].title.en.upper()
        first_words = one_line(result.stdout).removeprefix("=" * 80).strip()
        assert first_words.startswith(title)


def test_settled_and_not_settled_have_their_exit_codes(invoke: Invoke, tmp_path: Path) -> None:
    assert invoke("decide", written(tmp_path, complete(shipped(), {}))).exit_code == 0
    assert invoke("decide", written(tmp_path, {"focus": "both"})).exit_code == 4


def test_json_for_a_clinician_is_the_whole_recommendation(invoke: Invoke, tmp_path: Path) -> None:
    answers = complete(shipped(), {"focus": "both"})
    plain = json.loads(invoke("decide", written(tmp_path, answers), "--json", "--role", "clinician").stdout)
    rec = trellis.decide(shipped(), answers, as_of=AS_OF)
    assert plain.pop("other_knowledge") is False
    assert set(rec.between.now) <= set(plain["names"])
    assert {service.id for service in rec.services} <= set(plain.pop("names"))
    assert plain == json.loads(json.dumps(to_json(rec), default=str))


def test_explain_shows_the_whole_basis(invoke: Invoke, tmp_path: Path) -> None:
    vignette = next(one for one in vignettes() if one["expect"].get("urgent"))
    answers = answers_of(vignette)
    rec = trellis.decide(shipped(), answers, as_of=AS_OF)
    shown = one_line(invoke("explain", written(tmp_path, answers), "--role", "clinician", "--all").stdout)
    assert rec.active
    for need in rec.active:
        assert need.id in shown
        assert message(f"basis.mapping_{need.mapping}") in shown
        for cited in rec.kb.cite(need.sources):
            assert one_line(cited) in shown
        for fact in need.facts:
            assert f"[{fact.id}]" in shown
    if any(rec.kb.sources[s.ref].verified == "memory" for need in rec.active for s in need.sources):
        assert "[from memory, not yet verified]" in shown
    assert rec.provenance.digest in shown
    assert rec.as_of.isoformat() in shown
    for name, value in rec.provenance.parameters.items():
        assert f"{name}={value}" in shown
    lacking = [name for name, rows in rec.shortfalls.items() if any(row.certain for row in rows)]
    assert ("Asked for by:" in shown) == bool(lacking)


def test_open_needs_and_what_they_wait_for(invoke: Invoke, tmp_path: Path) -> None:
    shown = one_line(invoke("explain", written(tmp_path, {"focus": "both"}), "--role", "clinician", "--all").stdout)
    rec = trellis.decide(shipped(), {"focus": "both"}, as_of=AS_OF)
    for need in rec.open:
        assert f"[{need.id}] waits for:" in shown


@pytest.mark.parametrize("command", ["decide", "explain"])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_all_of_it_adds_what_is_folded_ruled_out_and_open(
    command: str, lang: str, invoke: Invoke, tmp_path: Path
) -> None:
    answers = {"focus": "mental_health", "mental.psychosis": "acute", "withdrawal.any": "no"}
    rec = trellis.decide(shipped(), answers, as_of=AS_OF)
    path = written(tmp_path, answers)
    arguments = (command, path, "--role", "clinician", "--lang", lang)
    less, more = (one_line(invoke(*arguments, *end).stdout) for end in ((), ("--all",)))
    folded = [name for reason in reasons_of(rec) for name in reason.folded]
    assert folded
    assert rec.open
    assert rec.cleared
    assert Say(lang)("result.folded_count", count=1) in less
    for need in (*folded, *(need.id for need in rec.open), *(need.id for need in rec.cleared)):
        assert need in more
    for title in ("result.all_open", "result.all_cleared"):
        assert message(title, lang) in more
        assert message(title, lang) not in less
    for_a_person = invoke(command, path, "--all", "--lang", lang)
    assert too_wide(for_a_person.stdout) == []
    for title in ("result.all_open", "result.all_cleared"):
        assert message(title, lang) in for_a_person.stdout


def test_a_hold_comes_before_the_settings(invoke: Invoke, tmp_path: Path) -> None:
    vignette = next(one for one in vignettes() if one["expect"].get("hold"))
    shown = invoke("decide", written(tmp_path, answers_of(vignette))).stdout
    hold = shown.index(message("public.hold_title"))
    assert hold < shown.index(message("public.settings_title"))


@pytest.mark.parametrize("kind", ["full", "denied", "refused"])
def test_a_place_that_cannot_be_had_is_said_with_what_then(kind: str, invoke: Invoke, tmp_path: Path) -> None:
    answers = complete(shipped(), {"use.alcohol": "severe"})
    rec = trellis.decide(shipped(), answers, as_of=AS_OF)
    assert rec.now is not None
    path = written(tmp_path, answers, places={rec.now.ids[0]: kind})
    shown = one_line(invoke("decide", path).stdout)
    assert message("result.conflicts_title") in shown
    assert "Look at it again on" in shown


def test_a_file_made_with_other_knowledge_is_said(invoke: Invoke, tmp_path: Path) -> None:
    path = written(tmp_path, {"focus": "both"}, digest="0" * 64)
    assert message("result.other_knowledge") in one_line(invoke("decide", path).stdout)


def test_old_danger_is_asked_again_and_said(invoke: Invoke, tmp_path: Path) -> None:
    path = written(tmp_path, {"harm.danger_now": {"value": "yes", "date": "2026-10-01"}})
    result = invoke("decide", path)
    assert result.exit_code == 5
    assert message("ask.latched_danger") in one_line(result.stdout)


def test_nothing_personal_goes_to_standard_error(invoke: Invoke, tmp_path: Path) -> None:
    for answers in ({"harm.danger_now": "yes"}, {"focus": "both"}, complete(shipped(), {})):
        for command in ("decide", "explain"):
            assert invoke(command, written(tmp_path, answers)).stderr == ""
