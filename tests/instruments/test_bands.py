"""Every boundary of every band, from the published papers and forms, written by hand and not read from the content."""

from __future__ import annotations

import re

import pytest

from tests.instruments.filling import with_total
from tests.support import shipped
from trellis.errors import AnswerError
from trellis.instruments import score, typed

ASSIST = "low 0-3, moderate 4-26, high 27-39"
TAPS = "none 0, problem_use 1, higher_risk 2-"
# Scale, then each band with its first and last total.
BANDS = {
    ("phq9", "total"): "minimal 0-4, mild 5-9, moderate 10-14, moderately_severe 15-19, severe 20-27",
    ("phq2", "total"): "below 0-2, positive 3-6",
    ("gad7", "total"): "minimal 0-4, mild 5-9, moderate 10-14, severe 15-21",
    ("gad2", "total"): "below 0-2, positive 3-6",
    ("k6", "total"): "low 0-4, moderate 5-12, serious 13-24",
    ("pc_ptsd_5", "total"): "below 0-2, possible 3, positive 4-5",
    ("pcl_5", "total"): "below 0-30, positive 31-80",
    ("audit", "total"): "low 0-7, hazardous 8-15, harmful 16-19, possible_dependence 20-40",
    ("audit_c", "total"): "negative 0-2, positive_women 3, positive_all 4-12",
    ("ciwa_ar", "total"): "mild 0-7, moderate 8-15, severe 16-67",
    ("cows", "total"): "none 0-4, mild 5-12, moderate 13-24, moderately_severe 25-36, severe 37-48",
    ("c_ssrs_screener", "risk"): "none 0, low 1, moderate 2, high 3",
    ("bam", "use"): "none 0, any 1-12",
    ("bam", "risk"): "lower 0-11, raised 12-24",
    ("bam", "protective"): "few 0-12, more 13-24",
    ("taps", "past_year"): "none 0, any 1-4",
    ("taps", "tobacco"): TAPS + "3",
    ("taps", "alcohol"): TAPS + "4",
    ("taps", "cannabis"): TAPS + "3",
    ("taps", "stimulants"): TAPS + "3",
    ("taps", "heroin"): TAPS + "3",
    ("taps", "pain_pills"): TAPS + "3",
    ("taps", "sedatives"): TAPS + "3",
    ("taps", "adhd_pills"): TAPS + "3",
    ("assist", "tobacco"): "low 0-3, moderate 4-26, high 27-31",
    ("assist", "alcohol"): "low 0-10, moderate 11-26, high 27-39",
    ("assist", "cannabis"): ASSIST,
    ("assist", "cocaine"): ASSIST,
    ("assist", "amphetamines"): ASSIST,
    ("assist", "inhalants"): ASSIST,
    ("assist", "sedatives"): ASSIST,
    ("assist", "hallucinogens"): ASSIST,
    ("assist", "opioids"): ASSIST,
    ("assist", "other"): ASSIST,
    ("dast_10", "total"): "none 0, low 1-2, moderate 3-5, substantial 6-8, severe 9-10",
    ("mdq", "yes_answers"): "below 0-6, seven_or_more 7-13",
    ("pss_10", "total"): "low 0-13, moderate 14-26, high 27-40",
    ("proxy", "total"): "low 2-4, raised 5-8",
    ("compas", "recidivism"): "low 1-4, medium 5-7, high 8-10",
    ("compas", "violence"): "low 1-4, medium 5-7, high 8-10",
}
WITHOUT_BANDS = {
    ("pcl_5", "intrusion"): (0, 20),
    ("pcl_5", "avoidance"): (0, 8),
    ("pcl_5", "mood"): (0, 28),
    ("pcl_5", "arousal"): (0, 24),
    ("lsi_r", "total"): (0, 54),
    ("ls_cmi", "total"): (0, 43),
    ("oras", "pretrial"): (0, 9),
    ("oras", "community_supervision"): (0, 49),
    ("whodas_2_12", "simple_sum"): (12, 60),
    ("whodas_2_12", "percent"): (0, 100),
}


def edges() -> list[tuple[str, str, int, str]]:
    found = []
    for (instrument, scale), text in BANDS.items():
        for part in text.split(", "):
            name, ends = part.split(" ")
            first, _, last = ends.partition("-")
            found += [(instrument, scale, int(total), name) for total in dict.fromkeys((first, last or first))]
    return found


