"""Why an answer may be hidden from the room: the same words for participants and for facilitators."""

from __future__ import annotations

from consultation.language import Language
from consultation.moderation import Reason


def policy(reader: Language) -> str:
    """Why an answer may be hidden, and what that means."""
    say = reader.say
    return say(
        "A person reads what you write before it is shown in the room. An answer is hidden only for one of "
        "these reasons: {reasons}. A hidden answer still counts, and every hiding is logged with its reason.",
        reasons=", ".join(name.lower() for name in reason_names(reader).values()),
    )


def reason_names(reader: Language) -> dict[Reason, str]:
    """Each reason in a few words."""
    say = reader.say
    return {
        "personal_data": say("Personal data of somebody"),
        "offensive": say("Offence or threat"),
        "off_topic": say("Off topic"),
        "advertising": say("Advertising"),
        "repeated": say("The same text again"),
        "other": say("Another reason, said in the remark"),
    }
