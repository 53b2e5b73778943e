"""What one participant (or table) says, checked against the plan, version by version.

Pure: ids and times are handed in. A form sends the part that belongs to one strategic question;
`contribute` joins it to what the same contribution said before and returns its next version.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, TypeVar, get_args

from consultation.errors import BrokenContribution
from consultation.plan import UNSTATED_GROUP, Plan

Dimension = Literal["importance", "urgency", "feasibility"]
Consent = Literal["quotable_with_group", "quotable_anonymous", "counted_only"]
Channel = Literal["online", "workshop", "paper", "import"]

DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
CONSENTS: tuple[Consent, ...] = get_args(Consent)
CHANNELS: tuple[Channel, ...] = get_args(Channel)
SCALE = range(1, 6)

LONGEST_ANSWER = 5_000  # about 800 words: more than anyone writes on a phone, less than a pasted report
LONGEST_ORGANISATION = 120


@dataclass(frozen=True)
class Reply:
    """An answer to one guiding question under one strategic question.

    `objectives` are the ids the author said it speaks of: the author's own coding. `wording` is the version
    of the plan's words that was read, `late` says that it came when its question was taking none any more.
    """

    strategic_question: str
    guiding_question: str
    text: str
    objectives: tuple[str, ...] = ()
    wording: int = 1
    late: bool = False


@dataclass(frozen=True)
class Rating:
    """1 to 5 for one objective on one dimension; `None` is a "non so", which is an answer too.

    `wording` and `late` say what those of a `Reply` say.
    """

    objective: str
    dimension: Dimension
    value: int | None
    wording: int = 1
    late: bool = False


Said = TypeVar("Said", Reply, Rating)


@dataclass(frozen=True)
class Contribution:
    """Everything one participant (or table) has said, as it stood at one sending."""

    id: str
    version: int
    consultation: str
    group: str
    consent: Consent
    at: datetime
    channel: Channel = "online"
    language: str = "it"
    organisation: str = ""
    workshop: str = ""
    table: str = ""
    replies: tuple[Reply, ...] = ()
    ratings: tuple[Rating, ...] = ()

    @property
    def unit(self) -> str:
        """What is resampled and counted once: the organisation if one is given, else this contribution."""
        return self.organisation or self.id

    @property
    def late(self) -> bool:
        """Whether anything in it came when its question was taking none any more."""
        return any(reply.late for reply in self.replies) or any(rating.late for rating in self.ratings)

    def answer_id(self, reply: Reply) -> str:
        """The id an answer keeps through every version and every table."""
        return f"{self.id}/{reply.strategic_question}/{reply.guiding_question}"

    def about(self, strategic_question: str, plan: Plan) -> Part:
        """What this contribution says under one strategic question."""
        return Part(
            strategic_question,
            tuple(r for r in self.replies if r.strategic_question == strategic_question),
            tuple(r for r in self.ratings if _about(plan, r) == strategic_question),
        )


@dataclass(frozen=True)
class Part:
    """What a form sends at once: the replies and ratings under one strategic question.

    A form that asks only some guiding questions names them in `guiding_questions` (`None`: all), and one that
    asks for no ratings is not `rated`: what was said in the other places is none of its business, and stays.
    """

    strategic_question: str
    replies: tuple[Reply, ...] = ()
    ratings: tuple[Rating, ...] = ()
    guiding_questions: tuple[str, ...] | None = None
    rated: bool = True

    def within(self, guiding_questions: Collection[str], rated: bool) -> Part:
        """What of this a form shows that asks these guiding questions, and for ratings if `rated`."""
        asked = tuple(guiding_questions)
        return Part(
            self.strategic_question,
            tuple(reply for reply in self.replies if reply.guiding_question in asked),
            self.ratings if rated else (),
            asked,
            rated,
        )


@dataclass(frozen=True)
class Speaker:
    """Who is speaking: what is asked once, before the first strategic question."""

    group: str = UNSTATED_GROUP
    consent: Consent = "counted_only"
    organisation: str = ""
    language: str = "it"
    channel: Channel = "online"
    workshop: str = ""
    table: str = ""


@dataclass(frozen=True)
class Sending:
    """The outer facts of one sending, handed in by the shell that receives it.

    `wording` is the version of the plan's words that its form showed; `late`: its question had been closed.
    `erased_trials` is how many trials of the consultation had been erased when the contribution was begun.
    """

    id: str
    consultation: str
    at: datetime
    earlier: Contribution | None = None
    wording: int = 1
    late: bool = False
    erased_trials: int = 0


def contribute(plan: Plan, speaker: Speaker, part: Part, sending: Sending) -> Contribution:
    """The next version of a contribution: what was said before, with this part in place of its old one.

    Only the places that the part's form asks about are replaced. Empty replies are left out; texts are
    trimmed and freed of control characters. What is said again as it was keeps the wording it was said
    under, and does not become late. Raises `BrokenContribution` when nothing is said (and nothing said
    before is taken back), or a text is too long, and `ValueError` for ids the plan does not know, places
    the part does not ask about, or two values in one place (a form never sends those).
    """
    _known("strategic question", part.strategic_question, plan.questions)
    asked = plan.guides if part.guiding_questions is None else part.guiding_questions
    for guide in asked:
        _known("guiding question", guide, plan.guides)
    if speaker.group != UNSTATED_GROUP:
        _known("stakeholder group", speaker.group, plan.groups)
    _known("consent", speaker.consent, CONSENTS)
    _once("guiding question", [reply.guiding_question for reply in part.replies])
    _once("rating", [(rating.objective, rating.dimension) for rating in part.ratings])
    if part.ratings and not part.rated:
        raise ValueError("a part that is not rated holds a rating")
    earlier = sending.earlier
    said = earlier.about(part.strategic_question, plan) if earlier else Part(part.strategic_question)
    before = said.within(asked, part.rated)
    replies = sorted_replies(
        plan,
        (
            _tagged(_checked_reply(plan, part, asked, reply), before.replies, sending)
            for reply in part.replies
        ),
    )
    ratings = tuple(
        _tagged(_checked_rating(plan, part, rating), before.ratings, sending) for rating in part.ratings
    )
    if not (replies or ratings or before.replies or before.ratings):
        if part.rated:
            raise BrokenContribution("Nothing to send yet: rate at least one objective or write one answer.")
        raise BrokenContribution("Nothing to send yet: write at least one answer.")
    return Contribution(
        id=sending.id,
        version=earlier.version + 1 if earlier else 1,
        consultation=sending.consultation,
        group=speaker.group,
        consent=speaker.consent,
        at=sending.at,
        channel=speaker.channel,
        language=speaker.language,
        organisation=checked_organisation(speaker.organisation),
        workshop=speaker.workshop,
        table=speaker.table,
        replies=sorted_replies(
            plan, (*_besides(before.replies, earlier.replies if earlier else ()), *replies)
        ),
        ratings=sorted_ratings(
            plan, (*_besides(before.ratings, earlier.ratings if earlier else ()), *ratings)
        ),
    )


def _besides(replaced: tuple[Said, ...], said: tuple[Said, ...]) -> tuple[Said, ...]:
    """All that was said but what is replaced now."""
    return tuple(one for one in said if one not in replaced)


def _tagged(said: Said, before: Iterable[Said], sending: Sending) -> Said:
    """What was said, with when and to which words it was; as it stands if it was said `before`."""
    fresh = replace(said, wording=1, late=False)
    same = (old for old in before if replace(old, wording=1, late=False) == fresh)
    return next(same, replace(said, wording=sending.wording, late=sending.late))


def checked_organisation(name: str) -> str:
    """An organisation's name as it is kept; raises `BrokenContribution` when it is too long."""
    name = plain_text(name)
    if len(name) > LONGEST_ORGANISATION:
        raise BrokenContribution(
            "The organisation's name has {length} characters: shorten it to {most}.",
            length=len(name),
            most=LONGEST_ORGANISATION,
        )
    return name


