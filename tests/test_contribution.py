"""What one participant says, version by version."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.contribution import (
    DIMENSIONS,
    LONGEST_ANSWER,
    LONGEST_ORGANISATION,
    Contribution,
    Dimension,
    Part,
    Rating,
    Reply,
    Sending,
    Speaker,
    contribute,
    plain_text,
)
from consultation.errors import BrokenContribution
from consultation.plan import UNSTATED_GROUP, load_plan

PLAN = load_plan(Path(__file__).parent / "plans" / "biblioteche.toml")
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(minutes=5)
SCHOOL = Speaker("scuole", "quotable_with_group", "Liceo Pascoli", workshop="RIVA")

ABOUT_READERS = Part(
    "lettori",
    (
        Reply("lettori", "ostacoli", "Chiude alle sei."),
        Reply("lettori", "desideri", "Le sere.", ("lettori-1",)),
    ),
    (Rating("lettori-1", "urgency", 5), Rating("lettori-1", "importance", None)),
)
ABOUT_PLACES = Part(
    "luoghi", (Reply("luoghi", "aiuti", "L'autobus."),), (Rating("luoghi-2", "feasibility", 2),)
)


def first(part: Part = ABOUT_READERS, speaker: Speaker = SCHOOL) -> Contribution:
    return contribute(PLAN, speaker, part, Sending("c1", "biblioteche", NOON))


def after(earlier: Contribution, part: Part, speaker: Speaker = SCHOOL) -> Contribution:
    return contribute(PLAN, speaker, part, Sending("c1", "biblioteche", LATER, earlier))


def writing(text: str) -> Part:
    return Part("lettori", (Reply("lettori", "desideri", text),))


def test_the_first_sending_is_version_one_in_the_plans_order() -> None:
    assert first() == Contribution(
        id="c1",
        version=1,
        consultation="biblioteche",
        group="scuole",
        consent="quotable_with_group",
        at=NOON,
        organisation="Liceo Pascoli",
        workshop="RIVA",
        replies=(
            Reply("lettori", "desideri", "Le sere.", ("lettori-1",)),
            Reply("lettori", "ostacoli", "Chiude alle sei."),
        ),
        ratings=(Rating("lettori-1", "importance", None), Rating("lettori-1", "urgency", 5)),
    )


def test_a_further_question_is_the_next_version_with_everything_before() -> None:
    second = after(first(), ABOUT_PLACES)
    assert (second.version, second.at) == (2, LATER)
    assert second.about("lettori", PLAN) == first().about("lettori", PLAN)
    assert second.about("luoghi", PLAN) == ABOUT_PLACES


def test_the_order_of_answering_does_not_matter() -> None:
    one = after(first(ABOUT_READERS), ABOUT_PLACES)
    other = after(first(ABOUT_PLACES), ABOUT_READERS)
    assert one == other


def test_correcting_replaces_only_its_strategic_question() -> None:
    second = after(first(), ABOUT_PLACES)
    corrected = after(second, writing("Anche la domenica."))
    assert corrected.version == 3
    assert corrected.about("lettori", PLAN) == writing("Anche la domenica.")  # the old ratings are gone, too
    assert corrected.about("luoghi", PLAN) == ABOUT_PLACES


def test_correcting_leaves_the_earlier_version_as_it_was() -> None:
    earlier = first()
    after(earlier, writing("Altro."))
    assert earlier == first()


def test_what_was_said_may_be_taken_back() -> None:
    second = after(after(first(), ABOUT_PLACES), Part("lettori"))
    assert second.about("lettori", PLAN) == Part("lettori")
    assert second.about("luoghi", PLAN) == ABOUT_PLACES


def test_who_speaks_is_taken_from_the_latest_sending() -> None:
    second = after(first(), ABOUT_PLACES, Speaker("volontari", "counted_only", language="en"))
    assert (second.group, second.consent, second.organisation) == ("volontari", "counted_only", "")
    assert second.language == "en"


def test_a_double_tap_makes_the_same_version() -> None:
    assert first() == first()
    assert after(first(), ABOUT_PLACES) == after(first(), ABOUT_PLACES)


def test_the_unit_is_the_organisation_else_the_contribution() -> None:
    assert first().unit == "Liceo Pascoli"
    assert first(speaker=Speaker("scuole")).unit == "c1"


def test_an_answer_keeps_its_id_through_every_version() -> None:
    earlier, later = first(), after(first(), writing("Altro."))
    assert earlier.answer_id(earlier.replies[0]) == later.answer_id(later.replies[0]) == "c1/lettori/desideri"


def test_whoever_names_no_group_is_counted_without_one() -> None:
    assert first(speaker=Speaker()).group == UNSTATED_GROUP
    assert first(speaker=Speaker()).consent == "counted_only"


# Nothing said


@pytest.mark.parametrize("text", ["", "   ", "\n\t ", "\x00\x1b", "\u2028"])
def test_nothing_said_is_not_sent(text: str) -> None:
    with pytest.raises(BrokenContribution, match="Nothing to send yet"):
        first(writing(text))


def test_nothing_said_about_a_further_question_is_not_sent() -> None:
    with pytest.raises(BrokenContribution, match="Nothing to send yet"):
        after(first(), Part("luoghi", (Reply("luoghi", "aiuti", " "),)))


@pytest.mark.parametrize(
    "part",
    [writing("Sì."), Part("lettori", (), (Rating("lettori-2", "urgency", None),))],
    ids=["word", "non so"],
)
def test_one_word_or_one_tap_is_enough_and_non_so_is_an_answer(part: Part) -> None:
    assert first(part).about("lettori", PLAN) == part


def test_empty_boxes_are_left_out() -> None:
    part = Part("lettori", (Reply("lettori", "aiuti", "  "), Reply("lettori", "desideri", " Luce. \r\n")))
    assert first(part).replies == (Reply("lettori", "desideri", "Luce."),)


# Bounds


def test_a_long_answer_is_kept_and_a_longer_one_is_told_with_its_length() -> None:
    assert len(first(writing("a" * LONGEST_ANSWER)).replies[0].text) == LONGEST_ANSWER
    with pytest.raises(BrokenContribution, match="shorten it to 5000") as told:
        first(writing("a" * (LONGEST_ANSWER + 1)))
    assert told.value.values == {"length": LONGEST_ANSWER + 1, "most": LONGEST_ANSWER}


def test_blanks_around_an_answer_do_not_count() -> None:
    assert (
        first(writing(" " * 100 + "a" * LONGEST_ANSWER + "\n" * 100)).replies[0].text == "a" * LONGEST_ANSWER
    )


def test_an_organisations_name_is_bounded_and_plain() -> None:
    assert first(speaker=Speaker(organisation=" Circolo\x00 Luna ")).organisation == "Circolo Luna"
    with pytest.raises(BrokenContribution, match="shorten it to 120"):
        first(speaker=Speaker(organisation="x" * (LONGEST_ORGANISATION + 1)))


@given(st.integers())
def test_ratings_off_the_scale_are_a_mistake_of_the_program(value: int) -> None:
    part = Part("lettori", (), (Rating("lettori-1", "urgency", value),))
    if 1 <= value <= 5:
        assert first(part).ratings == part.ratings
    else:
        with pytest.raises(ValueError, match="scale"):
            first(part)


@pytest.mark.parametrize(
    ("speaker", "part"),
    [
        (SCHOOL, Part("mercati")),
        (SCHOOL, Part("lettori", (Reply("luoghi", "desideri", "x"),))),
        (SCHOOL, Part("lettori", (Reply("lettori", "sogni", "x"),))),
        (SCHOOL, Part("lettori", (Reply("lettori", "desideri", "x", ("luoghi-1",)),))),
        (SCHOOL, Part("lettori", (), (Rating("luoghi-1", "urgency", 3),))),
        (SCHOOL, Part("lettori", (), (Rating("lettori-1", "beauty", 3),))),  # type: ignore[arg-type]
        (SCHOOL, Part("lettori", (Reply("lettori", "desideri", "x"), Reply("lettori", "desideri", "y")))),
        (SCHOOL, Part("lettori", (), (Rating("lettori-1", "urgency", 3), Rating("lettori-1", "urgency", 4)))),
        (replace(SCHOOL, group="marziani"), ABOUT_READERS),
        (replace(SCHOOL, consent="everything"), ABOUT_READERS),  # type: ignore[arg-type]
    ],
)
def test_what_no_form_can_send_is_a_mistake_of_the_program(speaker: Speaker, part: Part) -> None:
    with pytest.raises(ValueError, match=r"not a|another question|twice"):
        first(part, speaker)


def test_an_imported_answer_without_question_survives_a_further_sending() -> None:
    imported = replace(first(), replies=(Reply("", "", "Una lettera intera."), *first().replies))
    later = after(imported, ABOUT_PLACES)
    assert [reply.text for reply in later.replies] == [
        "Le sere.",
        "Chiude alle sei.",
        "L'autobus.",
        "Una lettera intera.",
    ]
    assert later.answer_id(later.replies[-1]) == "c1//"


# A form that asks only some places


def asking(*guides: str, rated: bool = False, said: Part | None = None) -> Part:
    """What a round's form sends that asks these guiding questions."""
    return replace(said or Part("lettori"), guiding_questions=guides, rated=rated)


