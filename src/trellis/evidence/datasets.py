"""Pooling what ships with Trellis: tables of studies, and single rows of results where that makes sense."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trellis.errors import Problem, TrellisError, did_you_mean
from trellis.evidence.diagnostics import Regression, Subgroups, regress, subgroups
from trellis.evidence.pool import Estimator, IntervalBy, Pooled, pool
from trellis.evidence.table import Dropped, EffectScale, Study, Table, from_counts, from_intervals
from trellis.kinds.evidence import Dataset, Result
from trellis.library.knowledge import Knowledge
from trellis.say import in_each

POOLABLE: dict[str, EffectScale] = {"OR": "OR", "RR": "RR", "HR": "HR", "RD": "RD", "MD": "MD", "g": "g"}


@dataclass(frozen=True)
class PooledDataset:
    """A shipped table of studies, pooled.

    Args:
        dataset: what was pooled.
        table: the studies that took part, with those left out and why.
        pooled: all of them together.
        by: the column they were grouped by, or None.
        groups: the groups and their comparison, or None.
        where: the values that the studies were chosen by.
    """

    dataset: Dataset
    table: Table
    pooled: Pooled
    by: str | None
    groups: Subgroups | None
    where: Mapping[str, str]

    def group_of(self, study: Study) -> str:
        """The group that a study belongs to; empty without groups."""
        return study.row[self.by] if self.by else ""


def find_dataset(kb: Knowledge, name: str) -> Dataset:
    """A shipped table by its id.

    Raises:
        TrellisError: there is none of that name.

    >>> import trellis
    >>> find_dataset(trellis.load(), "landenberger2005").measure
    'OR'
    """
    if name not in kb.datasets:
        remedy = did_you_mean(name, kb.datasets) or f"There are: {', '.join(kb.datasets)}."
        raise TrellisError([Problem("dataset", f"[{name}] is not known.", remedy)])
    return kb.datasets[name]


def read_dataset(kb: Knowledge, name: str, *, where: Mapping[str, str] | None = None) -> Table:
    """The studies of a shipped table, as effects of which positive ones favour the approach.

    Two rows of one report are told apart by a number behind the name.

    Args:
        kb: the knowledge.
        name: the dataset's id.
        where: only studies with these values, by column, such as ``{"design": "rct"}``.

    Raises:
        TrellisError: no such dataset, column or value, or a cell that is not a count, named by line and column.

    >>> import trellis
    >>> table = read_dataset(trellis.load(), "landenberger2005", where={"design": "rct"})
    >>> len(table.studies), table.labels[5:7]
    (19, ('Goldstein (1989), 1', 'Ross (1988)'))
    """
    dataset = find_dataset(kb, name)
    rows = list(csv.DictReader(io.StringIO(kb.files[dataset.file])))
    labels = _labels([row[dataset.study] for row in rows])
    chosen = _chosen(dataset, rows, where or {})
    cells = {cell: _counts(dataset, column, rows, chosen) for cell, column in dataset.cells.items()}
    return from_counts(
        [labels[place] for place in chosen],
        event_with=cells["event_with"],
        none_with=cells["none_with"],
        event_without=cells["event_without"],
        none_without=cells["none_without"],
        scale=dataset.measure,
        favours=dataset.favours,
        rows=[rows[place] for place in chosen],
    )


def _labels(names: Sequence[str]) -> list[str]:
    times, seen = Counter(names), Counter[str]()
    labels = []
    for name in names:
        seen[name] += 1
        labels.append(f"{name}, {seen[name]}" if times[name] > 1 else name)
    return labels


def _chosen(dataset: Dataset, rows: Sequence[Mapping[str, str]], where: Mapping[str, str]) -> list[int]:
    for column, value in where.items():
        check_moderator(dataset, column)
        known = sorted({row[column] for row in rows if row[column]})
        if value not in known:
            remedy = did_you_mean(value, known) or f"It has: {', '.join(known)}."
            raise TrellisError([Problem(f"{dataset.id}[{column}]", f"has no study with [{value}].", remedy)])
    return [place for place, row in enumerate(rows) if all(row[name] == value for name, value in where.items())]


def check_moderator(dataset: Dataset, column: str) -> None:
    """Make sure that studies may be grouped by a column.

    Raises:
        TrellisError: the dataset does not name it among its moderators.
    """
    if column not in dataset.moderators:
        known = dataset.moderators
        remedy = did_you_mean(column, known) or f"There are: {', '.join(known)}."
        raise TrellisError([Problem(f"dataset [{dataset.id}]", f"has no moderator [{column}].", remedy)])


def _counts(dataset: Dataset, column: str, rows: Sequence[Mapping[str, str]], chosen: Iterable[int]) -> list[int]:
    counts = []
    for place in chosen:
        value = rows[place].get(column) or ""
        if not value.isdecimal():
            where = f"{dataset.file}:{place + 2}"
            raise TrellisError(
                [Problem(where, f"column [{column}] holds [{value}].", "Write a whole number from 0 up.")]
            )
        counts.append(int(value))
    return counts


def _reported(table: Table, column: str) -> Table:
    """The studies that report a column; the others are left out with the reason."""
    kept = tuple(study for study in table.studies if study.row.get(column))
    gone = tuple(
        Dropped(study.label, in_each("pooled.not_reported")) for study in table.studies if not study.row.get(column)
    )
    return Table(table.scale, kept, table.dropped + gone)


def pool_dataset(
    kb: Knowledge,
    name: str,
    *,
    by: str | None = None,
    where: Mapping[str, str] | None = None,
    method: Estimator = "reml",
    interval: IntervalBy | None = None,
    level: float = 0.95,
) -> PooledDataset:
    """Pool a shipped table of studies, all together and, with ``by``, group by group.

    Args:
        kb: the knowledge.
        name: the dataset's id.
        by: a column to group by; studies that do not report it are left out, with the reason.
        where: only studies with these values, by column.
        method: as for :func:`trellis.evidence.pool`.
        interval: the same.
        level: the same.

    Raises:
        TrellisError: what :func:`read_dataset`, :func:`trellis.evidence.pool` or the comparison of groups refuses.

    >>> import math, trellis
    >>> found = pool_dataset(trellis.load(), "landenberger2005", method="dersimonian_laird")
    >>> [round(math.exp(x), 3) for x in (found.pooled.effect, *found.pooled.ci)]
    [1.533, 1.354, 1.735]
    """
    table = read_dataset(kb, name, where=where)
    dataset = kb.datasets[name]
    groups = None
    if by is not None:
        check_moderator(dataset, by)
        table = _reported(table, by)
        of_each = [study.row[by] for study in table.studies]
        groups = subgroups(table.effects, table.variances, of_each, method=method, interval=interval, level=level)
    pooled = pool(table.effects, table.variances, method=method, interval=interval, level=level)
    return PooledDataset(dataset, table, pooled, by, groups, dict(where or {}))


def regress_dataset(
    kb: Knowledge,
    name: str,
    moderator: str,
    *,
    where: Mapping[str, str] | None = None,
    method: Estimator = "reml",
    interval: IntervalBy | None = None,
    level: float = 0.95,
) -> tuple[Regression, Table]:
    """Regress the effects of a shipped table on one of its columns: a number as it is, words against the most frequent.

    Args:
        kb: the knowledge.
        name: the dataset's id.
        moderator: a column; studies that do not report it are left out, with the reason.
        where: only studies with these values, by column.
        method: ``"reml"`` or ``"dersimonian_laird"``.
        interval: as for :func:`trellis.evidence.pool`.
        level: the same.

    Returns:
        the regression, and the studies that took part.

    Raises:
        TrellisError: no such column, another method, or what :func:`trellis.evidence.diagnostics.regress` refuses.

    >>> import trellis
    >>> found, table = regress_dataset(trellis.load(), "landenberger2005", "design")
    >>> [one.name for one in found.coefficients], found.k
    (['intercept', 'design=rct', 'design=nonequiv'], 58)
    """
    if method not in ("reml", "dersimonian_laird"):
        remedy = "Take reml or dersimonian_laird (the method of moments)."
        raise TrellisError([Problem("meta-regression", f"does not go with [{method}].", remedy)])
    dataset = find_dataset(kb, name)
    check_moderator(dataset, moderator)
    table = _reported(read_dataset(kb, name, where=where), moderator)
    columns = _columns(moderator, [study.row[moderator] for study in table.studies])
    found = regress(
        table.effects,
        table.variances,
        columns,
        method=method,
        interval=interval,
        level=level,
    )
    return found, table


def _columns(name: str, values: Sequence[str]) -> dict[str, list[float]]:
    try:
        return {name: [float(value) for value in values]}
    except ValueError:
        _, *others = (value for value, _ in Counter(values).most_common())
        return {f"{name}={other}": [float(value == other) for value in values] for other in others}


def pool_results(
    kb: Knowledge,
    ids: Sequence[str],
    *,
    method: Estimator = "reml",
    interval: IntervalBy | None = None,
    level: float = 0.95,
) -> tuple[Pooled, Table]:
    """Pool single rows of the results, where that makes sense.

    Refused, each with the reason: rows of reviews and meta-analyses (they summarise the same studies), rows of one
    source, rows that differ in condition, outcome, scale, design or approach, rows that compare nothing or have no
    interval, and numbers that were not seen in their source.

    Args:
        kb: the knowledge.
        ids: two rows or more, such as ``["E116", "E132"]``.
        method: as for :func:`trellis.evidence.pool`.
        interval: the same.
        level: the same; the rows' own intervals are at 95 %.

    Returns:
        the pooled number, positive in favour of the approach, and the rows as a table.

    Raises:
        TrellisError: everything that stands against pooling, at once.

    >>> import trellis
    >>> pool_results(trellis.load(), ["E001", "E002"])
    Traceback (most recent call last):
    ...
    trellis.errors.TrellisError: results [E001, E002]: are meta-analyses or reviews: ...
    """
    rows = _rows(kb, ids)
    problems = [*_overlap(rows), *_differ(rows), *_unusable(rows)]
    if problems:
        raise TrellisError(problems)
    table = from_intervals(
        [row.id for row in rows],
        values=[row.original.value or 0.0 for row in rows],
        lows=[row.original.low or 0.0 for row in rows],
        highs=[row.original.high or 0.0 for row in rows],
        scale=POOLABLE[rows[0].measure],
    )
    turned = [
        study if row.favours == "higher" else _turned(study) for study, row in zip(table.studies, rows, strict=True)
    ]
    table = Table(table.scale, tuple(turned))
    return pool(table.effects, table.variances, method=method, interval=interval, level=level), table


def _turned(study: Study) -> Study:
    return Study(study.label, -study.effect, study.variance)


def _rows(kb: Knowledge, ids: Sequence[str]) -> list[Result]:
    unknown = [name for name in ids if name not in kb.results]
    if unknown:
        raise TrellisError(
            Problem(
                "results", f"[{name}] is not known.", did_you_mean(name, kb.results) or "See trellis evidence list."
            )
            for name in unknown
        )
    twice = [name for name, times in Counter(ids).items() if times > 1]
    if twice or len(ids) < 2:
        what = f"[{twice[0]}] is named twice." if twice else f"there are [{len(ids)}] rows."
        raise TrellisError([Problem("results", what, "Name two different rows or more.")])
    return [kb.results[name] for name in ids]


def _overlap(rows: Sequence[Result]) -> list[Problem]:
    problems = []
    reviews = [row.id for row in rows if row.design in ("meta-analysis", "review")]
    if reviews:
        what = "are meta-analyses or reviews: those of one approach and condition summarise overlapping studies, and "
        what += "pooled they would count the same people twice."
        remedy = "Show them side by side, or pool the studies themselves with trellis evidence pool DATASET."
        problems.append(Problem(f"results [{', '.join(reviews)}]", what, remedy))
    for source, times in Counter(row.source for row in rows).items():
        if times > 1:
            mine = ", ".join(row.id for row in rows if row.source == source)
            what = f"come from one source [{source}] and may be about the same people."
            problems.append(Problem(f"results [{mine}]", what, "Take one of them."))
    return problems


def _differ(rows: Sequence[Result]) -> list[Problem]:
    looked_at: dict[str, list[Any]] = {
        "condition": [row.condition for row in rows],
        "outcome": [row.outcome.en for row in rows],
        "scale": [row.measure for row in rows],
        "design": [row.design for row in rows],
        "approach": [row.approach or row.setting or "none" for row in rows],
    }
    names = ", ".join(row.id for row in rows)
    return [
        Problem(
            f"results [{names}]", f"differ in {what}: [{'; '.join(dict.fromkeys(values))}].", "Pool like with like."
        )
        for what, values in looked_at.items()
        if len(set(values)) > 1
    ]


def _unusable(rows: Sequence[Result]) -> list[Problem]:
    problems = []
    for row in rows:
        where = f"result [{row.id}]"
        if row.favours == "neither" or row.original.value is None:
            problems.append(Problem(where, "compares nothing.", "Leave it out."))
        elif row.interval is None:
            problems.append(Problem(where, "has no interval, so its weight is not known.", "Leave it out."))
        elif row.measure not in POOLABLE:
            problems.append(
                Problem(where, f"is on the scale [{row.measure}], which is not pooled here.", "Leave it out.")
            )
        if row.verified != "yes":
            problems.append(Problem(where, "was not seen in its source.", "Check it there first."))
    return problems
