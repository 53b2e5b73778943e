"""What holds of all that was read: which answers may be shown, which wait, and how often for what reason.

The latest reading of an answer counts, and only for the text that was read: a changed one waits again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from consultation.codebook import digest_of
from consultation.contribution import Contribution, Reply, plain_text
from consultation.declaration import LONGEST_NAME
from consultation.errors import BrokenModeration
from consultation.moderation import LONGEST_REMARK, REASONS, Moderation, Reason

Standing = Literal["shown"] | Reason


@dataclass(frozen=True)
class Moderated:
    """What people have read of one consultation: the `latest` moderation of each answer, and how `many`."""

    latest: Mapping[str, Moderation]
    many: Mapping[str, int]

    @classmethod
    def after(cls, log: Iterable[Moderation]) -> Moderated:
        """What holds after these, oldest first; one whose answer was erased says nothing of any."""
        told = [moderation for moderation in log if moderation.answer]
        return cls(
            {moderation.answer: moderation for moderation in told},
            Counter(moderation.answer for moderation in told),
        )

    def standing(self, answer: str, text: str) -> Moderation | None:
        """What was decided last of this answer; `None` when it waits: nobody has read this text of it."""
        latest = self.latest.get(answer)
        return latest if latest and latest.digest == digest_of(text) else None

    def shown(self, contribution: Contribution, reply: Reply) -> bool:
        """Whether it was read and not hidden. Whether its author lets it be quoted is another question."""
        standing = self.standing(contribution.answer_id(reply), reply.text)
        return standing is not None and standing.shown

    def queue(self, contributions: Iterable[Contribution]) -> list[tuple[Contribution, Reply]]:
        """The answers that wait, oldest first; those to be counted only do not: nobody is shown them."""
        return [
            (contribution, reply)
            for contribution in sorted(contributions, key=lambda c: (c.at, c.id))
            if contribution.consent != "counted_only"
            for reply in contribution.replies
            if self.standing(contribution.answer_id(reply), reply.text) is None
        ]

    def hidden_answers(self, contributions: Iterable[Contribution]) -> frozenset[str]:
        """The ids of the answers that are hidden; they count in every figure all the same."""
        places = ((c.answer_id(reply), reply.text) for c in contributions for reply in c.replies)
        standing = ((answer, self.standing(answer, text)) for answer, text in places)
        return frozenset(answer for answer, found in standing if found is not None and not found.shown)

    def counts(self) -> dict[Standing, int]:
        """How many answers are shown, and hidden for each reason, by the latest reading of each."""
        found = Counter(moderation.reason for moderation in self.latest.values())
        return {"shown": found[None], **{reason: found[reason] for reason in REASONS}}

    def seen(self, answer: str) -> int:
        """How often it was read: what its next moderation comes `after` in `Store.moderate`."""
        return self.many.get(answer, 0)


def moderation(
    answer: str, text: str, at: datetime, reason: Reason | None = None, remark: str = "", by: str = ""
) -> Moderation:
    """That `by` has read this `text` of an answer, and shows it, or hides it for a `reason`.

    Raises `BrokenModeration` when the remark or the name is too long, or the reason `other` stands without
    a remark, and `ValueError` for another reason or what is no id of an answer.
    """
    if answer.count("/") < 2:
        raise ValueError(f"{answer!r} is no id of an answer")
    if reason is not None and reason not in REASONS:
        raise ValueError(f"{reason!r} is no reason to hide an answer")
    remark, by = _one_line(remark), _one_line(by)
    if reason == "other" and not remark:
        raise BrokenModeration("Say in a few words why this answer is hidden: the log shall tell.")
    if len(remark) > LONGEST_REMARK:
        raise BrokenModeration("Shorten the remark to {most} characters.", most=LONGEST_REMARK)
    if len(by) > LONGEST_NAME:
        raise BrokenModeration("Say who reads the answers in at most {most} characters.", most=LONGEST_NAME)
    return Moderation(answer, digest_of(text), at, reason, remark, by)


def rows(log: Iterable[Moderation]) -> list[dict[str, str]]:
    """The log as it is downloaded, oldest first: `at`, `by`, `answer`, `standing`, `reason`, `remark`.

    It holds no word of an answer; of an erased one neither its id nor the remark.
    """
    return [
        {
            "at": moderation.at.isoformat(),
            "by": moderation.by,
            "answer": moderation.answer,
            "standing": "shown" if moderation.shown else "hidden",
            "reason": moderation.reason or "",
            "remark": moderation.remark,
        }
        for moderation in log
    ]


def _one_line(text: str) -> str:
    return " ".join(plain_text(text).split())