def checked_answer(text: str) -> str:
    """An answer's text as it is kept; raises `BrokenContribution` when it is too long."""
    text = plain_text(text)
    if len(text) > LONGEST_ANSWER:
        raise BrokenContribution(
            "An answer has {length} characters: shorten it to {most}. Nothing you wrote is lost.",
            length=len(text),
            most=LONGEST_ANSWER,
        )
    return text


def plain_text(text: str) -> str:
    """`text` as people meant it: NFC, line ends as `\\n`, no control characters, no blanks at its ends.

    Every sign that ends a line does so here (word processors paste a vertical tab for one); signs younger
    than this Python, such as new emoji, are kept.
    """
    lines = "\n".join(text.splitlines())
    return unicodedata.normalize("NFC", "".join(c for c in lines if _is_text(c))).strip()


def _is_text(sign: str) -> bool:
    if sign in "\n\t":
        return True
    point = ord(sign)
    never_a_character = point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
    return not never_a_character and unicodedata.category(sign) not in ("Cc", "Cs")


def _about(plan: Plan, rating: Rating) -> str:
    """The strategic question whose objective is rated; "" for one that the plan asks no more."""
    objective = plan.objectives.get(rating.objective)
    return objective.strategic_question if objective else ""


def _checked_reply(plan: Plan, part: Part, asked: Collection[str], reply: Reply) -> Reply:
    _known("guiding question", reply.guiding_question, plan.guides)
    if reply.guiding_question not in asked:
        raise ValueError(f"{reply.guiding_question!r} is not a place that this part asks about")
    if reply.strategic_question != part.strategic_question:
        raise ValueError(f"a part about {part.strategic_question} holds another question")
    for objective in reply.objectives:
        _known("objective", objective, [o.id for o in plan.questions[part.strategic_question].objectives])
    return replace(reply, text=checked_answer(reply.text))


