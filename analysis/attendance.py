"""Who has come so far: the people of each group who have said anything, beside those who were invited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.strata import UNSTATED_GROUP, shown_groups, stated_group

_PERSON = ["contribution_id", "group"]


def attendance(
    answers: pd.DataFrame,
    ratings: pd.DataFrame,
    votes: pd.DataFrame | None,
    group_ids: Sequence[str],
    invitations: pd.DataFrame,
    present: Mapping[str, int] | None = None,
) -> pd.DataFrame:
    """One row per group in the plan's order, `non_indicato` last if anybody stands there.

    group
    n_contributions   who wrote an answer, touched a rating, a "non so" included, or voted, if only to abstain
    invited           how many were invited; missing where that is not known
    response          those who said anything among those invited, 0 to 1; NaN where not known, or above 1
    present           how many somebody counted in the room; missing where nobody has counted

    Whoever said several things is counted once, in the group of their answers, else of their ratings, else of
    their vote. `votes` may be any table with `contribution_id` and `group`; a voter who sent nothing else is
    somebody all the same.
    """
    said = [table[_PERSON] for table in (answers, ratings, votes) if table is not None]
    people = pd.concat([its.assign(order=order) for order, its in enumerate(said)], ignore_index=True)
    people = people.sort_values(["order", *_PERSON]).drop_duplicates("contribution_id")
    stated = stated_group(people, group_ids)
    counted = dict(present or {})
    standing = pd.concat([stated, pd.Series([g for g, n in counted.items() if n], dtype="str")])
    groups = pd.Series(shown_groups(standing, group_ids), dtype="str")
    asked = dict(zip(invitations["group"], invitations["invited"], strict=True))
    n = groups.map(stated.value_counts()).fillna(0).astype("int64")
    invited = groups.map(asked).astype("Int64")
    response = (n / invited.astype("float64").replace(0, np.nan)).to_numpy(np.float64)
    return pd.DataFrame(
        {
            "group": groups,
            "n_contributions": n,
            "invited": invited,
            "response": np.where(response <= 1, response, np.nan),
            "present": groups.map(counted).astype("Int64"),
        }
    )


def expected_groups(attendance: pd.DataFrame) -> list[str]:
    """The groups whose silence means something: those invited, and of those not on the list whoever came.

    Where nobody is known to be invited and nobody has come yet, all groups of the plan. A group of which 0
    were invited is expected nowhere, and neither is whoever named no group.
    """
    stated = attendance[attendance["group"] != UNSTATED_GROUP]
    came = (stated["n_contributions"] > 0) | (stated["present"].fillna(0) > 0)
    expected = (stated["invited"].fillna(0) > 0) | (stated["invited"].isna() & came)
    return list(stated.loc[expected if expected.any() else stated["invited"].isna(), "group"])
