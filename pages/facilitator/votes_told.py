"""What the minutes say of votes: revealed ones with their figures, and on what the room differs."""

from __future__ import annotations

from analysis.sentences.figures import joined, quoted
from analysis.sentences.votes import item_names
from consultation import tables
from consultation.language import Language
from consultation.minutes import VoteTold
from pages.facilitator.vote_results import contested_here, result
from pages.frame.rooms import Live


def votes_told(seen: Live, reader: Language) -> list[VoteTold]:
    """Each revealed vote, in the order of their opening."""
    told = []
    for held in seen.room.ballots.values():
        if held.revealed:
            found = result(seen, held.ballot, reader)
            reading = found.reading
            told_of_it = (f"{reading.finding}.", reading.says, reading.does_not_say)
            sentences = tuple(sentence for sentence in told_of_it if sentence)
            told.append(VoteTold(held.ballot.id, found.n_voters, (reading.basis,), found.table, sentences))
    return told


def contested_told(seen: Live, reader: Language) -> list[str]:
    """On which objectives those who rated differ; nothing where on none."""
    contested = contested_here(seen)
    if not contested:
        return []
    names = item_names(contested, tables.objectives(seen.consultation.plan, reader))
    told = joined([quoted(names[objective], reader) for objective in contested], reader)
    return [reader.say("By what was rated in this room, people differ on {names}.", names=told)]
