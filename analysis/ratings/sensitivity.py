"""What if the choices had been others? One line per choice: how the ranking and the tiers would change.

Lines that only weigh otherwise rest on the same replicates as the main estimate; those that count other
people draw their own, from the same seed.

equal, one_person_one_voice, custom   the other declared ways in which groups may weigh
person_centred       each person's ratings less their own mean: what is left when manners of rating differ
importance_only, urgency_only         one half of need alone
random_weights       importance and urgency weighing anyhow
smallest_group_5     without the groups, and the cells, of fewer than five
campaigns_all, campaigns_excluded     confirmed clusters counted member by member, or not at all
without_workshop, without_paper, without_import   without a channel by which much came, but not all
raked                people weighing so that they match the declared targets
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.protocols import Rules
from analysis.ranks.ranked import Ranked, ranked, taken
from analysis.ranks.ranking import kendall_tau
from analysis.ratings.priorities import RatingEstimates, estimate
from analysis.ratings.sample import need_weights
from analysis.ratings.tiers import Evidence, tiers
from analysis.ratings.weighting import group_weights, schemes
from analysis.strata import Booleans, Floats

LARGER_GROUP = 5  # voices a group needs in the line that asks for more than the rules do
LARGE_CHANNEL = 0.30  # share of the ratings above which a channel that is not online has its line
CHANNELS = ("workshop", "paper", "import")

LINES = (
    "equal",
    "one_person_one_voice",
    "custom",
    "person_centred",
    "campaigns_all",
    "campaigns_excluded",
    *(f"without_{channel}" for channel in CHANNELS),
    "raked",
    "importance_only",
    "urgency_only",
    "random_weights",
    "smallest_group_5",
)


class Other(NamedTuple):
    """Ratings of other people, or counted otherwise, and the rules by which they are."""

    ratings: pd.DataFrame
    rules: Rules


@dataclass(frozen=True, eq=False)
class Look:
    """One way of looking: the score that ranks, and what its tiers rest on."""

    line: str
    n: int
    n_groups: int
    score: Floats
    evidence: Evidence


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """What changes under other choices.

    lines      one row each, in the order of `LINES`: line, n (contributions that weigh), n_groups, tau (τ-b
               with the main ranking), tier_changes, changed (ids of the objectives, joined by |)
    outcomes   one row per line and objective: line, objective, score, rank, p_top, tier; `main` comes first.
               The score is need, 0 to 100; person-centred it is the distance from a person's mean, and
               under random weights the expected place, negative
    sensitive  per objective whether its tier changes in at least `sensitive_lines` of the lines
    """

    lines: pd.DataFrame
    outcomes: pd.DataFrame
    sensitive: Booleans


def sensitivity(
    main: RatingEstimates,
    ratings: pd.DataFrame,
    others: Mapping[str, Other],
    objectives: pd.DataFrame,
    group_ids: Sequence[str],
    rules: Rules,
) -> Sensitivity:
    """The main estimate beside every other choice that can be made of it.

    `ratings` are those it was made from; `others` holds those of the lines that count other people, by the
    name of the line.
    """
    first = _look("main", main)
    looks = [
        *_other_weights(main, first, rules),
        *_larger_groups(main, ratings, objectives, group_ids, rules),
        *_other_people(others, objectives, group_ids),
    ]
    looks.sort(key=lambda look: LINES.index(look.line))
    ids = list(main.table["objective"])
    own = tiers(first.evidence, rules)
    given = [tiers(look.evidence, rules) for look in looks]
    changed = [[o for o, a, b in zip(ids, own, its, strict=True) if a != b] for its in given]
    lines = pd.DataFrame(
        {
            "line": pd.Series([look.line for look in looks], dtype="str"),
            "n": np.array([look.n for look in looks], dtype=np.int64),
            "n_groups": np.array([look.n_groups for look in looks], dtype=np.int64),
            "tau": np.array([_likeness(first, look) for look in looks], dtype=np.float64),
            "tier_changes": np.array([len(objectives) for objectives in changed], dtype=np.int64),
            "changed": pd.Series(["|".join(objectives) for objectives in changed], dtype="str"),
        }
    )
    outcomes = [_outcome(look, ids, its) for look, its in zip([first, *looks], [own, *given], strict=True)]
    times = [sum(objective in objectives for objectives in changed) for objective in ids]
    return Sensitivity(
        lines,
        pd.concat(outcomes, ignore_index=True),
        np.array([n >= rules.sensitive_lines for n in times], dtype=np.bool_),
    )


def _other_weights(main: RatingEstimates, first: Look, rules: Rules) -> Iterator[Look]:
    """The lines that weigh the same people's ratings otherwise."""
    made, shares, among = main.made, need_weights(rules), main.evidence.ranked

    def look(line: str, score: Floats, places: Ranked, voice: Floats | None = None) -> Look:
        evidence = first.evidence._replace(
            ranked=places.among,
            p_top=places.p_top,
            rank_low=places.rank_low,
            rank_high=places.rank_high,
            p_top_voice=first.evidence.p_top_voice if voice is None else voice,
        )
        return replace(first, line=line, score=score, evidence=evidence)

    for scheme in schemes(rules):
        if scheme != rules.group_weights:
            score, replicates = made.scores(group_weights(scheme, made.sample, rules)).need(shares)
            yield look(scheme, score, ranked(replicates, _scored(among, score), rules))
    voices = made.scores(group_weights("one_person_one_voice", made.sample, rules))
    score, replicates = main.scores.centred
    by_person = ranked(voices.centred[1], _scored(among, score), rules).p_top
    yield look("person_centred", score, ranked(replicates, _scored(among, score), rules), by_person)
    if len(shares) > 1:
        for dimension in shares:
            score, replicates = main.scores.hundred(dimension)
            by_person = ranked(voices.hundred(dimension)[1], among, rules).p_top
            yield look(f"{dimension}_only", score, ranked(replicates, among, rules), by_person)
        expected = np.full(len(among), np.nan)
        expected[among] = -main.random.expected
        yield look("random_weights", expected, main.random)


