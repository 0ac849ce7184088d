"""Measures over time: reliable change, response, remission; what a chart of them shows and says."""

from trellis.outcomes.change import ChangeRead, read_change, standard_error_of_difference

__all__ = ["ChangeRead", "read_change", "standard_error_of_difference"]
