"""From a form to the store: once per tap, joined to whatever was said meanwhile elsewhere."""

from __future__ import annotations

from dataclasses import replace

from consultation.contribution import Contribution, Part, Sending, Speaker, contribute
from consultation.errors import NotOpen, VersionTaken
from consultation.intake import intake
from consultation.occasion import Consultation
from consultation.plan import Plan
from consultation.room import Room
from consultation.stores import Store

ATTEMPTS = 5  # two devices of one person may meet; five in a row do not


def send(
    store: Store,
    speaker: Speaker,
    part: Part,
    sending: Sending,
    return_code: str,
    begun_in: int | None = None,
) -> Contribution:
    """The contribution as it is kept now, with this part in it.

    `begun_in` says that the part's form was begun while its question was taken: in the round of this number,
    0 outside of rounds. Then it is kept however the question was closed since, and tagged as late.

    Joins the part to the latest version the store has (not to `sending.earlier`). What is kept already is
    not kept again: a second tap changes nothing. Raises `NotOpen`, `BrokenContribution`, `ErasedContribution`
    or `BrokenStore`; then nothing was kept.
    """
    attempt = 0
    while True:
        attempt += 1
        consultation = store.consultation(sending.consultation)
        consultation.require_same_trial(sending.erased_trials)
        room = _room(store, speaker.workshop)
        late = _late(consultation, room, part, sending, begun_in)
        _require_asked(consultation.plan, part)
        latest = store.contribution(sending.id)
        new = contribute(consultation.plan, speaker, part, replace(sending, earlier=latest, late=late))
        if latest is not None and latest == replace(new, version=latest.version, at=latest.at):
            return latest
        try:
            store.add(new, return_code=return_code, erased_trials=sending.erased_trials)
        except VersionTaken:
            if attempt == ATTEMPTS:
                raise
        else:
            return new


def _room(store: Store, word: str) -> Room | None:
    workshop = store.workshop(word) if word else None
    return Room.after(workshop, store.steps(word)) if workshop else None


def _late(
    consultation: Consultation, room: Room | None, part: Part, sending: Sending, begun_in: int | None
) -> bool:
    """Whether it comes when its question, or the round it was begun in, takes nothing any more."""
    late = intake(consultation, room, part.strategic_question, sending.at, begun_in is not None)
    if not (room and begun_in):
        return late
    # another round may ask about the same strategic question by now, but not what this form asks
    return late or begun_in not in [state.number for state in room.open_rounds()]


def _require_asked(plan: Plan, part: Part) -> None:
    """Raises `NotOpen` when a trial asks by now something else than the part's form does."""
    question = plan.questions.get(part.strategic_question)
    guides = {*(part.guiding_questions or ()), *(reply.guiding_question for reply in part.replies)}
    rated = {rating.objective for rating in part.ratings}
    objectives = {objective.id for objective in question.objectives} if question else set()
    if question is None or not (guides <= plan.guides.keys() and rated <= objectives):
        raise NotOpen(
            "The questions were changed while you were writing: go back to them, and open this one again."
        )
