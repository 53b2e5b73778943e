"""Everything that ratings say, in tables small enough to keep: the large replicates are let go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from analysis.accord.concordance import Concordance, concordance, pattern_match
from analysis.clusters import counted_once, excluded, no_clusters, present, voices
from analysis.participation import costs_of_weighing
from analysis.protocols import Rules
from analysis.ranks.other_orders import borda_count
from analysis.ratings.bounds import nonresponse
from analysis.ratings.distribution import distribution
from analysis.ratings.priorities import RatingEstimates, estimate
from analysis.ratings.profiles import countable, need_by_group, profiles
from analysis.ratings.raking import Raking, rake
from analysis.ratings.sample import CALIBRATION, need_weights
from analysis.ratings.sensitivity import CHANNELS, LARGE_CHANNEL, Other, Sensitivity, sensitivity
from analysis.strata import Floats

TARGETS = ("variable", "category", "share", "source")


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What is known besides answers and ratings: tidy tables, each empty where nothing is.

    clusters     confirmed campaigns and duplicates: cluster, contribution_id, kind
    invitations  people invited: group, invited
    targets      declared shares with their source: variable (group, language), category, share, source
    """

    clusters: pd.DataFrame = field(default_factory=no_clusters)
    invitations: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["group", "invited"]))
    targets: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(TARGETS)))


@dataclass(frozen=True, eq=False)
class RatingFindings:
    """What the ratings say, whatever choices are made.

    table                         one row per objective, as in `RatingEstimates`, with `sensitive`
    need_line, feasibility_line   where the map's lines stand, 0 to 100, or NaN
    exact, n_replicates           whether the replicates are all there are, and how many
    n_rated                       contributions that rated anything
    left_out, pairs, moves        groups that do not weigh, weigh roughly, or weigh in another
    ranks, agreements, profiles, patterns, nonresponse, weighings   as their modules say
    distribution                  likewise, with `published`: whether its numbers of values may be told
    people, groups                Kendall's W between voices, and between balanced groups
    borda                         what Borda's count of each voice's own order gives, as `borda_count` says
    sensitivity                   the other choices
    raking                        what weighing to targets gave, `None` if none are declared
    """

    table: pd.DataFrame
    need_line: float
    feasibility_line: float
    exact: bool
    n_replicates: int
    n_rated: int
    left_out: pd.DataFrame
    pairs: tuple[str, ...]
    moves: dict[str, str]
    ranks: pd.DataFrame
    agreements: pd.DataFrame
    profiles: pd.DataFrame
    patterns: pd.DataFrame
    distribution: pd.DataFrame
    nonresponse: pd.DataFrame
    weighings: pd.DataFrame
    people: Concordance
    groups: Concordance
    borda: pd.DataFrame
    sensitivity: Sensitivity
    raking: Raking | None


def read_ratings(
    ratings: pd.DataFrame,
    languages: pd.Series,
    objectives: pd.DataFrame,
    group_ids: Sequence[str],
    rules: Rules,
    surroundings: Surroundings,
) -> RatingFindings:
    """All that `ratings` say of the `objectives`, confirmed clusters counting once.

    `languages` gives that of a contribution, by its id, where it is known.
    """
    clusters = present(surroundings.clusters, ratings["contribution_id"])
    once = counted_once(ratings, clusters)
    main = estimate(once, objectives, group_ids, rules)
    raking = _raked(main, languages, surroundings.targets)
    others = {
        **_without_clusters(ratings, clusters, rules),
        **_without_channels(once, rules),
        **_to_targets(once, raking, rules),
    }
    changes = sensitivity(main, once, others, objectives, group_ids, rules)
    ids, groups = list(main.table["objective"]), main.made.sample.strata.groups
    needs, needs_of_people = need_by_group(main.made, rules), _needs_of_people(main, ids, rules)
    of_groups = profiles(main.rated, ids, main.made, rules)
    spread = distribution(ratings, main.rated, ids, main.spread)
    may_be_shown = of_groups["published"].to_numpy(dtype=np.bool_).reshape(needs.shape)
    return RatingFindings(
        table=main.table.assign(sensitive=changes.sensitive),
        need_line=main.need_line,
        feasibility_line=main.feasibility_line,
        exact=main.exact,
        n_replicates=len(main.need_replicates),
        n_rated=main.rated["contribution_id"].nunique(),
        left_out=main.left_out,
        pairs=main.pairs,
        moves=main.moves,
        ranks=main.ranks,
        agreements=main.agreements,
        profiles=of_groups,
        patterns=pattern_match(np.where(may_be_shown, needs, np.nan), groups),
        distribution=spread.assign(
            published=spread["objective"].isin(countable(main.rated, of_groups, rules))
        ),
        nonresponse=nonresponse(once, objectives, group_ids, rules),
        weighings=costs_of_weighing(main.rated, groups, rules),
        people=concordance(needs_of_people, rules.seed),
        groups=concordance(needs, rules.seed),
        borda=borda_count(needs_of_people, ids),
        sensitivity=changes,
        raking=raking,
    )


def _without_clusters(ratings: pd.DataFrame, clusters: pd.DataFrame, rules: Rules) -> dict[str, Other]:
    if clusters.empty:
        return {}
    return {
        "campaigns_all": Other(ratings, rules),
        "campaigns_excluded": Other(excluded(ratings, clusters), rules),
    }


def _without_channels(once: pd.DataFrame, rules: Rules) -> dict[str, Other]:
    """A line for each channel but online by which much came; none for the only one there is."""
    if "channel" not in once:
        return {}
    shares = once.loc[once["value"].notna(), "channel"].value_counts(normalize=True)
    return {
        f"without_{channel}": Other(once[once["channel"] != channel].reset_index(drop=True), rules)
        for channel in CHANNELS
        if LARGE_CHANNEL < shares.get(channel, 0.0) < 1
    }


def _raked(main: RatingEstimates, languages: pd.Series, targets: pd.DataFrame) -> Raking | None:
    """Weights of the people in balanced groups, by which they match the targets."""
    if targets.empty:
        return None
    rated = main.rated[main.rated["group"].isin(main.made.sample.strata.groups)]
    people = rated.drop_duplicates("contribution_id")[["contribution_id", "unit", "group"]]
    people = people.assign(language=people["contribution_id"].map(languages).fillna(""))
    shares = {
        str(variable): dict(zip(rows["category"], rows["share"], strict=True))
        for variable, rows in targets.groupby("variable")
    }
    return rake(people, shares)


def _to_targets(once: pd.DataFrame, raking: Raking | None, rules: Rules) -> dict[str, Other]:
    if raking is None or raking.refused:
        return {}
    weight = once["contribution_id"].map(raking.weights)
    calibrated = once.assign(**{CALIBRATION: weight})[weight.notna()].reset_index(drop=True)
    return {"raked": Other(calibrated, replace(rules, group_weights="one_person_one_voice"))}


def _needs_of_people(main: RatingEstimates, ids: Sequence[str], rules: Rules) -> Floats:
    """Each voice's own need, voices × objectives; NaN where it lacks a part."""
    shares = need_weights(rules)
    asked = main.rated[main.rated["dimension"].isin(list(shares))]
    value = asked["value"].astype("float64")
    wide = value.groupby([voices(asked), asked["dimension"], asked["objective"]]).mean().unstack([1, 2])
    every = pd.MultiIndex.from_product([list(shares), ids])
    values = wide.reindex(columns=every).to_numpy(np.float64).reshape(len(wide), len(shares), len(ids))
    need: Floats = np.einsum("pdo,d->po", values, np.array(list(shares.values())))
    return need
