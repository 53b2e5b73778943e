"""The tidy tables that pass from the conversation to the analysis: the only doors out.

answers     one row per answer of the latest version of each contribution
ratings     one row per rating; an empty value is a "non so", an absent row was not answered
votes       one row per voter and item that got anything; an abstainer has one row with 0 points
clusters    one row per member of a confirmed campaign, or of answers that came more than once
codings     one row per answer and objective of which a person decided whether it speaks of it
themes      one row per answer of a confirmed theme
invitations one row per stakeholder group whose number of invited people is known
objectives  one row per objective of the plan, with how it is shown
groups      one row per stakeholder group of the plan
targets     one row per category for which the plan declares a share

Values are ids; wordings come from the plan, in the language asked for. The same tables can be brought
as CSV (`consultation.importing.csv_tables`). What was decided of an answer counts while its text is the one
that was read: after other words, or an erasure, its row is absent.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

import pandas as pd

from consultation.ballot import Ballot, Vote
from consultation.codebook import Codebook, digest_of
from consultation.contribution import Contribution
from consultation.decisions import ClusterKind
from consultation.language import Language
from consultation.plan import Plan


@dataclass(frozen=True)
class Columns:
    """The columns of one table: `required`, then `optional` with the value of a row that has none."""

    required: tuple[str, ...]
    optional: dict[str, str]

    @property
    def all(self) -> list[str]:
        return [*self.required, *self.optional]

    def of(self, table: pd.DataFrame) -> pd.DataFrame:
        """These columns of `table`, in their order; optional ones that it lacks with their value."""
        lacking = {name: value for name, value in self.optional.items() if name not in table}
        return table.assign(**lacking)[self.all]


ANSWERS = Columns(
    ("answer_id", "contribution_id", "unit", "group", "strategic_question", "guiding_question", "text"),
    {
        "objectives": "",  # the author's own coding, ids joined by |
        "language": "it",
        "consent": "quotable_with_group",
        "channel": "import",
        "at": "",
        "wording": "1",  # the version of the plan's words that it replies to
        "late": "",  # or LATE
    },
)
RATINGS = Columns(
    ("contribution_id", "unit", "group", "objective", "dimension", "value"), {"channel": "import", "late": ""}
)
VOTES = Columns(("contribution_id", "unit", "group", "item", "points"), {})
LATE = "late"
"""What was sent when its question was taking no answers any more: it weighs like all others."""
CLUSTERS = Columns(("cluster", "contribution_id"), {"kind": "campaign"})
CLUSTER_KINDS = ("campaign", "duplicate")
# objective: "" for an answer that speaks of none, which holds; source: judged, theme
CODINGS = Columns(("answer_id", "objective", "holds"), {"source": "judged"})
THEMES = Columns(("theme", "label", "description", "objective", "answer_id"), {})
INVITATIONS = Columns(("group", "invited"), {})

_COUNTED_ONCE: dict[ClusterKind, str] = {
    "campaign": "campaign",
    "duplicate": "duplicate",
    "organisation": "duplicate",  # one voice that was sent many times
}


def answers(contributions: Iterable[Contribution], hidden: Collection[str] = ()) -> pd.DataFrame:
    """One row per answer, all text columns; sorted by answer id.

    Those whose ids are `hidden` count like all others and are shown to nobody: their consent is
    "counted_only".
    """
    rows = [
        (
            answer_id,
            c.id,
            c.unit,
            c.group,
            reply.strategic_question,
            reply.guiding_question,
            reply.text,
            "|".join(reply.objectives),
            c.language,
            "counted_only" if answer_id in hidden else c.consent,
            c.channel,
            c.at.isoformat(),
            str(reply.wording),
            _late(reply.late),
        )
        for c in contributions
        for reply in c.replies
        for answer_id in [c.answer_id(reply)]
    ]
    return tidy_answers(pd.DataFrame(rows, columns=ANSWERS.all, dtype="str"))


def ratings(contributions: Iterable[Contribution]) -> pd.DataFrame:
    """One row per rating; `value` is a nullable integer, 1 to 5, missing for "non so"."""
    rows = [
        (c.id, c.unit, c.group, r.objective, r.dimension, r.value, c.channel, _late(r.late))
        for c in contributions
        for r in c.ratings
    ]
    return tidy_ratings(pd.DataFrame(rows, columns=RATINGS.all))


def votes(cast: Iterable[Vote], ballot: Ballot) -> pd.DataFrame:
    """One row per voter of `ballot` and item that got points (whole, 1 or more), sorted by both.

    `contribution_id` is the voter. Who gave nothing has one row with 0 points, for the ballot's first item.
    """
    rows = [
        (vote.voter, vote.unit, vote.group, item, points)
        for vote in cast
        if vote.ballot == ballot.id
        for item, points in [given for given in vote.points if given[1]] or [(ballot.items[0], 0)]
    ]
    types = {name: "int64" if name == "points" else "str" for name in VOTES.all}
    table = pd.DataFrame(rows, columns=VOTES.all).astype(types)
    return table.sort_values(["contribution_id", "item"], ignore_index=True)


def second_ratings(cast: Iterable[Vote], ballot: Ballot) -> pd.DataFrame:
    """One row per rating given in `ballot`, in the form of `ratings`: to be paired with the first ones."""
    rows = [
        (vote.voter, vote.unit, vote.group, r.objective, r.dimension, r.value, "workshop", _late(r.late))
        for vote in cast
        if vote.ballot == ballot.id
        for r in vote.ratings
    ]
    return tidy_ratings(pd.DataFrame(rows, columns=RATINGS.all))


def tidy_answers(table: pd.DataFrame) -> pd.DataFrame:
    """`table` in its canonical form: known columns only, text, in the order of the answers' ids."""
    return ANSWERS.of(table).astype("str").sort_values("answer_id", ignore_index=True)