def _checked_rating(plan: Plan, part: Part, rating: Rating) -> Rating:
    _known("objective", rating.objective, [o.id for o in plan.questions[part.strategic_question].objectives])
    _known("dimension", rating.dimension, DIMENSIONS)
    if rating.value is not None and rating.value not in SCALE:
        raise ValueError(f"a rating of {rating.value} is off the scale 1 to 5")
    return rating


def sorted_replies(plan: Plan, replies: Iterable[Reply]) -> tuple[Reply, ...]:
    """`replies` in the plan's order; the empty ones are left out, those to nothing it asks come last."""
    questions, guides = _places(plan.questions), _places(plan.guides)
    return tuple(
        sorted(
            (reply for reply in replies if reply.text),
            key=lambda r: (
                questions.get(r.strategic_question, len(questions)),
                guides.get(r.guiding_question, len(guides)),
                r.strategic_question,
                r.guiding_question,
            ),
        )
    )


def sorted_ratings(plan: Plan, ratings: Iterable[Rating]) -> tuple[Rating, ...]:
    """`ratings` in the plan's order; those of objectives that it has not come last."""
    objectives = _places(plan.objectives)
    return tuple(
        sorted(
            ratings,
            key=lambda r: (
                objectives.get(r.objective, len(objectives)),
                r.objective,
                DIMENSIONS.index(r.dimension),
            ),
        )
    )


def _places(ids: Iterable[str]) -> dict[str, int]:
    return {known: place for place, known in enumerate(ids)}


def _once(what: str, values: Sequence[object]) -> None:
    if len(set(values)) < len(values):
        raise ValueError(f"a part holds one {what} twice")


def _known(what: str, value: str, known: Iterable[str]) -> None:
    if value not in known:
        raise ValueError(f"{value!r} is not a {what} of this plan")