def test_a_round_leaves_what_it_did_not_ask_as_it_was() -> None:
    later = after(
        first(), asking("aiuti", said=Part("lettori", (Reply("lettori", "aiuti", "Una panchina."),)))
    )
    assert [reply.text for reply in later.replies] == ["Le sere.", "Chiude alle sei.", "Una panchina."]
    assert later.ratings == first().ratings


def test_an_emptied_place_is_taken_back_and_its_neighbours_stay() -> None:
    later = after(first(), asking("desideri"))
    assert [reply.guiding_question for reply in later.replies] == ["ostacoli"]
    assert later.ratings == first().ratings
    assert after(later, asking(rated=True)).ratings == ()


def test_a_form_without_ratings_does_not_ask_for_them_when_it_is_empty() -> None:
    with pytest.raises(BrokenContribution, match="write at least one answer"):
        first(asking("aiuti"))
    with pytest.raises(BrokenContribution, match="write at least one answer"):
        after(first(), asking("aiuti"))  # what was said elsewhere is not what this form sends


@pytest.mark.parametrize(
    "part",
    [
        asking("aiuti", said=writing("Fuori posto.")),
        asking(said=Part("lettori", (), (Rating("lettori-1", "urgency", 3),))),
        asking("sogni"),
    ],
    ids=["guide", "rating", "unknown"],
)
def test_nothing_is_sent_into_a_place_that_was_not_asked(part: Part) -> None:
    with pytest.raises(ValueError, match=r"not a|is not rated"):
        first(part)


