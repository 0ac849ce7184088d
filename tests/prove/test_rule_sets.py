"""What a proof covers: every set of rules that a site can make, and a plain word on what is not proved."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from pathlib import Path

import trellis
from tests.library.tiny import TINY, plant, tiny
from tests.support import shipped
from trellis.prove.rule_sets import covered, read_by_rules, rule_sets


def test_all_combinations_make_no_other_rules_than_those_that_are_proved() -> None:
    definitions = tiny().parameter_definitions
    proved = [kb.artefact for _, kb in rule_sets(tiny(), lambda chosen: tiny(**chosen))]
    assert len(proved) == 2
    for values in product(*(definition.allowed for definition in definitions.values())):
        assert tiny(**dict(zip(definitions, values, strict=True))).artefact in proved


def test_a_value_that_only_moves_a_bound_makes_no_other_rules() -> None:
    kb = shipped()
    assert read_by_rules(kb) == ("past_complication_setting",)
    for name, definition in kb.parameter_definitions.items():
        others = [trellis.load(parameters={name: v}) for v in definition.allowed if v != definition.default]
        assert all((other.artefact == kb.artefact) == (name not in read_by_rules(kb)) for other in others)


def test_what_was_set_before_stays_set_in_every_set_of_rules() -> None:
    asked: list[Mapping[str, int | str]] = []

    def load(chosen: Mapping[str, int | str]) -> trellis.Knowledge:
        asked.append(chosen)
        return tiny(**chosen)

    names = [name for name, _ in rule_sets(tiny(mood_high_from=12), load)]
    assert names == ["", "shakes_care=doctor"]
    assert asked == [{"mood_high_from": 12, "shakes_care": "doctor"}]


def test_a_value_that_only_a_property_reads_is_proved_by_itself(tmp_path: Path) -> None:
    claimed = "properties:\n  - {id: planted, says: A., others: any, parameters: {mood_high_from: 12}, then: {}}\n"
    plant(TINY, tmp_path, "rest.yaml", "properties:\n", claimed)
    kb = trellis.load(tmp_path)
    assert read_by_rules(kb) == ("mood_high_from", "shakes_care")
    assert len(list(rule_sets(kb, lambda chosen: trellis.load(tmp_path, parameters=chosen)))) == 4


def test_needs_that_wait_for_their_date_are_proved_before_and_after_it(tmp_path: Path) -> None:
    plant(TINY, tmp_path, "criteria.yaml", "- {id: no-home,", "- {id: no-home, effective: 2099-01-01,")
    kb = trellis.load(tmp_path)
    found = list(rule_sets(kb, lambda chosen: trellis.load(tmp_path, parameters=chosen)))
    assert [name for name, _ in found] == [
        "", "from 2099-01-01", "shakes_care=doctor", "shakes_care=doctor, from 2099-01-01",
    ]  # fmt: skip
    assert ["no-home" in one.off for _, one in found] == [True, False, True, False]


def test_the_combinations_are_counted_and_the_parameters_named() -> None:
    about = covered(shipped(), 2)
    assert (about.combinations, about.sets, about.in_rules) == (48, 2, ("past_complication_setting",))
    assert set(about.in_bounds) == set(shipped().parameter_definitions) - {"past_complication_setting"}