def _other_people(
    others: Mapping[str, Other], objectives: pd.DataFrame, group_ids: Sequence[str]
) -> Iterator[Look]:
    """The lines that count other people, or count them otherwise."""
    for line, (ratings, rules) in others.items():
        found = estimate(ratings, objectives, group_ids, rules)
        yield _look(line, found)


def _larger_groups(
    main: RatingEstimates,
    ratings: pd.DataFrame,
    objectives: pd.DataFrame,
    group_ids: Sequence[str],
    rules: Rules,
) -> Iterator[Look]:
    """The line without small groups and cells; the main estimate itself where there is none."""
    numbers = main.made.sample
    if rules.smallest_group >= LARGER_GROUP:
        return
    smallest = min([*numbers.strata.sizes, *numbers.voices[numbers.present]], default=LARGER_GROUP)
    if smallest >= LARGER_GROUP:
        yield _look("smallest_group_5", main)
    else:
        others = {"smallest_group_5": Other(ratings, replace(rules, smallest_group=LARGER_GROUP))}
        yield from _other_people(others, objectives, group_ids)


def _look(line: str, found: RatingEstimates) -> Look:
    groups = found.made.sample.strata.groups
    weighed = found.rated[found.rated["group"].isin(groups)]
    return Look(
        line,
        weighed["contribution_id"].nunique(),
        len(groups),
        found.table["need"].to_numpy(np.float64),
        found.evidence,
    )


def _scored(among: Booleans, score: Floats) -> Booleans:
    """The ranked objectives that have a score in this way of looking, too."""
    both: Booleans = among & ~np.isnan(score)
    return both


def _likeness(first: Look, other: Look) -> float:
    """τ-b over the objectives that both rank."""
    both = first.evidence.ranked & other.evidence.ranked
    return kendall_tau(first.score[both], other.score[both])


def _outcome(look: Look, ids: Sequence[str], given: Sequence[str]) -> pd.DataFrame:
    place, _ = taken(look.score, look.evidence.ranked)
    return pd.DataFrame(
        {
            "line": look.line,
            "objective": pd.Series(ids, dtype="str"),
            "score": look.score,
            "rank": place,
            "p_top": look.evidence.p_top,
            "tier": pd.Series(given, dtype="str"),
        }
    ).astype({"line": "str"})