def tidy_ratings(table: pd.DataFrame) -> pd.DataFrame:
    """`table` in its canonical form: known columns only, nullable values, sorted."""
    types = {name: "Int64" if name == "value" else "str" for name in RATINGS.all}
    return (
        RATINGS.of(table)
        .astype(types)
        .sort_values(["contribution_id", "objective", "dimension"], ignore_index=True)
    )


def objectives(plan: Plan, language: Language, codebook: Codebook | None = None) -> pd.DataFrame:
    """One row per objective in the plan's order; `seeds` (the codebook's, else the plan's) joined by |."""
    changed = codebook.seeds if codebook else {}
    return pd.DataFrame(
        [
            {
                "objective": o.id,
                "strategic_question": q.id,
                "code": o.code,
                "short": language.pick(o.short),
                "title": language.pick(o.title),
                "question_title": language.pick(q.title),
                "colour": q.colour,
                "symbol": q.symbol,
                "seeds": "|".join(changed.get(o.id, o.seeds)),
            }
            for q in plan.strategic_questions
            for o in q.objectives
        ]
    )


def groups(plan: Plan, language: Language) -> pd.DataFrame:
    """One row per stakeholder group in the plan's order: `group`, `label`."""
    return pd.DataFrame([{"group": g.id, "label": language.pick(g.label)} for g in plan.stakeholder_groups])


def clusters(confirmed: Codebook | Iterable[tuple[str, str, str]]) -> pd.DataFrame:
    """One row per member of a confirmed cluster (`cluster`, `contribution_id`, `kind`), sorted.

    Of a codebook these are campaigns, and as `duplicate` what one person or one organisation sent many
    times; those that a person found alike by coincidence are absent, since each of them counts.
    """
    if isinstance(confirmed, Codebook):
        confirmed = [
            (cluster, contribution, _COUNTED_ONCE[found.kind])
            for cluster, found in confirmed.clusters.items()
            if found.kind in _COUNTED_ONCE
            for contribution in found.contributions
        ]
    table = pd.DataFrame(list(confirmed), columns=CLUSTERS.all, dtype="str")
    return table.sort_values(["cluster", "contribution_id"], ignore_index=True)


