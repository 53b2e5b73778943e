"""What weights cost: how many equally weighted voices would be as sure as these (Kish, 1965).

Weights that differ make a result depend more on few people. Both figures describe the weights alone; they
say nothing of whom the participants stand for.
"""

from __future__ import annotations

import math

import numpy as np

from analysis.strata import Floats


def effective_size(weights: Floats) -> float:
    """(Σ w)² / Σ w²: at most the number of weights, and that many if they are alike; 0 if none weighs.

    Any scale will do. Raises `ValueError` for a weight that is negative or no number.
    """
    if not (np.isfinite(weights) & (weights >= 0)).all():
        raise ValueError("a weight is negative, or no number")
    # exactly rounded sums do not depend on the order of the weights
    square = math.fsum(weights**2)
    return math.fsum(weights) ** 2 / square if square else 0.0


def design_effect(weights: Floats) -> float:
    """How many weighted voices are as sure as one unweighted, from 1 up; NaN if none weighs."""
    size = effective_size(weights)
    return len(weights) / size if size else math.nan
