"""The agenda of a workshop as it went, and how many answers came to each question."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from consultation.contribution import Contribution
from consultation.language import Language
from consultation.minutes_parts import Cell, Figures, Part, lines
from consultation.minutes_rounds import clock, minutes_open, span
from consultation.plan import Plan
from consultation.room import Room, RoundState
from consultation.steps import Step
from consultation.workshop import Round


def agenda(
    plan: Plan,
    room: Room,
    steps: Sequence[Step],
    contributions: Collection[Contribution],
    language: Language,
) -> tuple[Part, ...]:
    """A row per round with its times and what came in it, then the questions of those that were held in full.

    `steps` are those that hold. An answer belongs to each round that asks its question: two rounds that ask
    the same show the same answers, and it is said.
    """
    say = language.say
    if not room.rounds:
        sentence = say("There were no rounds: all questions were asked while the consultation was open.")
        return (Part(lines([sentence])), *_asked(plan, room, language))
    headings = (
        say("Round"),
        say("Planned minutes"),
        say("Opened at"),
        say("Closed at"),
        say("Minutes open"),
        say("Answers"),
        say("Late answers"),
        say("Who rated"),
    )
    rows = tuple(
        (
            f"{state.number}. {_titles(plan, language).get(state.round.strategic_question, '')}",
            state.round.minutes or None,
            *_times(state, steps, language),
            *_came(plan, state.round, contributions),
        )
        for state in room.rounds
    )
    sentences = [
        say(
            "A late answer was begun while its round was open and sent after that; it counts like any other. "
            "“Minutes open” leaves out pauses, “Who rated” counts people or tables that rated at least one "
            "objective."
        )
    ]
    if _asked_twice(plan, _held(room)):
        sentences.append(say("Where two rounds asked the same question, its answers stand in both rows."))
    table = Figures(say("Rounds"), headings, rows)
    return (Part((table, *lines(sentences)), n=len(contributions)), *_asked(plan, room, language))


def answers_by_question(
    plan: Plan, room: Room, contributions: Collection[Contribution], language: Language
) -> Part:
    """How many answers came to each question that this workshop asked, and how many of them late."""
    say = language.say
    replies = [reply for one in contributions for reply in one.replies]
    title = say("Answers received")
    if not replies:
        return Part(lines([say("Nobody wrote an answer.")]), title)
    asked = _asked_places(plan, room)
    rows = []
    for question in plan.strategic_questions:
        for guide in plan.guiding_questions:
            place = (question.id, guide.id)
            came = [r for r in replies if (r.strategic_question, r.guiding_question) == place]
            if came or place in asked:
                label = f"{language.pick(question.title)}: {language.pick(guide.heading)}"
                rows.append((label, len(came), sum(reply.late for reply in came)))
    wrote = sum(bool(one.replies) for one in contributions)
    told = language.count(
        "One person or table wrote at least one answer.",
        "{n} people or tables wrote at least one answer.",
        wrote,
    )
    headings = (say("Question"), say("Answers"), say("Late answers"))
    table = Figures(say("Answers to each question"), headings, tuple(rows))
    return Part((*lines([told]), table), title, n=wrote)


def _asked(plan: Plan, room: Room, language: Language) -> tuple[Part, ...]:
    """The strategic questions that were asked, then their guiding questions once, since most share them."""
    pick, asked = language.pick, _asked_places(plan, room)
    parts = (
        (
            language.say("What was asked"),
            [
                f"{pick(question.title)}: {pick(question.statement)}"
                for question in plan.strategic_questions
                if any(question.id == about for about, _ in asked)
            ],
        ),
        (
            language.say("The guiding questions"),
            [
                f"{pick(guide.heading)}: {pick(guide.question)}"
                for guide in plan.guiding_questions
                if any(guide.id == asks for _, asks in asked)
            ],
        ),
    )
    return tuple(Part(lines(sentences), title) for title, sentences in parts if sentences)


def _times(
    state: RoundState, steps: Sequence[Step], language: Language
) -> tuple[str, str | None, int | None]:
    """When a round was opened and closed, and for how many minutes it took answers."""
    when = span(steps)
    if state.opened is None or when is None:
        return (language.say("not held"), None, None)
    if state.closed is None:
        closed = language.say("in a pause") if state.stage == "paused" else language.say("still open")
        return (clock(state.opened, when[0]), closed, None)
    return (clock(state.opened, when[0]), clock(state.closed, when[0]), minutes_open(steps, state.number))


def _came(plan: Plan, one: Round, contributions: Collection[Contribution]) -> tuple[Cell, Cell, Cell]:
    """Answers that came in a round, how many of them late, and how many contributions rated in it."""
    places = _places(plan, one)
    replies = [
        r for c in contributions for r in c.replies if (r.strategic_question, r.guiding_question) in places
    ]
    question = plan.questions.get(one.strategic_question)
    objectives = {o.id for o in question.objectives} if question else set()
    raters = sum(any(rating.objective in objectives for rating in c.ratings) for c in contributions)
    return (len(replies), sum(reply.late for reply in replies), raters if one.rated else None)


def _places(plan: Plan, one: Round) -> set[tuple[str, str]]:
    """The pairs of strategic and guiding question that a round asks, of those that the plan still asks."""
    guides = one.guiding_questions or tuple(plan.guides)
    return {(one.strategic_question, guide) for guide in guides if guide in plan.guides}


def _held(room: Room) -> list[Round]:
    return [state.round for state in room.rounds if state.stage != "draft"]


def _asked_places(plan: Plan, room: Room) -> set[tuple[str, str]]:
    """What was asked in the rounds that were held; everything, in a workshop without rounds."""
    rounds = _held(room) if room.rounds else [Round(question) for question in plan.questions]
    return {place for one in rounds for place in _places(plan, one)}


def _asked_twice(plan: Plan, rounds: Sequence[Round]) -> bool:
    places = [place for one in rounds for place in _places(plan, one)]
    return len(set(places)) < len(places)


def _titles(plan: Plan, language: Language) -> dict[str, str]:
    """Every strategic question's title by its id; also of those that a draft has ceased to ask."""
    return {q.id: language.pick(q.title) for q in (*plan.strategic_questions, *plan.unasked_questions)}
