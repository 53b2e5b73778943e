"""Why an answer may be hidden from the room: the same words for participants, facilitators and minutes."""

from __future__ import annotations

from consultation.language import Language
from consultation.moderation import Reason


def policy(reader: Language) -> str:
    """What is read before a room sees it, why an answer may be hidden, and what that means."""
    say = reader.say
    return " ".join(
        (
            say("What is written in a workshop is read by a person before it is projected."),
            say(
                "An answer is hidden only for one of these reasons: {reasons}. A hidden answer still counts, "
                "and every hiding is logged with its reason.",
                reasons=", ".join(reason_names(reader).values()),
            ),
        )
    )


def reason_names(reader: Language) -> dict[Reason, str]:
    """Each reason in a few words, as they stand within a sentence."""
    say = reader.say
    return {
        "personal_data": say("personal data"),
        "offensive": say("offence or threat"),
        "off_topic": say("off topic"),
        "advertising": say("advertising"),
        "repeated": say("the same text again"),
        "other": say("another reason, which is put on record"),
    }
