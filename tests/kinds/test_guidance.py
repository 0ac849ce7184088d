"""What an author of the table of guidance is told: each planted fault is found, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.tiny import plant, problems
from trellis.library.files import shipped as folder


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("mood.yaml", "      - cbt\n", "      - cbtt\n", "[cbtt], which approaches does not define"),
        ("mood.yaml", "treats: depression\n", "treats: depresion\n", "[depresion], which treated_conditions does not"),
        ("safety.yaml", "      - naloxone\n", "      - {}\n", "neither an approach nor one not held"),
        (
            "safety.yaml",
            "{ref: who-community-management-opioid-overdose-ngc-2014,",
            "{ref: general-knowledge,",
            "[overdose] cites no source that was seen",
        ),
        (
            "substance_use.yaml",
            ", pregnancy: [no]}\n    when: {use.alcohol: {at_least: moderate}}\n",
            "}\n    when: {use.alcohol: {at_least: moderate}}\n",
            "for the same person [alcohol-pregnant] is against it",
        ),
        ("substance_use.yaml", "    when: {use.gambling: {at_least: some_harm}}\n",
         "    when: {use.gambling: {is: severe}}\n", "[gambling] has no cell for [use.gambling: some_harm]"),
        ("anxiety.yaml", "    asked: false\n", "", "holds for everybody"),
        ("conditions.yaml", "fact: mental.mania, least: past_or_stable", "fact: mental.mania, least: past",
         "[mental.mania] has no value [past]"),
        ("conditions.yaml", "{id: insomnia}", "{id: insomnia, none: {en: None., es: Nada.}}",
         "has cells and says that it has none"),
    ],
)  # fmt: skip
def test_a_fault_in_the_table_is_found(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    plant(folder(), tmp_path, f"guidance/{file}", old, new)
    assert said in problems(tmp_path)
