"""Who voted: the people of each group, and which groups weigh in a balanced tally."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.protocols import Rules
from analysis.strata import group_sizes, merged, merges, strata


def turnout(votes: pd.DataFrame, group_ids: Sequence[str], rules: Rules) -> pd.DataFrame:
    """One row per group in the plan's order, `non_indicato` last if anybody voted from there.

    `group`, `n_contributions` (who voted, abstainers too), `n_units`, and `balanced`: whether the group
    weighs in a balanced score, with whatever the rules merge into it; one merged away weighs there and not
    by itself. `votes` as in `voting`.
    """
    voters = votes[["contribution_id", "unit", "group"]].drop_duplicates()
    moves = merges(voters, group_ids, rules.smallest_group, dict(rules.merged_groups))
    large = strata(merged(voters, moves), group_ids, rules.smallest_group).groups
    sizes = group_sizes(voters, group_ids)
    return sizes.assign(balanced=sizes["group"].isin(large))
