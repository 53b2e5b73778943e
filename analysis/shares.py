"""Two figures of counts: how far a share may be trusted, and how unevenly something is spread."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np

from analysis.strata import Floats


def wilson(n_yes: int, n: int, width: float) -> tuple[float, float]:
    """The interval of `width` (0 to 1) around the share `n_yes` of `n`: its lower and its upper end.

    Wilson's (1927): it stays within 0 and 1 and does not collapse where nobody or everybody says yes. NaN
    without anybody. For one group's share only, as a balanced figure has a stability interval; and no margin
    of error, for it supposes independent draws, which participants who chose themselves are not. Raises
    `ValueError` if `n_yes` is not among 0 to `n`.
    """
    if not 0 <= n_yes <= n:
        raise ValueError(f"{n_yes} of {n} is no share")
    if n == 0:
        return math.nan, math.nan
    z = NormalDist().inv_cdf((1 + width) / 2)
    share = n_yes / n
    middle = share + z * z / (2 * n)
    reach = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low, high = (middle - reach) / (1 + z * z / n), (middle + reach) / (1 + z * z / n)
    return max(0.0, low), min(1.0, high)


def gini(amounts: Floats) -> float:
    """How unevenly `amounts` are spread over people: 0 all alike, (n − 1) / n one person has everything.

    For the number of passages each participant contributes. NaN where there is nothing to spread. Raises
    `ValueError` for a negative amount.
    """
    if not (np.isfinite(amounts) & (amounts >= 0)).all():
        raise ValueError("an amount is negative, or no number")
    ordered = np.sort(amounts)
    n, total = len(ordered), math.fsum(ordered)
    if total == 0:
        return math.nan
    return math.fsum((2 * np.arange(1, n + 1) - n - 1) * ordered) / (n * total)
