"""Worked examples with answers that others published, to hold ours against."""

from __future__ import annotations

from trellis.evidence import Table, from_counts, from_intervals

# dat.bcg of metafor: trials of BCG vaccine against tuberculosis; label, cases and others with vaccine, then without,
# and the absolute latitude. Answers: metafor's README and documentation.
BCG_ROWS = [
    ("Aronson 1948", 4, 119, 11, 128, 44),
    ("Ferguson and Simes 1949", 6, 300, 29, 274, 55),
    ("Rosenthal 1960", 3, 228, 11, 209, 42),
    ("Hart and Sutherland 1977", 62, 13536, 248, 12619, 52),
    ("Frimodt-Moller 1973", 33, 5036, 47, 5761, 13),
    ("Stein and Aronson 1953", 180, 1361, 372, 1079, 44),
    ("Vandiviere 1973", 8, 2537, 10, 619, 19),
    ("TPT Madras 1980", 505, 87886, 499, 87892, 13),
    ("Coetzee and Berjak 1968", 29, 7470, 45, 7232, 27),
    ("Rosenthal 1961", 17, 1699, 65, 1600, 42),
    ("Comstock 1974", 186, 50448, 141, 27197, 18),
    ("Comstock and Webster 1969", 5, 2493, 3, 2338, 33),
    ("Comstock 1976", 27, 16886, 29, 17825, 33),
]
LATITUDE = [float(row[5]) for row in BCG_ROWS]

# Hazard ratios of HER2 and survival (Zhang et al. 2015), from the vignette of the R package metamisc, with its answers.
HER2_ROWS = [
    ("Gonzalez-Rodilla 2013", 1.14, 0.52, 2.52),
    ("Togami 2012", 3, 1.15, 7.01),
    ("Mori 2010", 2.58, 1.03, 7.92),
    ("Jongen 2009", 0.66, 0.1, 4.28),
    ("Konecny 2009", 2.13, 1.65, 2.73),
    ("Odicino 2008", 1.6, 0.89, 2.89),
    ("Santin 2005, 1", 5.19, 1.52, 17.64),
    ("Santin 2005, 2", 12.43, 1.57, 98.28),
    ("Backe 1997", 1.17, 0.93, 1.49),
    ("Kohlberger 1996", 3.95, 1.07, 14.69),
    ("Saffari 1995", 5.25, 1.33, 20.74),
    ("Peiro 2004", 1.64, 1.04, 2.57),
    ("Cianciulli 2003", 1.9, 0.83, 4.36),
    ("Gates 2006", 4, 0.77, 20.8),
]


def bcg() -> Table:
    labels, a, b, c, d, _ = zip(*BCG_ROWS, strict=True)
    return from_counts(labels, event_with=a, none_with=b, event_without=c, none_without=d, scale="RR")


def her2() -> Table:
    labels, values, lows, highs = zip(*HER2_ROWS, strict=True)
    return from_intervals(labels, values=values, lows=lows, highs=highs, scale="HR")
