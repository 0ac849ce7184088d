"""The libraries of the extra ``evidence``: imported when first needed, and named when they are missing."""

from __future__ import annotations

import warnings
from functools import cache
from importlib import import_module
from typing import Any

from trellis.errors import Problem, TrellisError


def library(name: str, *, extra: str) -> Any:
    """A module of an optional extra.

    Args:
        name: the module, such as ``"numpy"``.
        extra: the extra of Trellis that brings it.

    Raises:
        TrellisError: it is not installed; the message names the extra.

    >>> library("numpy", extra="evidence").__name__
    'numpy'
    """
    try:
        # PyMARE leaves a file open while it is imported; a strict run would take that for a fault of ours.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            return import_module(name)
    except ModuleNotFoundError as error:
        what = f"this needs the package [{error.name}], which is not installed."
        raise TrellisError([Problem("trellis", what, f"pip install 'trellis-care[{extra}]'")]) from None


@cache
def numpy() -> Any:
    """NumPy."""
    return library("numpy", extra="evidence")


@cache
def distributions() -> Any:
    """SciPy's distributions."""
    return library("scipy.stats", extra="evidence")


@cache
def meta_analysis() -> Any:
    """What statsmodels has for pooling."""
    return library("statsmodels.stats.meta_analysis", extra="evidence")


@cache
def estimators() -> Any:
    """PyMARE's estimators."""
    return library("pymare.estimators", extra="evidence")


@cache
def regression() -> Any:
    """What statsmodels has for least squares."""
    return library("statsmodels.regression.linear_model", extra="evidence")