def test_what_a_trial_asks_no_more_stays_behind_the_rest() -> None:
    fewer = replace(
        PLAN, strategic_questions=PLAN.strategic_questions[1:], guiding_questions=PLAN.guiding_questions[1:]
    )
    later = contribute(fewer, SCHOOL, ABOUT_PLACES, Sending("c1", "biblioteche", LATER, first()))
    assert [reply.text for reply in later.replies] == ["L'autobus.", "Chiude alle sei.", "Le sere."]
    assert [rating.objective for rating in later.ratings] == ["luoghi-2", "lettori-1", "lettori-1"]


# Plain text


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  spazi  ", "spazi"),
        ("due\r\nrighe\rtre", "due\nrighe\ntre"),
        ("incollato\x0bda Word\x0cpagina", "incollato\nda Word\npagina"),
        ("nul\x00 e campana\x07", "nul e campana"),
        ("mezzo\ud800surrogato", "mezzosurrogato"),
        ("mai un segno\uffff\ufdd0", "mai un segno"),
        ("perche\u0301", "perché"),
        ("perche\x00\u0301", "perché"),
        ("tab\tdentro", "tab\tdentro"),
        ("=1+1 e <b>ciao</b> ![x](http://y)", "=1+1 e <b>ciao</b> ![x](http://y)"),
        (
            "famiglia \U0001f468\u200d\U0001f469\u200d\U0001f467",
            "famiglia \U0001f468\u200d\U0001f469\u200d\U0001f467",
        ),
        ("nuovo segno \U0001fae8", "nuovo segno \U0001fae8"),  # younger than Python 3.11
    ],
)
def test_a_text_is_kept_as_it_was_meant(written: str, kept: str) -> None:
    assert plain_text(written) == kept


