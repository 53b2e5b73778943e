"""Dunning's (1993) log-likelihood ratio of counts in two by two cells: does one thing go with the other?"""

from __future__ import annotations

import numpy as np
from scipy.special import erfc, xlogy

from analysis.strata import Floats, Integers

DIGITS = 9  # kept of a ratio: sums of the same terms in another order agree on these


def signed_ratio(both: Integers, first: Integers, second: Integers, neither: Integers) -> Floats:
    """G² of each table of counts, negative where `both` come together less often than chance would have it.

    The tables' cells: both, only the first, only the second, neither. With Williams' (1976) correction,
    which lowers G² where counts are small, but as in quanteda's `textstat_keyness` not in a table with an
    empty cell, where it is not defined. 0 where both come together exactly as often as by chance.
    """
    a, b, c, d = (np.asarray(cell, dtype=np.float64) for cell in (both, first, second, neither))
    n = a + b + c + d
    with np.errstate(divide="ignore", invalid="ignore"):  # in tables with an empty row or column
        cells = ((a, a + b, a + c), (b, a + b, b + d), (c, c + d, a + c), (d, c + d, b + d))
        terms = [
            np.where(cell > 0, xlogy(cell, cell * n / (row * column)), 0.0) for cell, row, column in cells
        ]
        williams = 1 + (n / (a + b) + n / (c + d) - 1) * (n / (a + c) + n / (b + d) - 1) / (6 * n)
    ratio = 2 * np.abs(terms[0] + terms[1] + terms[2] + terms[3])
    corrected = np.where((a > 0) & (b > 0) & (c > 0) & (d > 0), ratio / williams, ratio)
    signed: Floats = np.round(np.sign(a * d - b * c) * corrected, DIGITS) + 0.0  # no minus before a zero
    return signed


def chance(ratio: Floats) -> Floats:
    """How often a ratio at least this far from 0 would come by chance: chi-square with one degree of freedom.

    It supposes that the counted things are independent, which words of one text are not: the true chance is
    larger. For ranking and for screening, never as proof.
    """
    return np.asarray(erfc(np.sqrt(np.abs(ratio) / 2)), dtype=np.float64)
