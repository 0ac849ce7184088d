"""Settings and approaches side by side, for one person or for nobody in particular, and what matters to the person."""

from trellis.compare.approaches import ApproachColumn, ApproachesCompared, compare_approaches, find_approach
from trellis.compare.fit import Fit, fit_of
from trellis.compare.names import Named, read_setting
from trellis.compare.settings import SettingColumn, SettingsCompared, compare_settings
from trellis.compare.values import Fares, Parting, SettingFares, ValuesCompared, fare, read_matters

__all__ = [
    "ApproachColumn",
    "ApproachesCompared",
    "Fares",
    "Fit",
    "Named",
    "Parting",
    "SettingColumn",
    "SettingFares",
    "SettingsCompared",
    "ValuesCompared",
    "compare_approaches",
    "compare_settings",
    "fare",
    "find_approach",
    "fit_of",
    "read_matters",
    "read_setting",
]
