"""Need and feasibility of each objective, from ratings alone, groups weighing as declared.

Need is importance and urgency on the scale's own 0 to 100, so removing an objective changes no other;
feasibility is the other axis and never part of need; nothing written in an answer moves either. That
groups count the same is a principle (none dominates), not a claim to represent the city.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.accord.table import accord
from analysis.protocols import Rules
from analysis.ranks.ranked import Ranked, compatible, ranked, ranked_anyhow, taken
from analysis.ratings.distribution import Frequencies, frequencies
from analysis.ratings.estimates import Estimates, Scores, estimates, groups_in_need
from analysis.ratings.quadrants import lines, standings
from analysis.ratings.sample import DIMENSIONS, need_weights, valid
from analysis.ratings.t_interval import has_small_group, t_interval
from analysis.ratings.tiers import Evidence, tiers
from analysis.ratings.weighting import group_weights
from analysis.resampling import reaching, stability_interval
from analysis.strata import Booleans, Floats, group_sizes, merged, merges

__all__ = ["DIMENSIONS", "RatingEstimates", "estimate"]


@dataclass(frozen=True, eq=False)
class RatingEstimates:
    """What the ratings say, with the replicates it can be read from again: large, not to be kept for long.

    table       one row per objective in the order given. n_ratings (contributions that rated it, all
                groups), n_groups (groups in its need), importance and urgency (balanced, 1 to 5), need and
                feasibility (0 to 100) each with _low and _high (the stability interval) and _t_low and
                _t_high (Student's, where a group has fewer than ten units), quadrant,
                quadrant_probability, quadrant_other, ranked (enough groups rated it); rank and rank_tied,
                p_top, p_top_voice, p_top_random, rank_low, rank_high, rank_set_low, rank_set_high; gic_raw,
                gic, agreement, polarisation, veto; tier. NaN, 0, "" and False where there is none.
    lines       need_line and feasibility_line, 0 to 100: where they stand by the rules, or NaN
    replicates  need_replicates and feasibility_replicates, replicates × objectives; NaN where nobody drawn
                rated
    ranks       objective, rank, probability: the places of the ranked objectives
    agreements  as `accord` has them
    left_out    groups with raters, but too few units to be balanced: group, n_contributions, n_units
    pairs       groups of two units that are balanced all the same: one unit is drawn at a time, so
                their part of every interval is rough
    moves       small groups that are weighed in another, by the rules
    """

    table: pd.DataFrame
    need_line: float
    feasibility_line: float
    need_replicates: Floats
    feasibility_replicates: Floats
    ranks: pd.DataFrame
    agreements: pd.DataFrame
    left_out: pd.DataFrame
    pairs: tuple[str, ...]
    moves: dict[str, str]
    rated: pd.DataFrame
    spread: Frequencies
    made: Estimates
    scores: Scores
    evidence: Evidence
    random: Ranked

    @property
    def exact(self) -> bool:
        """Whether the replicates are all there are, each as likely."""
        return self.made.draws.exact


def estimate(
    ratings: pd.DataFrame, objectives: pd.DataFrame, group_ids: Sequence[str], rules: Rules
) -> RatingEstimates:
    """Need and feasibility of the `objectives` (column `objective`), how they rank, and how sure all that is.

    `group_ids` are the plan's groups; others, and those with fewer than `smallest_group` units that rated
    anything, stay out, unless the rules merge them into another. A group counts for an objective and a
    dimension if it has at least `smallest_group` valid ratings there; "non so" is no rating. Ratings may
    have a `weight`, as `clusters` gives it.

    Limits: below ten units in a group the percentile intervals are somewhat narrow (Student's are given
    beside them), and one without any variation is a point, which says that the raters agree and not that
    the result is certain. An interval always reaches to its estimate.
    """
    ids = [str(objective) for objective in objectives["objective"]]
    everybody = valid(ratings, ids)
    moves = merges(everybody, group_ids, rules.smallest_group, dict(rules.merged_groups))
    rated = merged(everybody, moves)
    made = estimates(rated, ids, group_ids, rules)
    numbers = made.sample
    shares = need_weights(rules)
    weights = group_weights(rules.group_weights, numbers, rules)
    scores = made.scores(weights)
    (need, need_replicates), (feasibility, feasibility_replicates) = scores.need(shares), scores.feasibility
    n_groups = groups_in_need(numbers, weights, rules)
    weighed = int((weights > 0).any(axis=1).sum())
    among = ~np.isnan(need) & (n_groups / max(1, weighed) >= rules.coverage)
    spread = frequencies(rated, ids, numbers)
    agreements = accord(rated, ids, numbers.strata.groups, spread, rules)
    places = ranked(need_replicates, among, rules)
    random = anyhow(scores, among, rules)
    evidence = Evidence(
        among,
        places.rank_low,
        places.rank_high,
        places.p_top,
        by_voice(made, among, rules).p_top,
        random.p_top,
        agreements["gic"].to_numpy(),
        agreements["polarisation"].to_numpy(),
        agreements["veto"].to_numpy(dtype=np.bool_),
    )
    rank, rank_tied = taken(need, among)
    together = compatible(need, need_replicates, among, rules)
    quadrants = standings(need, feasibility, need_replicates, feasibility_replicates, rules.lines)
    need_line, feasibility_line = lines(need[None, :], feasibility[None, :], rules.lines)
    table = pd.DataFrame(
        {
            "objective": pd.Series(ids, dtype="str"),
            "n_ratings": everybody.groupby("objective")["contribution_id"]
            .nunique()
            .reindex(ids, fill_value=0)
            .to_numpy(np.int64),
            "n_groups": n_groups,
            "importance": scores.dimension("importance")[0],
            "urgency": scores.dimension("urgency")[0],
            **_interval("need", need, need_replicates, rules),
            **_interval("feasibility", feasibility, feasibility_replicates, rules),
            **_student("need", made, weights, shares, rules),
            **_student("feasibility", made, weights, {"feasibility": 1.0}, rules),
            "quadrant": pd.Series([place.quadrant for place in quadrants], dtype="str"),
            "quadrant_probability": np.array([place.probability for place in quadrants], dtype=np.float64),
            "quadrant_other": pd.Series([place.other for place in quadrants], dtype="str"),
            "ranked": among,
            "rank": rank,
            "rank_tied": rank_tied,
            "p_top": evidence.p_top,
            "p_top_voice": evidence.p_top_voice,
            "p_top_random": evidence.p_top_random,
            "rank_low": places.rank_low,
            "rank_high": places.rank_high,
            "rank_set_low": together.low,
            "rank_set_high": together.high,
            "gic_raw": agreements["gic_raw"],
            "gic": agreements["gic"],
            "agreement": agreements["agreement"],
            "polarisation": agreements["polarisation"],
            "veto": agreements["veto"],
            "tier": pd.Series(tiers(evidence, rules), dtype="str"),
        }
    )
    groups = numbers.strata
    sizes = group_sizes(rated, group_ids)
    return RatingEstimates(
        table=table,
        need_line=float(need_line[0, 0]),
        feasibility_line=float(feasibility_line[0, 0]),
        need_replicates=need_replicates,
        feasibility_replicates=feasibility_replicates,
        ranks=places.table(ids),
        agreements=agreements,
        left_out=sizes[~sizes["group"].isin(groups.groups) & (sizes["n_units"] > 0)].reset_index(drop=True),
        pairs=tuple(g for g, size in zip(groups.groups, groups.sizes, strict=True) if size == 2),
        moves=moves,
        rated=rated,
        spread=spread,
        made=made,
        scores=scores,
        evidence=evidence,
        random=random,
    )


def by_voice(made: Estimates, among: Booleans, rules: Rules) -> Ranked:
    """The ranks by need with every person weighing the same."""
    voices = made.scores(group_weights("one_person_one_voice", made.sample, rules))
    return ranked(voices.need(need_weights(rules))[1], among, rules)


def anyhow(scores: Scores, among: Booleans, rules: Rules) -> Ranked:
    """The ranks by need whatever importance and urgency weigh in it, where both are asked."""
    importance, urgency = (scores.dimension(dimension)[1] for dimension in ("importance", "urgency"))
    if len(need_weights(rules)) == 1:
        return ranked(scores.need(need_weights(rules))[1], among, rules)
    return ranked_anyhow(importance, urgency, among, rules)


def _interval(name: str, scores: Floats, replicates: Floats, rules: Rules) -> dict[str, Floats]:
    low, high = stability_interval(replicates, rules.interval)
    low, high = reaching(scores, np.clip(low, 0, 100), np.clip(high, 0, 100))
    return {name: scores, f"{name}_low": low, f"{name}_high": high}


def _student(
    name: str, made: Estimates, weights: Floats, shares: dict[str, float], rules: Rules
) -> dict[str, Floats]:
    found = t_interval(made.sample, made.means, weights, shares, rules.interval)
    small = has_small_group(made.sample, shares)
    return {
        f"{name}_t_low": np.where(small, found.low, np.nan),
        f"{name}_t_high": np.where(small, found.high, np.nan),
    }
