"""Answers read before the room sees them: passed, or hidden for a reason that is counted; or turned again."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from consultation.contribution import Contribution, Reply
from consultation.exporting import csv_bytes
from consultation.moderated import moderation, rows
from consultation.moderation import LONGEST_REMARK, REASONS, Reason
from consultation.permissions import may_run, require
from pages.frame.access import visitor
from pages.frame.language import language
from pages.frame.moderation_words import policy, reason_names
from pages.frame.plain import plain
from pages.frame.problems import told
from pages.frame.rooms import Live, who_conducts
from pages.frame.store import store

AT_ONCE = 10  # answers on the screen: a facilitator reads between two glances at the room


def show(seen: Live) -> None:
    """The queue, oldest first; then what was passed or hidden, to be turned; then the log."""
    say, count = language().say, language().count
    queue = seen.moderated.queue(seen.came)
    st.header(
        count("1 answer to read", "{n} answers to read", len(queue)) if queue else say("All answers are read")
    )
    with st.expander(say("By what rules (participants see them too)")):
        st.markdown(policy(language()))
    shown = queue[:AT_ONCE]
    if len(shown) > 1 and st.button(
        say("I have read these {n}: all may be shown", n=len(shown)), key="pass-all", type="primary"
    ):
        _pass_all(seen, shown)
    for one, reply in shown:
        _waiting(seen, one, reply)
    if len(queue) > len(shown):
        st.text(count("1 more waits", "{n} more wait", len(queue) - len(shown)))
    _read_already(seen)
    _log(seen)


def _waiting(seen: Live, one: Contribution, reply: Reply) -> None:
    say = language().say
    answer = one.answer_id(reply)
    with st.container(border=True, key=f"read-{_key(answer)}"):
        _text(seen, one, reply)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            if st.button(say("May be shown"), key=f"pass-{_key(answer)}"):
                _moderate(seen, one, reply, None, "")
            _hide(seen, one, reply)


def _hide(seen: Live, one: Contribution, reply: Reply) -> None:
    """Hiding asks for a reason: it is counted."""
    say, key = language().say, _key(one.answer_id(reply))
    names = reason_names(language())
    with st.popover(say("Hide…")):
        reason = st.radio(
            say("Why is it hidden?"),
            list(REASONS),
            index=None,
            format_func=names.__getitem__,
            key=f"typed/reason-{key}",
        )
        remark = st.text_input(say("Remark"), max_chars=LONGEST_REMARK, key=f"typed/remark-{key}")
        if st.button(say("Hide it: it still counts"), key=f"hide-{key}", disabled=reason is None):
            _moderate(seen, one, reply, reason, remark or "")


def _text(seen: Live, one: Contribution, reply: Reply) -> None:
    """The answer, under its question, and whether its author lets it be quoted."""
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
    st.text(reply.text)


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
        with st.container(border=True, key=f"turn-{_key(one.answer_id(reply))}"):
            _text(seen, one, reply)
            if standing.reason is None:
                _hide(seen, one, reply)
            else:
                reason = " · ".join(part for part in (names[standing.reason], standing.remark) if part)
                st.text(say("Hidden: {reason}", reason=reason))
                if st.button(say("Show it again"), key=f"show-{_key(one.answer_id(reply))}"):
                    _moderate(seen, one, reply, None, "")


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


def _moderate(seen: Live, one: Contribution, reply: Reply, reason: Reason | None, remark: str) -> None:
    require(may_run, visitor(), seen.consultation)
    with told():
        _keep(seen, one, reply, reason, remark)
        st.rerun()


def _pass_all(seen: Live, shown: list[tuple[Contribution, Reply]]) -> None:
    require(may_run, visitor(), seen.consultation)
    with told():
        for one, reply in shown:
            _keep(seen, one, reply, None, "")
        st.rerun()


def _keep(seen: Live, one: Contribution, reply: Reply, reason: Reason | None, remark: str) -> None:
    answer = one.answer_id(reply)
    read = moderation(answer, reply.text, datetime.now(UTC), reason, remark, who_conducts())
    store().moderate(seen.consultation.id, read, seen.moderated.seen(answer))


def _key(answer: str) -> str:
    return answer.replace("/", "-")
