"""What stands at the end of minutes: moderation in numbers, the questions' wording, the log of steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from consultation.contribution import Contribution
from consultation.language import Language
from consultation.minutes_parts import Figures, Part, lines
from consultation.minutes_rounds import clock, span, step_told
from consultation.moderated import Moderated
from consultation.moderation import REASONS
from consultation.moderation_words import reason_names
from consultation.room import Room
from consultation.steps import Step


def answers_by_moderation(
    moderated: Moderated, contributions: Collection[Contribution], language: Language
) -> Part:
    """How many answers were read, and how many hidden for each reason."""
    say = language.say
    found: Counter[str] = Counter()
    for one in contributions:
        for reply in one.replies:
            standing = moderated.standing(one.answer_id(reply), reply.text)
            found["waiting" if standing is None else standing.reason or "shown"] += 1
    told: dict[str, str] = {"shown": say("Read and shown"), "waiting": say("Not read yet")}
    for reason, name in reason_names(language).items():
        told[reason] = say("Hidden: {reason}", reason=name)
    rows = tuple(
        (told[standing], found[standing])
        for standing in ("shown", *REASONS, "waiting")
        if found[standing] or standing in ("shown", "waiting")
    )
    table = Figures(say("Answers by moderation"), (say("Moderation"), say("Answers")), rows)
    sentence = say("A hidden answer counts in every figure; it is only not shown.")
    return Part((table, *lines([sentence])), say("Moderation"), n=sum(found.values()))


def answers_by_wording(wording: int, contributions: Collection[Contribution], language: Language) -> Part:
    """Which version of the plan's words was answered; a table unless it is always `wording`, that of now."""
    say = language.say
    versions = Counter(reply.wording for one in contributions for reply in one.replies)
    now = say("The questions stand here in version {number} of their wording.", number=wording)
    blocks = lines([now])
    title = say("Wording of the questions")
    if not versions.keys() - {wording}:
        return Part(blocks, title)
    rows = tuple((str(version), n) for version, n in sorted(versions.items()))
    table = Figures(say("Answers by the wording they reply to"), (say("Version"), say("Answers")), rows)
    return Part((*blocks, table), title, n=versions.total())


def log(room: Room, steps: Sequence[Step], language: Language) -> Part:
    """Each step that holds, with its time and without its author."""
    say, title = language.say, language.say("What was done, and when")
    if not steps:
        return Part(lines([say("Nothing was done in this workshop.")]), title)
    when = span(steps)
    ballots = {id_: held.ballot.title for id_, held in room.ballots.items()}
    rows = tuple(
        (clock(step.at, when[0] if when else None), step_told(step, ballots, language)) for step in steps
    )
    sentence = say("What was undone is left out.")
    return Part((*lines([sentence]), Figures(title, (say("Clock time"), say("What")), rows)), title)
