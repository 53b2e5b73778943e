"""How many findings of a long list may be chance: many words are compared at once, and some differ anyhow."""

from __future__ import annotations

import numpy as np

from analysis.strata import Floats


def q_values(p: Floats) -> Floats:
    """The false discovery rate at which each finding of these p values still stands, 0 to 1, in their order.

    Benjamini and Hochberg's (1995): of all findings with q up to 0.05, about one in twenty is expected to
    be chance, if they are independent or lean the same way. Raises `ValueError` unless every p is 0 to 1.
    """
    if not ((p >= 0) & (p <= 1)).all():
        raise ValueError("a p value is not between 0 and 1")
    n = len(p)
    downwards = np.argsort(-p, kind="stable")
    stepped = p[downwards] * n / np.arange(n, 0, -1)
    q = np.empty(n)
    q[downwards] = np.minimum.accumulate(np.minimum(stepped, 1.0))
    return q
