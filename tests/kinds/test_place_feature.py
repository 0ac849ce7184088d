"""What places say, and how lists say it: every word leads to something known, and an author is told what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

import trellis
from tests.library.tiny import plant
from tests.prove.planting import copy
from tests.support import shipped
from trellis.errors import TrellisError

KB = shipped()
FEATURES = "directory/features.yaml"
LIST = "directory/findtreatment.yaml"


@pytest.mark.parametrize("setting", [*KB.settings, "recovery_residence", "ambulatory_withdrawal"])
def test_every_setting_that_is_a_place_can_be_said(setting: str) -> None:
    said = [one.id for one in KB.of("place_features").values() if one.offers == (setting,)]
    assert said or setting == "self_management"


def test_every_age_and_every_focus_can_be_said() -> None:
    for factor in ("age", "focus"):
        for step in KB.factors[factor].values:
            assert [one.id for one in KB.of("place_features").values() if step.id in one.contexts.get(factor, ())], (
                step.id
            )


def test_nobody_is_taken_or_refused_by_race() -> None:
    words = " ".join(f"{one.id} {one.name.en}" for one in KB.of("place_features").values()).casefold()
    for word in ("race", "ethnic", "black", "white", "hispanic", "latino", "asian"):
        assert word not in words


PLANTED = {
    "no setting": (FEATURES, "offers: [iop]", "offers: [ipo]", "offers [ipo], which is no setting"),
    "no axis": (FEATURES, "says: [housing]", "says: [hosing]", "hosing"),
    "no step": (
        FEATURES,
        "gives: {housing: supported_home}",
        "gives: {housing: suported_home}",
        "is no step of [housing]",
    ),
    "no service": (FEATURES, "services: [naloxone]", "services: [naloxon]", "naloxon"),
    "no context": (FEATURES, "contexts: {age: [adult]}", "contexts: {age: [grown]}", "which is no context"),
    "no language": (FEATURES, "    language: es\n", "", "its language do not fit"),
    "no check": (
        FEATURES,
        '    check:\n      en: "Look it up with CARF."\n      es: "Búsquelo en CARF."\n',
        "",
        "[accredited_carf] is a sign without check or ground",
    ),
    "no feature": (LIST, "means: [iop]", "means: [ipo]", "ipo"),
    "twice": (
        LIST,
        'says: ["Regular outpatient treatment"]',
        'says: ["Outpatient"]',
        "has [Outpatient] of [SET] twice",
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "said"), PLANTED.values(), ids=PLANTED)
def test_what_is_wrong_is_told_with_its_place(file: str, old: str, new: str, said: str, tmp_path: Path) -> None:
    root = copy(tmp_path)
    plant(root, root, file, old, new)
    with pytest.raises(TrellisError) as caught:
        trellis.load(root).of("place_features")
    assert said in str(caught.value)
    assert f"{file}:" in str(caught.value)
