"""Which answers a room may be shown: what waits, what was hidden and why, and what that never changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.codebook import digest_of
from consultation.contribution import Reply
from consultation.declaration import LONGEST_NAME
from consultation.errors import BrokenModeration
from consultation.moderated import Moderated, moderation, rows
from consultation.moderation import LONGEST_REMARK, REASONS, Moderation, Reason
from tests.store_contract import NOON, WORD_FOR_WORD, said

ANSWER = "c1/lettori/desideri"
OTHER_WORDS = "Vorrei la biblioteca aperta la domenica."
FIRST = said()
REPLY = FIRST.replies[0]


def read(
    answer: str = ANSWER, text: str = WORD_FOR_WORD, reason: Reason | None = None, remark: str = "Tel."
) -> Moderation:
    return moderation(answer, text, NOON, reason, remark, "Anna")


def reworded(text: str) -> Reply:
    return replace(REPLY, text=text)


logs = st.lists(
    st.builds(
        read,
        st.sampled_from([f"c{n}/lettori/desideri" for n in range(3)]),
        st.sampled_from([WORD_FOR_WORD, OTHER_WORDS]),
        st.sampled_from([None, None, *REASONS]),
    ),
    max_size=12,
)


# ── what holds ────────────────────────────────────────────────────────────


def test_what_nobody_has_read_is_neither_shown_nor_hidden() -> None:
    nobody = Moderated.after([])
    assert nobody.standing(ANSWER, WORD_FOR_WORD) is None
    assert not nobody.shown(FIRST, REPLY)
    assert nobody.hidden_answers([FIRST]) == frozenset()
    assert nobody.queue([FIRST]) == [(FIRST, REPLY)]


def test_what_was_read_is_shown_or_hidden_and_waits_no_more() -> None:
    shown, hidden = Moderated.after([read()]), Moderated.after([read(reason="personal_data")])
    assert (shown.shown(FIRST, REPLY), hidden.shown(FIRST, REPLY)) == (True, False)
    assert [found.hidden_answers([FIRST]) for found in (shown, hidden)] == [frozenset(), {ANSWER}]
    assert shown.queue([FIRST]) == hidden.queue([FIRST]) == []


@pytest.mark.parametrize("reason", [None, "offensive"])
def test_other_words_wait_again_whatever_was_said_of_the_earlier_ones(reason: Reason | None) -> None:
    """Else somebody could have a harmless answer shown, and then change it."""
    changed = replace(FIRST, version=2, replies=(reworded(OTHER_WORDS),))
    found = Moderated.after([read(reason=reason)])
    assert not found.shown(changed, changed.replies[0])
    assert found.hidden_answers([changed]) == frozenset()
    assert found.queue([changed]) == [(changed, changed.replies[0])]


def test_the_latest_reading_counts_so_that_hiding_can_be_taken_back() -> None:
    hidden, shown = read(reason="off_topic"), read()
    assert Moderated.after([hidden, shown]).shown(FIRST, REPLY)
    assert not Moderated.after([shown, hidden]).shown(FIRST, REPLY)
    assert Moderated.after([shown, hidden, shown]).seen(ANSWER) == 3
    assert Moderated.after([shown]).seen("c2/lettori/desideri") == 0


def test_words_that_come_back_after_others_were_read_wait_too() -> None:
    assert Moderated.after([read(), read(text=OTHER_WORDS)]).standing(ANSWER, WORD_FOR_WORD) is None


@given(log=logs, data=st.data())
def test_what_holds_of_an_answer_does_not_depend_on_when_others_were_read(
    log: list[Moderation], data: st.DataObject
) -> None:
    order = data.draw(st.permutations([found.answer for found in log]))
    left = {answer: iter([m for m in log if m.answer == answer]) for answer in order}
    mixed = [next(left[answer]) for answer in order]
    one, other = Moderated.after(log), Moderated.after(mixed)
    assert one == other
    assert one.counts() == other.counts()


@given(log=logs)
def test_every_answer_is_shown_or_hidden_or_waits(log: list[Moderation]) -> None:
    found = Moderated.after(log)
    everyone = [said(f"c{n}") for n in range(3)]
    shown = {c.answer_id(r) for c in everyone for r in c.replies if found.shown(c, r)}
    waiting = {c.answer_id(r) for c, r in found.queue(everyone)}
    parts = [shown, found.hidden_answers(everyone), waiting]
    assert sum(map(len, parts)) == len(frozenset().union(*parts)) == 3


def test_the_queue_begins_with_the_oldest_in_whatever_order_they_are_handed_in() -> None:
    early = replace(said("c9"), at=NOON - timedelta(minutes=1))
    two = replace(said("c2"), replies=(REPLY, replace(REPLY, guiding_question="ostacoli", text="Le scale.")))
    everyone = [said("c3"), two, early]
    expected = [("c9", "desideri"), ("c2", "desideri"), ("c2", "ostacoli"), ("c3", "desideri")]
    for order in (everyone, everyone[::-1]):
        queue = Moderated.after([]).queue(order)
        assert [(c.id, reply.guiding_question) for c, reply in queue] == expected


# ── counting, and the log ─────────────────────────────────────────────────


def test_answers_are_counted_by_reason_once_each() -> None:
    log = [
        read(reason="offensive"),
        read(),
        read("c2/lettori/desideri", reason="personal_data"),
        read("c3/lettori/desideri", reason="personal_data"),
    ]
    counts = Moderated.after(log).counts()
    assert list(counts) == ["shown", *REASONS]
    assert counts == dict.fromkeys(counts, 0) | {"shown": 1, "personal_data": 2}


def test_what_was_erased_stays_a_row_of_the_log_about_nothing() -> None:
    erased = replace(read(reason="personal_data"), answer="", digest="", remark="")
    found = Moderated.after([erased, erased])
    assert sum(found.counts().values()) == found.seen("") == 0
    assert found.standing("", "") is None
    assert [(row["answer"], row["standing"], row["remark"]) for row in rows([erased])] == [("", "hidden", "")]


def test_the_log_tells_who_hid_what_and_why_and_no_word_of_it() -> None:
    log = [read(reason="personal_data", remark="un numero di telefono"), read(remark="")]
    assert rows(log) == [
        {
            "at": "2026-11-22T12:00:00+00:00",
            "by": "Anna",
            "answer": ANSWER,
            "standing": "hidden",
            "reason": "personal_data",
            "remark": "un numero di telefono",
        },
        {
            "at": "2026-11-22T12:00:00+00:00",
            "by": "Anna",
            "answer": ANSWER,
            "standing": "shown",
            "reason": "",
            "remark": "",
        },
    ]


# ── making one ────────────────────────────────────────────────────────────


def test_a_reading_is_of_the_text_that_was_read() -> None:
    assert moderation(ANSWER, WORD_FOR_WORD, NOON) == Moderation(ANSWER, digest_of(WORD_FOR_WORD), NOON)


def test_remarks_and_names_are_lines_of_a_table() -> None:
    made = moderation(ANSWER, "Testo", NOON, "other", " fuori\n tema\x07 ", " Anna \n Riva ")
    assert (made.remark, made.by) == ("fuori tema", "Anna Riva")
    assert len(moderation(ANSWER, "Testo", NOON, "other", "x" * LONGEST_REMARK).remark) == LONGEST_REMARK
    with pytest.raises(BrokenModeration, match="Shorten the remark to 200"):
        moderation(ANSWER, "Testo", NOON, None, "x" * (LONGEST_REMARK + 1))
    with pytest.raises(BrokenModeration, match="Say who reads"):
        moderation(ANSWER, "Testo", NOON, by="x" * (LONGEST_NAME + 1))


def test_another_reason_is_told_in_words() -> None:
    """A count of "other" alone would account for nothing."""
    with pytest.raises(BrokenModeration, match="Say in a few words why"):
        moderation(ANSWER, "Testo", NOON, "other", " \n")


def test_what_no_form_sends_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="no reason"):
        moderation(ANSWER, "Testo", NOON, "boring")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no id of an answer"):
        moderation("c1", "Testo", NOON)
