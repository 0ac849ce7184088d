"""A knowledge sent to other processes: small, the same at the other end, and refused where it is not the same."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
import shutil
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

import trellis
from tests.library.tiny import TINY, plant, tiny
from tests.support import AS_OF, shipped
from trellis.library import again, knowledge
from trellis.library.knowledge import Knowledge


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has loaded nothing yet."""
    tiny(mood_high_from=12)
    monkeypatch.setattr(knowledge, "LOADED", type(knowledge.LOADED)())
    monkeypatch.setattr(again, "LOADED", knowledge.LOADED)
    monkeypatch.setattr(again, "_came", type(again._came)())


def sent(kb: Knowledge) -> bytes:
    return pickle.dumps(kb)


def got(message: bytes) -> Knowledge:
    kb = pickle.loads(message)  # noqa: S301 - made above
    assert isinstance(kb, Knowledge)
    return kb


@pytest.mark.parametrize("kb", [tiny, shipped], ids=["a site's folder", "shipped"])
def test_a_knowledge_is_sent_in_a_few_hundred_bytes_and_is_the_same_object_where_it_already_is(kb) -> None:
    assert len(sent(kb())) < 1_000
    assert got(sent(kb())) is kb()


def test_a_process_that_has_it_not_loads_it_once_from_the_same_place_with_the_same_parameters(elsewhere) -> None:
    kb = tiny(mood_high_from=12)
    first, second = got(sent(kb)), got(sent(kb))
    assert first is second
    assert first is not kb
    assert (first, first.parameters, first.digest) == (kb, kb.parameters, kb.digest)


def test_the_folder_is_found_also_from_another_working_directory(
    elsewhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(TINY, tmp_path / "site")
    monkeypatch.chdir(tmp_path)
    message = sent(trellis.load("site"))
    monkeypatch.chdir("/")
    assert got(message).digest == tiny().digest


def test_a_folder_that_was_changed_since_is_refused(elsewhere, tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path / "site")
    kb = trellis.load(tmp_path / "site")
    message, digest = sent(kb), kb.digest[:12]
    del kb
    plant(tmp_path / "site", tmp_path / "site", "criteria.yaml", "within_hours: 2}", "within_hours: 4}")
    now = trellis.load(tmp_path / "site").digest[:12]
    with pytest.raises(trellis.KnowledgeError) as raised:
        got(message)
    assert str(raised.value) == (
        f"{tmp_path / 'site'}: holds [{now}], but what was sent here was loaded from [{digest}]. "
        "Files were changed there: load the knowledge again and send that, or put the old files back."
    )


def test_a_folder_that_is_not_there_is_refused(elsewhere, tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path / "site")
    message = sent(trellis.load(tmp_path / "site"))
    shutil.rmtree(tmp_path / "site")
    with pytest.raises(trellis.KnowledgeError) as raised:
        got(message)
    assert str(raised.value) == (
        f"{tmp_path / 'site'}: is not on this machine, and the knowledge that was sent here was loaded from it. "
        "Put the same folder in the same place here."
    )


def test_the_knowledge_shipped_with_another_version_is_refused(elsewhere) -> None:
    message = sent(shipped()).replace(shipped().digest.encode(), b"0" * 64)
    with pytest.raises(trellis.KnowledgeError) as raised:
        got(message)
    assert str(raised.value) == (
        f"the knowledge shipped with Trellis: holds [{shipped().digest[:12]}], but what was sent here was loaded from "
        "[000000000000]. Install the same version of Trellis on both sides."
    )


def test_only_so_many_that_came_from_elsewhere_are_kept(elsewhere, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(again, "KEPT", 1)
    for high in (10, 12):
        got(sent(tiny(mood_high_from=high)))
    assert list(again._came) == [tiny(mood_high_from=12).digest]


def test_a_knowledge_with_a_replaced_part_equals_no_other_and_is_not_sent() -> None:
    changed = replace(tiny(), files={})
    assert changed != tiny()
    assert changed == changed
    with pytest.raises(pickle.PicklingError, match=r"replaced parts cannot be sent on; send what trellis.load gave"):
        pickle.dumps(changed)
    assert tiny().with_changes(summaries={}) != tiny()


def test_two_are_equal_when_content_and_parameters_are() -> None:
    one, other = trellis.load(TINY), trellis.load(TINY)
    assert one is not other
    assert one == other
    assert hash(one) == hash(other)
    assert one != tiny(mood_high_from=12)
    assert one != one.digest
    assert len({one, other, tiny(mood_high_from=12)}) == 2


def test_a_copy_of_what_cannot_be_changed_is_itself() -> None:
    assert copy.copy(tiny()) is copy.deepcopy(tiny()) is tiny()


def test_parts_of_a_knowledge_can_be_sent_and_copied_too() -> None:
    kb = shipped()
    for part in (kb.artefact, kb.needs, kb.facts, kb.contexts, kb.conditions, kb.barrier_nodes, kb.instruments):
        assert pickle.loads(pickle.dumps(part)) == copy.deepcopy(part) == part  # noqa: S301 - made here
    ranks = [0] * len(kb.facts)
    assert copy.deepcopy(kb.artefact).engine.active(ranks) == kb.artefact.engine.active(ranks)


def test_a_knowledge_shows_itself_in_a_line() -> None:
    kb = tiny()
    assert repr(kb) == (
        f"<Knowledge 0.0.1 ({kb.digest[:12]}), not clinically reviewed: {len(kb.facts)} facts, {len(kb.needs)} needs, "
        f"{len(kb.packages)} packages>"
    )
    assert len(repr(kb.artefact)) < 100
    assert len(repr(kb.what_helps)) < 100


def least(kb: Knowledge, answers: dict[str, str]) -> tuple[int, trellis.Recommendation]:
    """What a worker does; it stands here so that it can be sent."""
    return len(kb.needs), trellis.decide(kb, answers, as_of=AS_OF)


@pytest.mark.slow
@pytest.mark.parametrize("start", ["spawn", "fork", "forkserver"])
@pytest.mark.parametrize("kb", [tiny, shipped], ids=["a site's folder", "shipped"])
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_pool_of_processes_decides_as_this_one_does(kb, start: str) -> None:
    people = [{"age": age} for age in ("adult", "adolescent", "older_adult")] * 4
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(start)) as pool:
        done = list(pool.map(least, [kb()] * len(people), people))
    assert [rec for _, rec in done] == [trellis.decide(kb(), person, as_of=AS_OF) for person in people]
    assert all(rec.kb is kb() and needs == len(kb().needs) for needs, rec in done)


def wrong(kb: Knowledge) -> None:
    """A worker whose answers are refused."""
    trellis.decide(kb, {"age": "adutl", "zzz": "x"}, as_of=AS_OF)


@pytest.mark.slow
def test_what_a_worker_refuses_is_told_here_word_for_word() -> None:
    with pytest.raises(trellis.AnswerError) as here:
        wrong(tiny())
    with (
        ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool,
        pytest.raises(trellis.AnswerError) as there,
    ):
        pool.submit(wrong, tiny()).result()
    assert str(there.value) == str(here.value)
    assert there.value.problems == here.value.problems
