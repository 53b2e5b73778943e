"""What can go wrong that a person can mend, each named after what happened.

A `Problem` carries an English sentence with `{named}` places and the values to put there. The shells
tell it once, in the reader's language (`Language.tell`). A programmer's mistake stays a `ValueError`.
"""

from __future__ import annotations


class Problem(Exception):
    """Something a person can mend; `message` says what happened and what to do."""

    def __init__(self, message: str, /, **values: object) -> None:
        self.message = message
        self.values = values
        super().__init__(message.format(**values))


class BrokenPlan(Problem):
    """A plan file that cannot be used; `key` names the place to mend."""


class BrokenContribution(Problem):
    """Something a participant sent that cannot be kept as it is; nothing typed is lost."""


class NotOpen(Problem):
    """The consultation takes no answers at present."""


class UnknownConsultation(Problem):
    """No consultation of that name is kept in this store."""


class BrokenWorkshop(Problem):
    """A workshop that cannot be made as it is."""


class BrokenDates(Problem):
    """Opening and closing times that do not fit each other."""


class BrokenBallot(Problem):
    """A vote that cannot be held as it is."""


class BrokenVote(Problem):
    """What one person gave in a vote and cannot be kept as it is; nothing chosen is lost."""


class BrokenStep(Problem):
    """Something a facilitator does that cannot be done as it is."""


class BrokenModeration(Problem):
    """A moderation that cannot be kept as it is."""


class ConsultationTaken(Problem):
    """What is changed rests on a consultation that somebody else has changed in the meantime."""


class WorkshopTaken(Problem):
    """What is changed rests on a workshop that somebody else has changed in the meantime."""


class StepsTaken(Problem):
    """What is done rests on a workshop in which somebody else has done something in the meantime."""


class ModerationTaken(Problem):
    """Somebody else has moderated the answer in the meantime."""


class TooManyGuesses(Problem):
    """So many words of no workshop were tried that the next try has to wait."""


class BrokenDeclaration(Problem):
    """Rules that cannot be declared as they are."""


class UnchangedRules(Problem):
    """The rules declared are those that hold already."""


class RulesTaken(Problem):
    """What was declared rests on rules, or on a stage, that somebody else has changed in the meantime."""


class BrokenDecision(Problem):
    """Something decided while reading answers that cannot be kept as it is."""


class NothingDecided(Problem):
    """What was decided holds already."""


class ThemeGone(Problem):
    """The theme was merged, discarded or undone in the meantime."""


class NothingToUndo(Problem):
    """No decision is left that could be undone."""


class DecisionsTaken(Problem):
    """What was decided rests on decisions that somebody else has added to in the meantime."""


class UnknownInvitation(Problem):
    """The word of no workshop."""


class UnknownReturnCode(Problem):
    """The return code opens no contribution."""


class VersionTaken(Problem):
    """Another device has already sent this version of the contribution, with other content."""


class ErasedContribution(Problem):
    """The contribution was erased: nothing can be added to it any more."""


class BrokenStore(Problem):
    """The store cannot be opened, or does not answer."""


class UnreadableFile(Problem):
    """A file that cannot be read at all."""


class MissingColumns(Problem):
    """A table lacks columns that it must have."""


class BrokenMapping(Problem):
    """What was said about the columns of a file cannot be followed."""


class BrokenSeeds(Problem):
    """A file of labels and seed words that cannot be used."""


class UnreadRow(Problem):
    """One row that could not be used; the others count."""


class Notice(Problem):
    """Something that was read, but that the person should know of. Never raised."""


class NotAllowed(Problem):
    """The visitor may not do this here."""


class BrokenReceipt(Problem):
    """A receipt from which the analysis cannot be made again."""


class CannotWrite(Problem):
    """A result could not be written where it was asked for."""


class BrokenEdition(Problem):
    """A change to a plan that cannot be made as it is."""
