"""What each stakeholder group says by itself: its need and feasibility of every objective."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.clusters import voices
from analysis.protocols import Rules
from analysis.ratings.estimates import Estimates
from analysis.ratings.sample import need_weights
from analysis.resampling import reaching, stability_interval
from analysis.strata import Booleans, Floats, Integers


def profiles(rated: pd.DataFrame, ids: Sequence[str], made: Estimates, rules: Rules) -> pd.DataFrame:
    """Long, one row per balanced group and objective, in the order of both.

    group, objective
    n, n_units         contributions with a rating of its importance, and the group's units
    importance         the group's mean, 1 to 5
    need, feasibility  0 to 100, each with _low and _high: the stability interval of the group's own mean
    published          whether it has at least `smallest_cell` voices in each dimension it rated there, and no
                       other group's figure could be computed from it and from the balanced one

    NaN where the group has fewer than `smallest_group` ratings.
    """
    groups = made.sample.strata.groups
    shares = need_weights(rules)
    need, need_replicates = _need(made, shares)
    feasibility = 25 * (made.means[:, made.sample.columns("feasibility")] - 1)
    feasibility_replicates = 25 * (made.replicates[:, :, made.sample.columns("feasibility")] - 1)
    every = pd.MultiIndex.from_product([groups, ids], names=["group", "objective"])
    important = rated[rated["dimension"] == "importance"].groupby(["group", "objective"])["contribution_id"]
    heard = voices(rated).groupby([rated["group"], rated["objective"], rated["dimension"]]).nunique()
    fewest = heard.groupby(["group", "objective"]).min().reindex(every, fill_value=0)
    table = pd.DataFrame(
        {
            "group": every.get_level_values("group").astype("str"),
            "objective": every.get_level_values("objective").astype("str"),
            "n": important.nunique().reindex(every, fill_value=0).to_numpy(np.int64),
            "n_units": np.repeat(np.array(made.sample.strata.sizes, dtype=np.int64), len(ids)),
            "importance": made.means[:, made.sample.columns("importance")].ravel(),
            **_with_interval("need", need, need_replicates, rules),
            **_with_interval("feasibility", feasibility, feasibility_replicates, rules),
        }
    )
    heard_by = np.asarray(fewest, dtype=np.int64).reshape(len(groups), len(ids))
    weighs = table[["importance", "need", "feasibility"]].notna().any(axis=1).to_numpy()
    shown = _published(heard_by, weighs.reshape(heard_by.shape), rules.smallest_cell)
    return table.assign(published=shown.ravel())


def _published(voices: Integers, weighs: Booleans, smallest_cell: int) -> Booleans:
    """Which cells of groups × objectives may be shown.

    Where only one group that weighs in an objective is too small, the next smallest is hidden with it: else
    the balanced figure and those of all others would give it away.
    """
    shown: Booleans = voices >= smallest_cell
    alone = (weighs & ~shown).sum(axis=0) == 1
    for objective in np.flatnonzero(alone & shown.any(axis=0)):
        column = np.where(shown[:, objective], voices[:, objective], np.iinfo(np.int64).max)
        shown[np.argmin(column), objective] = False
    return shown


def countable(rated: pd.DataFrame, of_groups: pd.DataFrame, rules: Rules) -> set[str]:
    """The objectives of which it may be told how many people gave each value, from `profiles` `of_groups`.

    The numbers of everybody weigh people alike, where balanced figures weigh groups alike: the two together
    would give two hidden groups away, and the numbers less what is shown of groups whoever is in none.
    """
    shown = of_groups[of_groups["published"]]
    weighs = of_groups[["importance", "need", "feasibility"]].notna().any(axis=1)
    hidden = set(of_groups.loc[weighs & ~of_groups["published"], "objective"])
    cells = pd.MultiIndex.from_frame(rated[["group", "objective"]])
    others = rated[~cells.isin(pd.MultiIndex.from_frame(shown[["group", "objective"]]))]
    n_others = voices(others).groupby([others["objective"], others["dimension"]]).nunique()
    few = {str(objective) for objective, _ in n_others.index[n_others < rules.smallest_cell]}
    return set(rated["objective"]) - hidden - few


def need_by_group(made: Estimates, rules: Rules) -> Floats:
    """Each balanced group's need of each objective, groups × objectives, 0 to 100."""
    return _need(made, need_weights(rules))[0]


def _need(made: Estimates, shares: dict[str, float]) -> tuple[Floats, Floats]:
    def mixed(means: Floats) -> Floats:
        parts = [share * 25 * (means[..., made.sample.columns(d)] - 1) for d, share in shares.items()]
        total: Floats = np.sum(parts, axis=0)
        return total

    return mixed(made.means), mixed(made.replicates)


def _with_interval(name: str, means: Floats, replicates: Floats, rules: Rules) -> dict[str, Floats]:
    low, high = stability_interval(replicates.reshape(len(replicates), means.size), rules.interval)
    value = means.ravel()
    low, high = reaching(value, low, high)
    return {name: value, f"{name}_low": low, f"{name}_high": high}
