"""Answers read before the room sees them: passed, or hidden for a reason that is counted; or turned again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from consultation.codebook import digest_of
from consultation.contribution import Contribution, Reply
from consultation.errors import BrokenModeration, Problem
from consultation.exporting import csv_bytes
from consultation.moderated import Moderated, moderation, rows
from consultation.moderation import LONGEST_REMARK, REASONS, Reason
from consultation.moderation_words import policy, reason_names
from consultation.permissions import may_run, require
from consultation.personal_data import personal_data
from consultation.personal_data_words import kinds_named
from consultation.workshop import Workshop
from pages.frame.access import visitor
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.problems import tell
from pages.frame.rooms import Live, live, who_conducts
from pages.frame.store import store

AT_ONCE = 10  # answers on the screen: a facilitator reads between two glances at the room
EVERY = 4.0  # seconds: what has just come waits no longer to be seen
_PROBLEMS = "moderation-problems"


@dataclass(frozen=True)
class OnScreen:
    """An answer as it stands on the screen, without its words, and how often it was moderated by then.

    Whoever presses has read this text: the author may change it, and others may read it, meanwhile.
    """

    answer: str
    digest: str
    seen: int

    @classmethod
    def of(cls, moderated: Moderated, one: Contribution, reply: Reply) -> OnScreen:
        answer = one.answer_id(reply)
        return cls(answer, digest_of(reply.text), moderated.seen(answer))

    def key(self, name: str) -> str:
        """The name of one of its fields."""
        return f"{name}-{self.answer.replace('/', '-')}"


def show(seen: Live) -> None:
    """The queue, oldest first; then what was passed or hidden, to be turned; then the log."""
    say, count = language().say, language().count
    queue = seen.moderated.queue(seen.came)
    st.header(
        count("1 answer to read", "{n} answers to read", len(queue)) if queue else say("All answers are read")
    )
    with st.expander(say("By what rules (participants see them too)")):
        st.markdown(plain(policy(language())))
    top = st.container()  # always there: what stands below keeps its place, and an open field stays open
    shown = queue[:AT_ONCE]
    reads = tuple(OnScreen.of(seen.moderated, *waiting) for waiting in shown)
    for read, (one, reply) in zip(reads, shown, strict=True):
        _waiting(seen, read, one, reply)
    _pass_all(seen.workshop, shown, reads)  # after the last of them: who presses it has come by all
    if len(queue) > len(shown):
        st.text(count("1 more waits", "{n} more wait", len(queue) - len(shown)))
    _read_already(seen)
    _log(seen)
    for problem in st.session_state.pop(_PROBLEMS, {}).values():  # of what stands here no more
        with top:
            tell(problem)
    _watch(seen.workshop, _first(seen))


def _pass_all(
    workshop: Workshop, shown: Sequence[tuple[Contribution, Reply]], reads: Sequence[OnScreen]
) -> None:
    """One tap for all that were read, but for those that may hold personal data: these go one by one."""
    say, count = language().say, language().count
    plain_ones = tuple(
        read for read, (_, reply) in zip(reads, shown, strict=True) if not personal_data(reply.text)
    )
    if len(plain_ones) > 1:
        st.button(
            say("I have read these {n}: all may be shown", n=len(plain_ones)),
            key="pass-all",
            on_click=_moderate,
            args=(workshop, plain_ones),
        )
    if marked := len(shown) - len(plain_ones):
        st.markdown(
            count(
                "1 answer may hold personal data: it needs a tap of its own.",
                "{n} answers may hold personal data: each needs a tap of its own.",
                marked,
            )
            + " "
            + say(
                "Telephone numbers, e-mail addresses, fiscal codes and IBANs are looked for, sometimes "
                "wrongly; names and illnesses never: only who reads finds those."
            )
        )


def _waiting(seen: Live, read: OnScreen, one: Contribution, reply: Reply) -> None:
    say = language().say
    with st.container(border=True, key=read.key("read")):
        _text(seen, one, reply)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.button(
                say("May be shown"),
                key=read.key("pass"),
                on_click=_moderate,
                args=(seen.workshop, (read,)),
            )
            _hide(seen, read)


def _hide(seen: Live, read: OnScreen) -> None:
    """Hiding asks for a reason: it is counted."""
    say, names = language().say, reason_names(language())
    with st.popover(say("Hide…")):
        reason = st.radio(
            say("Why is it hidden?"),
            list(REASONS),
            index=None,
            format_func=lambda one: names[one].capitalize(),
            key=read.key("typed/reason"),
        )
        st.text_input(say("Remark"), max_chars=LONGEST_REMARK, key=read.key("typed/remark"))
        st.button(
            say("Hide it: it still counts"),
            key=read.key("hide"),
            disabled=reason is None,
            on_click=_hide_for_reason,
            args=(seen.workshop, read),
        )


def _text(seen: Live, one: Contribution, reply: Reply) -> None:
    """The answer, under its question, whether its author lets it be quoted, and what may be private in it."""
    say, pick = language().say, language().pick
    guide = seen.consultation.plan.guides.get(reply.guiding_question)
    heads = [pick(guide.heading)] if guide else []
    if one.table:
        heads.append(one.table)
    if reply.late:
        heads.append(say("arrived after the closing"))
    if one.consent == "counted_only":
        heads.append(say("to be counted only: never shown"))
    st.markdown(f"**{plain(' · '.join(heads))}**")
    if kinds := personal_data(reply.text):
        st.text(say("It may hold personal data: {what}", what=kinds_named(kinds, language())))
    st.text(reply.text)
    if problem := st.session_state.get(_PROBLEMS, {}).pop(one.answer_id(reply), None):
        tell(problem)


def _read_already(seen: Live) -> None:
    """Everything passed or hidden, to be turned round."""
    say, count = language().say, language().count
    read = [
        (one, reply, standing)
        for one in seen.came
        for reply in one.replies
        if (standing := seen.moderated.standing(one.answer_id(reply), reply.text)) is not None
    ]
    if not read:
        return
    hidden = [entry for entry in read if not entry[2].shown]
    which = st.segmented_control(
        say("Read already"),
        ["hidden", "shown"],
        format_func={
            "hidden": count("{n} hidden", "{n} hidden", len(hidden)),
            "shown": count("{n} may be shown", "{n} may be shown", len(read) - len(hidden)),
        }.__getitem__,
        key="typed/read-already",
    )
    names = reason_names(language())
    for one, reply, standing in read:
        if which is None or standing.shown != (which == "shown"):
            continue
        shown = OnScreen.of(seen.moderated, one, reply)
        with st.container(border=True, key=shown.key("turn")):
            _text(seen, one, reply)
            if standing.reason is None:
                _hide(seen, shown)
            else:
                reason = " · ".join(part for part in (names[standing.reason], standing.remark) if part)
                st.text(say("Hidden: {reason}", reason=reason))
                st.button(
                    say("Show it again"),
                    key=shown.key("show"),
                    on_click=_moderate,
                    args=(seen.workshop, (shown,)),
                )


def _log(seen: Live) -> None:
    log = store().moderations(seen.consultation.id)
    if log:
        st.download_button(
            language().say("The log of moderation (CSV, no words of anybody)"),
            csv_bytes(pd.DataFrame(rows(log))),
            file_name=f"{seen.consultation.id}-moderation.csv",
            mime="text/csv",
            key="moderation-log",
        )


def _hide_for_reason(workshop: Workshop, read: OnScreen) -> None:
    """With the reason and the remark as they stand in the fields when it is pressed."""
    reason = st.session_state.get(read.key("typed/reason"))
    _moderate(workshop, (read,), reason, str(st.session_state.get(read.key("typed/remark")) or ""))


def _moderate(
    workshop: Workshop, reads: Iterable[OnScreen], reason: Reason | None = None, remark: str = ""
) -> None:
    """Keep that these were read, before the page shows what holds now; each problem is told there."""
    problems: dict[str, Problem] = {}
    for read in reads:
        try:
            _keep(live(workshop), read, reason, remark)
        except Problem as problem:
            problems[read.answer] = problem
    st.session_state[_PROBLEMS] = problems


def _keep(now: Live, read: OnScreen, reason: Reason | None, remark: str) -> None:
    require(may_run, visitor(), now.consultation)
    texts = {one.answer_id(reply): reply.text for one in now.came for reply in one.replies}
    text = texts.get(read.answer, "")
    if digest_of(text) != read.digest:
        raise BrokenModeration("Its author has changed or taken back this answer meanwhile: read it again.")
    kept = moderation(read.answer, text, datetime.now(UTC), reason, remark, who_conducts())
    store().moderate(now.consultation.id, kept, read.seen)


@st.fragment(run_every=EVERY)
def _watch(workshop: Workshop, shown: tuple[object, ...]) -> None:
    """Shows the page anew when an answer has come, or somebody else has read one."""
    with suppress(Problem):  # a store that does not answer waits for the next look
        if _first(live(workshop)) != shown:
            st.rerun()


def _first(seen: Live) -> tuple[object, ...]:
    """How many wait, and which of them stand on the screen; without their words."""
    queue = seen.moderated.queue(seen.came)
    return len(queue), *(OnScreen.of(seen.moderated, *waiting) for waiting in queue[:AT_ONCE])
