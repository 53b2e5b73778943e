"""The result of one vote: its picture, its words, and its figures in words; only of one that is revealed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import altair as alt
import pandas as pd

from analysis.ballots.second_round import again, by_objective, contested, second_round
from analysis.ballots.turnout import turnout
from analysis.ballots.voting import dots, ngt
from analysis.charts.round_change import round_change
from analysis.charts.theme import Width, finished
from analysis.charts.vote_bars import dot_bars, point_bars
from analysis.sentences import Basis, Reading
from analysis.sentences.figures import each
from analysis.sentences.second_round import figure_of_change, of_second_round
from analysis.sentences.votes import figure_of_dots, figure_of_points, item_names, of_dots, of_points, weighed
from consultation import tables
from consultation.ballot import Ballot
from consultation.language import Language
from pages.facilitator.room_findings import room_findings
from pages.frame.rooms import Live


@dataclass(frozen=True, eq=False)
class VoteResult:
    """What one vote came to; of one that is not `told` everything but how many voted is left out.

    Then nothing is drawn, and the table says of no item what it got: few voters can be told apart.
    """

    n_voters: int
    told: bool
    reading: Reading
    draw: Callable[[Width], alt.LayerChart]
    table: pd.DataFrame


def result(seen: Live, ballot: Ballot, reader: Language) -> VoteResult:
    """The result as it stands; whether it may be told is for whoever asks to know."""
    n = sum(vote.ballot == ballot.id for vote in seen.votes)
    if not enough(n, seen):
        return _too_few(seen, ballot, reader, n)
    if ballot.kind == "ratings":
        return _second_round(seen, ballot, reader, n)
    plan, rules = seen.consultation.plan, seen.consultation.rules
    votes = tables.votes(seen.votes, ballot)
    groups = list(plan.groups)
    objectives = tables.objectives(plan, reader)
    basis = Basis.of(turnout(votes, groups, rules), 0, invented=seen.consultation.invented)
    names = item_names(ballot.items, objectives)
    if ballot.kind == "dots":
        tally = dots(votes, ballot.items, groups, rules, ballot.budget, ballot.cap)
        ordered = weighed(tally, basis).sort_values(["score", "points"], ascending=False, kind="stable")
        return VoteResult(
            n,
            True,
            of_dots(tally, names, basis, rules, reader),
            lambda width: dot_bars(tally, objectives, basis, rules, reader, width=width),
            _told(
                ordered, names, [figure_of_dots(row, basis.digits, reader) for row in each(ordered)], reader
            ),
        )
    tally = ngt(votes, ballot.items)
    ordered = tally.sort_values(["points", "n_choosers"], ascending=False, kind="stable")
    return VoteResult(
        n,
        True,
        of_points(tally, names, basis, reader),
        lambda width: point_bars(tally, objectives, basis, reader, width=width),
        _told(ordered, names, [figure_of_points(row, reader) for row in each(ordered)], reader),
    )


def enough(n_voters: int, seen: Live) -> bool:
    """Whether so many have voted that their result may be told."""
    return n_voters >= seen.consultation.rules.smallest_group


def too_few(seen: Live, reader: Language) -> str:
    """Why the result of a vote that was revealed is not told."""
    least = reader.number(seen.consultation.rules.smallest_group)
    return reader.say("Too few votes to tell their result: at least {n} are needed.", n=least)


def contested_here(seen: Live) -> list[str]:
    """The objectives on which those who rated in this room differ."""
    return contested(room_findings(seen).priorities)


def _second_round(seen: Live, ballot: Ballot, reader: Language, n: int) -> VoteResult:
    """How far ratings moved since the first round, of those who came to this room."""
    plan, rules = seen.consultation.plan, seen.consultation.rules
    every = tables.objectives(plan, reader)
    objectives = every[every["objective"].isin(ballot.items)].reset_index(drop=True)
    ratings = tables.ratings(seen.came)
    first = ratings[ratings["objective"].isin(ballot.items)].reset_index(drop=True)
    second = tables.second_ratings(seen.votes, ballot)
    rounds, people = second_round(first, second, objectives, rules), again(first, second, objectives)
    basis = Basis(len(seen.came), 0, 0, invented=seen.consultation.invented)
    moved = by_objective(rounds)
    figures = [figure_of_change(row, True, reader) for row in each(moved)]
    return VoteResult(
        n,
        True,
        of_second_round(rounds, people, objectives, basis, rules, reader),
        lambda width: round_change(rounds, people, objectives, basis, rules, reader, width=width),
        _told(moved.rename(columns={"objective": "item"}), item_names(ballot.items, every), figures, reader),
    )


def _too_few(seen: Live, ballot: Ballot, reader: Language, n: int) -> VoteResult:
    """How many have voted, and why no more is told."""
    nothing = alt.Chart(alt.InlineData(values=[])).mark_point()
    reading = Reading(
        finding=too_few(seen, reader).rstrip("."),
        basis=reader.count("1 person has voted", "{n} people have voted", n),
        caution="",
        says="",
        does_not_say="",
    )
    names = item_names(ballot.items, tables.objectives(seen.consultation.plan, reader))
    items = pd.DataFrame({"item": list(ballot.items)}, dtype="str")
    return VoteResult(
        n,
        False,
        reading,
        lambda width: finished([nothing], reading, width, 1),
        _told(items, names, [reader.say("not told")] * len(items), reader),
    )


def _told(tally: pd.DataFrame, names: dict[str, str], figures: list[str], reader: Language) -> pd.DataFrame:
    """Each item with its figures, as they stand beside its bar."""
    items = [names[str(item)] for item in tally["item"]]
    return pd.DataFrame({reader.say("Item"): items, reader.say("Result"): figures}, dtype="str")
