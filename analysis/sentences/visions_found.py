"""The words of the visions: which are shared by groups, and how many people hold one by themselves."""

from __future__ import annotations

from analysis.protocols import Language
from analysis.sentences.basis import Basis, Reading, caution, finding, participants
from analysis.text.visions import ONE, SHARED, TWO, Visions


def of_visions(found: Visions, basis: Basis, language: Language) -> Reading:
    """The words of the visions `found`; `basis` counts those who answered the question. None is named."""
    held = found.visions["held"]
    shared, two = int((held == SHARED).sum()), int((held == TWO).sum())
    alone = int((found.visions["n_answers"] == 1).sum())
    if shared:
        text = language.count("one vision is shared by groups", "{n} visions are shared by groups", shared)
    elif two:
        text = language.count(
            "one vision is held by two groups, none by more",
            "{n} visions are held by two groups each, none by more",
            two,
        )
    else:
        text = language.say("no vision is shared by groups in the same words")
    counts = [
        language.count("{n} answer", "{n} answers", len(found.voices)),
        language.count("from one group", "from {n} groups", found.n_groups),
        language.count("one is near no other", "{n} are near no other", alone),
    ]
    return Reading(
        finding=finding(text, basis, language),
        basis=" · ".join([*_people(basis, language), *counts]),
        caution=caution(basis, language),
        says=language.say(
            "Answers stand together where they share at least two words that say something and little "
            "else; in the middle is the answer nearest to the others. Counting gives them no name: what "
            "stands beside a bar are the words that they share."
        ),
        does_not_say=language.say(
            "It does not say that they agree, nor that the others stand alone: the same vision in other "
            "words stays apart. Read them."
        ),
    )


def why_no_visions(found: Visions, language: Language) -> str:
    """Why there are no bars; "" when there are."""
    if (found.visions["n_answers"] > 1).any():
        return ""
    return language.say("No two answers are near each other: each says it in its own words.")


def held_by(held: str, n_groups: int, n_participants: int, language: Language) -> str:
    """How many hold a vision."""
    people = language.count("{n} participant", "{n} participants", n_participants)
    groups = language.count("{n} group", "{n} groups", n_groups)
    if held == ONE and n_groups == 0:
        return language.say("{people}, group not stated", people=people)
    return f"{groups} · {people}"


def _people(basis: Basis, language: Language) -> list[str]:
    """Counts are plain: no group weighs more or less in them."""
    *only, people = participants(Basis(basis.n_participants, basis.n_answers, 0, group=basis.group), language)
    return [*only, people]