def codings(codebook: Codebook, answers: pd.DataFrame) -> pd.DataFrame:
    """One row per answer and objective: `answer_id`, `objective`, `holds` (bool), `source`; sorted.

    `judged` of the answer itself, else by the `theme` in which it stands, when that is linked to the
    objective. An answer that speaks of none has a row with the objective "", and none by a theme.
    """
    read = _as_read(codebook, answers)
    judged = {
        (answer, objective): coding.holds
        for (answer, objective), coding in codebook.codings.items()
        if read(answer, coding.digest)
    }
    judged |= {(answer, ""): True for answer, digest in codebook.of_none.items() if read(answer, digest)}
    linked = {
        (member.answer, theme.objective)
        for theme in codebook.themes.values()
        for member in theme.members
        if theme.objective and read(member.answer, member.digest)
    }
    by_theme = {(answer, about) for answer, about in linked if (answer, "") not in judged} - judged.keys()
    rows = [(*place, holds, "judged") for place, holds in judged.items()]
    rows += [(*place, True, "theme") for place in by_theme]
    return tidy_codings(pd.DataFrame(rows, columns=CODINGS.all))


def tidy_codings(table: pd.DataFrame) -> pd.DataFrame:
    """`table` in its canonical form: known columns only, `holds` true or false, sorted."""
    types = {name: "bool" if name == "holds" else "str" for name in CODINGS.all}
    return table[CODINGS.all].astype(types).sort_values(["answer_id", "objective"], ignore_index=True)


def no_codings() -> pd.DataFrame:
    """The table of a consultation in which nobody has reviewed."""
    return tidy_codings(pd.DataFrame(columns=CODINGS.all))


def themes(codebook: Codebook, answers: pd.DataFrame) -> pd.DataFrame:
    """One row per answer of each theme, all text; themes in the order of their making, answers by id."""
    read = _as_read(codebook, answers)
    rows = [
        (theme.id, theme.label, theme.description, theme.objective, member.answer)
        for theme in codebook.themes.values()
        for member in theme.members
        if read(member.answer, member.digest)
    ]
    return pd.DataFrame(rows, columns=THEMES.all, dtype="str")


def _late(late: bool) -> str:
    return LATE if late else ""


def _as_read(codebook: Codebook, answers: pd.DataFrame) -> Callable[[str, str], bool]:
    """Whether an answer is among `answers`, with the text of which something was decided."""
    decided = {answer for answer, _ in codebook.codings} | codebook.of_none.keys() | codebook.theme_of.keys()
    among = answers[answers["answer_id"].isin(decided)]  # a few of what may be a million
    digests = dict(zip(among["answer_id"], map(digest_of, among["text"]), strict=True))

    def as_read(answer: str, digest: str) -> bool:
        return digests.get(answer) == digest

    return as_read


def invitations(plan: Plan) -> pd.DataFrame:
    """One row per group of which the plan says how many people were invited: `group`, `invited`."""
    known = [(g.id, g.invited) for g in plan.stakeholder_groups if g.invited is not None]
    return pd.DataFrame(known, columns=INVITATIONS.all).astype({"group": "str", "invited": "int64"})


def targets(plan: Plan) -> pd.DataFrame:
    """One row per declared category: `variable`, `category`, `share` (0 to 1), `source`."""
    rows = [
        (target.variable, category, share, target.source)
        for target in plan.targets
        for category, share in target.shares
    ]
    types = {"variable": "str", "category": "str", "share": "float64", "source": "str"}
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def guiding_questions(plan: Plan, language: Language) -> pd.DataFrame:
    """One row per guiding question in the plan's order: `guiding_question`, `heading`, `question`."""
    return pd.DataFrame(
        [
            {
                "guiding_question": g.id,
                "heading": language.pick(g.heading),
                "question": language.pick(g.question),
            }
            for g in plan.guiding_questions
        ]
    )
