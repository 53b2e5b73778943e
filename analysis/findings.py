"""The method, read from top to bottom: tidy tables and declared rules in, every result table out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.clusters import counted_once, one_voice, present
from analysis.coverage import coverage
from analysis.participation import BROUGHT, loudness, participation
from analysis.protocols import Language, Rules
from analysis.ranks.other_orders import OtherOrders, other_orders
from analysis.ratings.rating_findings import RatingFindings, Surroundings, read_ratings
from analysis.ratings.tiers import badges
from analysis.salience import salience
from analysis.stated_spoken import stated_against_spoken
from analysis.text.collocations import count_pairs
from analysis.text.corpus import Corpus, read_words
from analysis.text.lessons import no_lessons
from analysis.text.lexicon import Lexicon
from analysis.text.proposals import codings as code_answers
from analysis.text.words import count_words

STEPS = ("words", "objectives", "salience", "ratings", "participation")


@dataclass(frozen=True, eq=False)
class Findings:
    """Every result table of one analysis; columns as in the data dictionary.

    `lessons` is what decides each objective, empty where codings were given; `ratings` is all that the
    ratings say, `orders` two other ways of ordering, as a check; `loudness` is Gini's index of the codings of
    those who answered.
    """

    priorities: pd.DataFrame
    codings: pd.DataFrame
    lessons: pd.DataFrame
    words: pd.DataFrame
    pairs: pd.DataFrame
    coverage: pd.DataFrame
    participation: pd.DataFrame
    ratings: RatingFindings
    orders: OtherOrders
    n_answers: int
    loudness: float

    @property
    def n_contributions(self) -> int:
        return int(self.participation["n_contributions"].sum())

    @property
    def need_line(self) -> float:
        """The map's quadrant line of need, 0 to 100; NaN without ratings."""
        return self.ratings.need_line

    @property
    def feasibility_line(self) -> float:
        """The map's quadrant line of feasibility, 0 to 100; NaN without ratings."""
        return self.ratings.feasibility_line

    @property
    def rated(self) -> bool:
        """Whether any objective has a place on the map of need and feasibility."""
        return bool(self.priorities[["need", "feasibility"]].notna().all(axis=1).any())


def find(
    answers: pd.DataFrame,
    ratings: pd.DataFrame,
    objectives: pd.DataFrame,
    groups: pd.DataFrame,
    guiding_questions: pd.DataFrame,
    lexicons: Mapping[str, Lexicon],
    rules: Rules,
    on_step: Callable[[str], None] = lambda step: None,
    *,
    codings: pd.DataFrame | None = None,
    reviews: pd.DataFrame | None = None,
    surroundings: Surroundings | None = None,
    corpus: Corpus | None = None,
    rated: RatingFindings | None = None,
) -> Findings:
    """All that the answers and ratings of one consultation say.

    The tables are the tidy ones; `on_step` is told each of `STEPS` as it begins. `codings` are those of the
    whole when only some groups are looked at: what an answer speaks of does not depend on who else is.
    `reviews` are the codings that people gave or refused while reading. `corpus` is the same answers' words,
    and `rated` what the same ratings say, for whoever has them already.
    """
    known = Surroundings() if surroundings is None else surroundings
    group_ids = list(groups["group"])

    on_step("words")
    clusters = present(known.clusters, answers["contribution_id"])
    if corpus is None:
        corpus = read_words(one_voice(answers, clusters), lexicons)
    words, pairs = count_words(corpus), count_pairs(corpus)

    on_step("objectives")
    if codings is None:
        made = code_answers(corpus, objectives, lexicons, rules, reviews)
        codings, lessons = made.table, made.lessons
    else:
        codings = codings[codings["answer_id"].isin(answers["answer_id"])].reset_index(drop=True)
        lessons = no_lessons()

    on_step("salience")
    answers, ratings = _one_spelling(answers), _one_spelling(ratings)
    spoken = salience(codings, counted_once(answers, clusters), objectives, group_ids, rules)

    on_step("ratings")
    if rated is None:
        rated = ratings_said(answers, ratings, objectives, groups, rules, known)

    on_step("participation")
    priorities = _joined(objectives, rated.table, spoken)
    return Findings(
        priorities=priorities,
        codings=codings,
        lessons=lessons,
        words=words,
        pairs=pairs,
        coverage=coverage(
            answers,
            group_ids,
            list(objectives["strategic_question"].unique()),
            list(guiding_questions["guiding_question"]),
        ),
        participation=participation(
            answers, ratings, group_ids, known.invitations, known.targets, known.clusters, rules
        ),
        ratings=rated,
        orders=other_orders(priorities, rated.borda, rules),
        n_answers=len(answers),
        loudness=loudness(codings, answers),
    )