def test_the_table_names_every_scale_that_is_shipped() -> None:
    scales = {(one.id, scale.id) for one in shipped().instruments.values() for scale in one.scales}
    assert scales == {*BANDS, *WITHOUT_BANDS}


@pytest.mark.parametrize(("instrument", "scale", "total", "band"), edges())
def test_a_typed_total_falls_in_its_band(instrument: str, scale: str, total: int, band: str) -> None:
    found = typed(shipped().instruments[instrument], {scale: total}).scales[scale]
    assert (found.total, [one.id for one in found.bands]) == (total, [band])


@pytest.mark.parametrize(
    ("instrument", "scale", "total", "band"), [edge for edge in edges() if shipped().instruments[edge[0]].items]
)
def test_answers_that_add_up_to_it_fall_in_the_same_band(instrument: str, scale: str, total: int, band: str) -> None:
    one = shipped().instruments[instrument]
    found = score(one, with_total(one, one.scale(scale), total)).scales[scale]
    assert (found.total, [each.id for each in found.bands]) == (total, [band])


def test_every_scale_ends_where_its_published_range_ends() -> None:
    for (name, scale), text in BANDS.items():
        least, most = text.split(", ")[0].split(" ")[1].split("-")[0], text.rpartition("-")[2].rpartition(" ")[2]
        _refuses_beyond(name, scale, int(least), int(most))
    for (name, scale), (low, high) in WITHOUT_BANDS.items():
        _refuses_beyond(name, scale, low, high)
        assert typed(shipped().instruments[name], {scale: high}).scales[scale].bands == ()


def _refuses_beyond(name: str, scale: str, low: int, high: int) -> None:
    instrument = shipped().instruments[name]
    for total in (low - 1, high + 1):
        with pytest.raises(AnswerError, match=rf"is \[{total}\]"):
            typed(instrument, {scale: total})
    for total in (low, high):
        assert typed(instrument, {scale: total}).scales[scale].total == total


# Bugs of published code, shown absent.
@pytest.mark.parametrize(("total", "wrong"), [(9, "moderate"), (13, "moderately_severe"), (20, "moderately_severe")])
def test_phq9_is_not_cut_at_9_13_20_27(total: int, wrong: str) -> None:
    assert [band.id for band in typed(shipped().instruments["phq9"], {"total": total}).total.bands] != [wrong]


def test_phq9_goes_to_27_and_not_to_21() -> None:
    assert score(shipped().instruments["phq9"], {str(n): 3 for n in range(1, 10)}).total.total == 27


def test_ciwa_ar_goes_to_67_and_is_not_cut_to_40() -> None:
    ciwa = shipped().instruments["ciwa_ar"]
    assert score(ciwa, {item.id: ciwa.scores_of(item.id)[-1] for item in ciwa.items}).total.total == 67
    assert len(ciwa.items) == 10
    assert ciwa.scores_of("orientation") == (0, 1, 2, 3, 4)


def test_k6_goes_to_24_and_not_to_12() -> None:
    k6 = shipped().instruments["k6"]
    assert score(k6, {item.id: 4 for item in k6.items}).total.total == 24


def test_cows_has_only_the_scores_of_its_form() -> None:
    cows = shipped().instruments["cows"]
    published = {
        "pulse": (0, 1, 2, 4), "sweating": (0, 1, 2, 3, 4), "restlessness": (0, 1, 3, 5), "pupils": (0, 1, 2, 5),
        "aches": (0, 1, 2, 4), "nose_tears": (0, 1, 2, 4), "stomach": (0, 1, 2, 3, 5), "tremor": (0, 1, 2, 4),
        "yawning": (0, 1, 2, 4), "anxiety": (0, 1, 2, 4), "gooseflesh": (0, 3, 5),
    }  # fmt: skip
    assert {item.id: cows.scores_of(item.id) for item in cows.items} == published


def test_the_code_of_a_pain_score_is_nowhere_taken_for_cows() -> None:
    coded = re.compile(r"""code: *["']?72514-3""")
    assert [name for name, text in shipped().files.items() if coded.search(text)] == []


def test_every_audit_item_has_the_scores_of_the_manual() -> None:
    audit = shipped().instruments["audit"]
    assert [audit.scores_of(str(n)) for n in range(1, 11)] == [(0, 1, 2, 3, 4)] * 8 + [(0, 2, 4)] * 2