@given(st.text(st.characters()))
def test_plain_text_is_settled_after_one_pass_and_can_always_be_stored(text: str) -> None:
    once = plain_text(text)
    assert plain_text(once) == once == once.strip()
    assert once.encode("utf-8").decode() == once
    assert not [c for c in once if unicodedata.category(c) == "Cc" and c not in "\n\t"]


# Any order, any number of sendings

PARTS = st.sampled_from(list(PLAN.questions)).flatmap(
    lambda question: st.builds(
        Part,
        st.just(question),
        st.lists(
            st.builds(Reply, st.just(question), st.sampled_from(list(PLAN.guides)), st.text(max_size=20)),
            unique_by=lambda reply: reply.guiding_question,
        ).map(tuple),
        st.lists(
            st.builds(
                Rating,
                st.sampled_from([o.id for o in PLAN.questions[question].objectives]),
                st.sampled_from(DIMENSIONS),
                st.sampled_from([None, 1, 2, 3, 4, 5]),
            ),
            unique_by=lambda rating: (rating.objective, rating.dimension),
        ).map(tuple),
    )
)


@given(st.lists(PARTS, max_size=6))
def test_the_last_part_sent_about_each_question_is_what_counts(parts: list[Part]) -> None:
    contribution: Contribution | None = None
    counted: dict[str, Part] = {}
    for n, part in enumerate(parts):
        try:
            contribution = contribute(PLAN, SCHOOL, part, Sending("c1", "biblioteche", NOON, contribution))
        except BrokenContribution:
            assert not counted.get(part.strategic_question, Part("")).ratings
            assert not [reply for reply in part.replies if plain_text(reply.text)], n
            continue
        counted[part.strategic_question] = part
    for question in PLAN.questions:
        said = contribution.about(question, PLAN) if contribution else Part(question)
        expected = counted.get(question, Part(question))
        assert {(r.guiding_question, r.text) for r in said.replies} == {
            (r.guiding_question, plain_text(r.text)) for r in expected.replies if plain_text(r.text)
        }
        assert set(said.ratings) == set(expected.ratings)


@given(st.lists(st.tuples(PARTS, st.sets(st.sampled_from(list(PLAN.guides))), st.booleans()), max_size=6))
def test_a_rounds_form_never_loses_what_another_round_got(
    rounds: list[tuple[Part, set[str], bool]],
) -> None:
    contribution: Contribution | None = None
    texts: dict[tuple[str, str], str] = {}
    values: dict[tuple[str, str], int | None] = {}
    for said, guides, rated in rounds:
        question = said.strategic_question
        part = said.within(guides, rated)
        written = {(question, r.guiding_question): plain_text(r.text) for r in part.replies}
        tapped: dict[tuple[str, str], int | None] = {
            (r.objective, r.dimension): r.value for r in part.ratings
        }
        asked = {(question, guide) for guide in guides}
        rateable = {place for place in values if PLAN.objectives[place[0]].strategic_question == question}
        try:
            contribution = contribute(PLAN, SCHOOL, part, Sending("c1", "biblioteche", NOON, contribution))
        except BrokenContribution:
            sent_or_taken_back = [*filter(None, written.values()), *tapped, *(asked & set(texts))]
            assert not sent_or_taken_back
            assert not (rated and rateable)
            continue
        texts = {place: text for place, text in texts.items() if place not in asked}
        texts |= {place: text for place, text in written.items() if text}
        values = {place: value for place, value in values.items() if not (rated and place in rateable)}
        values |= tapped
    replies = contribution.replies if contribution else ()
    ratings = contribution.ratings if contribution else ()
    assert {(r.strategic_question, r.guiding_question): r.text for r in replies} == texts
    assert {(r.objective, r.dimension): r.value for r in ratings} == values


def test_dimensions_are_those_of_the_tables() -> None:
    expected: tuple[Dimension, ...] = ("importance", "urgency", "feasibility")
    assert expected == DIMENSIONS