def coded(
    answers: pd.DataFrame,
    clusters: pd.DataFrame,
    objectives: pd.DataFrame,
    lexicons: Mapping[str, Lexicon],
    rules: Rules,
    reviews: pd.DataFrame,
) -> pd.DataFrame:
    """What every answer of the whole speaks of: the `codings` by which `find` looks at some groups."""
    corpus = read_words(one_voice(answers, present(clusters, answers["contribution_id"])), lexicons)
    return code_answers(corpus, objectives, lexicons, rules, reviews).table


def ratings_said(
    answers: pd.DataFrame,
    ratings: pd.DataFrame,
    objectives: pd.DataFrame,
    groups: pd.DataFrame,
    rules: Rules,
    surroundings: Surroundings,
) -> RatingFindings:
    """What the ratings of one consultation say: the part of `find` that no decision about words changes."""
    ratings = _one_spelling(_with_channels(ratings, answers))
    return read_ratings(ratings, _languages(answers), objectives, list(groups["group"]), rules, surroundings)


def step_name(step: str, language: Language) -> str:
    """One of `STEPS` as whoever waits for it reads it."""
    return {
        "words": language.say("Reading the words…"),
        "objectives": language.say("Linking answers and objectives…"),
        "salience": language.say("Counting who speaks of what…"),
        "ratings": language.say("Weighing the ratings…"),
        "participation": language.say("Counting who took part…"),
    }[step]


def _one_spelling(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with units as they are compared: other capitals or blanks make no other unit."""
    units = rows["unit"].str.casefold().str.split().str.join(" ")
    return rows.assign(unit=units)


def _with_channels(ratings: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """`ratings` with the channel of the same contribution's answers, where they do not tell their own."""
    if "channel" not in answers:
        return ratings
    own = ratings["channel"] if "channel" in ratings else pd.Series(BROUGHT, index=ratings.index, dtype="str")
    told = ratings["contribution_id"].map(_first(answers, "channel")).fillna(own)
    return ratings.assign(channel=own.where(own != BROUGHT, told))


def _languages(answers: pd.DataFrame) -> pd.Series:
    """The language that each contribution writes in, by its id."""
    return _first(answers, "language") if "language" in answers else pd.Series(dtype="str")


def _first(answers: pd.DataFrame, column: str) -> pd.Series:
    """What `column` says of each contribution's first answer, by the contribution's id."""
    first = answers.sort_values("answer_id").drop_duplicates("contribution_id")
    return first.set_index("contribution_id")[column]


def _joined(objectives: pd.DataFrame, rated: pd.DataFrame, spoken: pd.DataFrame) -> pd.DataFrame:
    """One row per objective in the plan's order: what ratings say beside what words say, each left as it is.

    `badges` tell what words say beside the tier; `apart` whether need and salience place it far from each
    other: `rated_not_told`, `told_not_rated`, or "".
    """
    joined = (
        objectives[["objective", "strategic_question"]]
        .merge(spoken, on="objective", validate="one_to_one")
        .merge(rated, on="objective", validate="one_to_one")
    )
    return joined.assign(
        badges=pd.Series(badges(joined), dtype="str"),
        apart=pd.Series(stated_against_spoken(joined), dtype="str"),
    )
