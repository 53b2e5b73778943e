"""The minutes of a workshop say what was done in it, the same bytes for the same facts, and run nowhere."""

from __future__ import annotations

import csv
import io
import itertools
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import docx
import pandas as pd
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.ballot import Ballot, Vote
from consultation.contribution import Contribution, Rating, Reply
from consultation.language import Language
from consultation.minutes import AttendanceTold, Minutes, VoteTold, minutes
from consultation.minutes_attendance import attendance_in_words, hiding
from consultation.minutes_csv import csv_bytes
from consultation.minutes_docx import docx_bytes
from consultation.moderated import Moderated, moderation
from consultation.occasion import Consultation
from consultation.plan import Plan
from consultation.room import Room
from consultation.steps import (
    Action,
    AddTime,
    Attend,
    CloseBallot,
    CloseRound,
    Note,
    OpenBallot,
    OpenRound,
    PauseRound,
    Project,
    RevealBallot,
    Step,
    UndoStep,
)
from consultation.workshop import Round, Table, Workshop

EN, IT = Language("en"), Language("it")
BEGAN = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
LATER = BEGAN + timedelta(hours=5)

DOTS = Ballot("b1", "dots", "Da dove cominciare", ("protezione-1", "protezione-2"), 5, 2)
ROUNDS = (
    Round("protezione", (), 20),
    Round("solitudini", (), 25, rated=False),
    Round("pluralita", (), 0),
)
WORKSHOP = Workshop(
    "KQRTWX",
    "milano-2026",
    "Tavoli di quartiere",
    ROUNDS,
    (Table("HJKMNP", "Tavolo 1"), Table("ZXCVBN", "Tavolo 2")),
    (("sanita", 10), ("cittadini", 20)),
)
ATTENDANCE = AttendanceTold(
    pd.DataFrame({"Group": ["Citizens", "Health"], "Contributions": [12, "<5"], "Invited": [20, None]}),
    ("Nobody came from: Trade unions.",),
)
RESULT = VoteTold(
    "b1",
    12,
    ("Share: of all dots.",),
    pd.DataFrame({"Item": ["Read the need", "Detect early"], "Dots": [31, 20], "Share": ["61%", "39%"]}),
    ("“Read the need” is among the first.",),
)


def at(minute: float) -> datetime:
    return BEGAN + timedelta(minutes=minute)


def log(*done: tuple[float, Action]) -> list[Step]:
    return [Step(action, at(minute), by="Anna") for minute, action in done]


HELD = log(
    (0, Project("join")),
    (5, OpenRound(1, 1200)),
    (10, PauseRound(1)),
    (20, OpenRound(1, 900)),
    (30, AddTime(1, 60)),
    (35, CloseRound(1)),
    (36, OpenRound(2, 1500)),
    (40, Note("harvest", "Serve un punto di ascolto\nin ogni quartiere", "Tavolo 2")),
    (41, Note("harvest", "I tavoli si somigliano")),
    (42, Note("harvest", "Mancano gli orari serali", "Tavolo 1")),
    (43, Note("dissent", "Non tutti vogliono uno sportello unico", "Tavolo 1")),
    (44, Attend((("cittadini", 14), ("sanita", 3)))),
    (50, OpenBallot(DOTS)),
    (55, CloseBallot("b1")),
    (56, RevealBallot("b1")),
    (60, Note("decision", "Si comincia dall'ascolto")),
    (61, Note("next_step", "Il verbale esce entro venerdì")),
)


def contribution(number: int, *late: bool, ratings: bool = True) -> Contribution:
    """One that answers as many guiding questions of Protezione as `late` has marks."""
    guides = ("visioni", "welfare_pubblico", "risorse", "soggetti", "competenze")
    return Contribution(
        f"c{number:02}",
        1,
        WORKSHOP.consultation,
        "cittadini" if number % 2 else "sanita",
        "quotable_anonymous",
        at(number),
        "workshop",
        workshop=WORKSHOP.word,
        replies=tuple(
            Reply("protezione", guide, f"Parole di {number}", late=is_late)
            for guide, is_late in zip(guides, late, strict=False)
        ),
        ratings=(Rating("protezione-1", "importance", 4),) if ratings else (),
    )


CAME = [contribution(1, False, False), contribution(2, True), contribution(3, ratings=True)]


@pytest.fixture(scope="module")
def consultation(milan: Plan) -> Consultation:
    return Consultation(WORKSHOP.consultation, milan, "open")


def written(
    consultation: Consultation,
    steps: Sequence[Step] = (),
    came: Sequence[Contribution] = (),
    attendance: AttendanceTold = ATTENDANCE,
    votes: Sequence[VoteTold] | None = None,
    moderated: Moderated | None = None,
    workshop: Workshop = WORKSHOP,
    language: Language = EN,
    contested: Sequence[str] = (),
) -> Minutes:
    room = Room.after(workshop, steps)
    return minutes(
        consultation,
        room,
        came,
        attendance,
        ([RESULT] if room.ballots else []) if votes is None else votes,
        moderated or Moderated.after([]),
        language,
        LATER,
        contested,
    )


def opened(made: Minutes) -> Document:
    return docx.Document(io.BytesIO(docx_bytes(made)))


def headings(made: Minutes, level: int) -> list[str]:
    return [p.text for p in opened(made).paragraphs if p.style and p.style.name == f"Heading {level}"]


def rows(made: Minutes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_bytes(made).decode("utf-8-sig"), newline="")))


def values(made: Minutes, section: str, item: str = "") -> dict[str, str]:
    """What the rows of one item say, by measure."""
    return {r["measure"]: r["value"] for r in rows(made) if r["section"] == section and r["item"] == item}


def words(made: Minutes) -> str:
    """Everything that stands in the document."""
    document = opened(made)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


# What they say


def test_the_sections_come_in_their_order_in_both_languages(consultation: Consultation) -> None:
    made = written(consultation, HELD, CAME)
    assert headings(made, 1) == [
        "What these minutes are, and what they are not",
        "Agenda",
        "Who took part",
        "Harvest",
        "Votes held",
        "Dissent",
        "Decisions",
        "Next steps",
        "Annex",
    ]
    names = [chapter.name for chapter in made.chapters]
    in_italian = written(consultation, HELD, CAME, language=IT)
    assert [chapter.name for chapter in in_italian.chapters] == names
    assert "Nuovo Piano del Welfare di Milano" in words(in_italian)
    assert "Milan's new Welfare Plan" in words(made)


def test_a_round_has_its_times_without_its_pauses(consultation: Consultation) -> None:
    told = values(written(consultation, HELD, CAME), "agenda", "1. Protection")
    local = [f"{at(minute).astimezone():%H:%M}" for minute in (5, 35)]
    assert [told["Opened at"], told["Closed at"]] == local
    assert (told["Planned minutes"], told["Minutes open"]) == ("20", "20")  # 5 to 10, then 20 to 35


def test_a_round_that_was_not_closed_has_no_length(consultation: Consultation) -> None:
    told = values(written(consultation, HELD, CAME), "agenda", "2. Loneliness")
    assert (told["Closed at"], told["Minutes open"]) == ("still open", "")


def test_a_round_that_was_never_opened_is_told_as_not_held_and_not_as_asked(
    consultation: Consultation,
) -> None:
    made = written(consultation, HELD, CAME)
    assert values(made, "agenda", "3. Plurality")["Opened at"] == "not held"
    asked = [r["value"] for r in rows(made) if r["part"] == "What was asked"]
    assert [question.split(":")[0] for question in asked] == ["Protection", "Loneliness"]


def test_late_answers_are_counted_and_told_apart(consultation: Consultation) -> None:
    made = written(consultation, HELD, CAME)
    told = values(made, "agenda", "1. Protection")
    assert (told["Answers"], told["Late answers"], told["Who rated"]) == ("3", "1", "3")
    visions = values(made, "harvest", "Protection: Strategic visions arising from the themes raised")
    assert visions == {"Answers": "2", "Late answers": "1"}


def test_a_round_without_ratings_tells_of_no_raters(consultation: Consultation) -> None:
    assert values(written(consultation, HELD, CAME), "agenda", "2. Loneliness")["Who rated"] == ""


def test_a_round_of_some_guiding_questions_counts_only_their_answers(consultation: Consultation) -> None:
    workshop = replace(WORKSHOP, rounds=(Round("protezione", ("visioni",)), Round("protezione")))
    made = written(consultation, log((0, OpenRound(1, 0)), (1, OpenRound(2, 0))), CAME, workshop=workshop)
    assert values(made, "agenda", "1. Protection")["Answers"] == "2"
    assert values(made, "agenda", "2. Protection")["Answers"] == "3"
    assert "Where two rounds asked the same question" in words(made)


def test_a_question_that_a_draft_has_ceased_to_ask_keeps_its_round(consultation: Consultation) -> None:
    plan = consultation.plan
    shorter = replace(
        plan,
        strategic_questions=plan.strategic_questions[1:],
        unasked_questions=plan.strategic_questions[:1],
    )
    made = written(replace(consultation, plan=shorter, stage="draft", pilot=True), HELD, CAME)
    assert values(made, "agenda", "1. Protection")["Answers"] == "3"
    assert "This was a trial" in words(made)


def test_undone_steps_are_nowhere(consultation: Consultation) -> None:
    steps = log((0, OpenRound(1, 0)), (1, Note("decision", "Detto per sbaglio")), (2, UndoStep(2)))
    made = written(consultation, steps)
    assert "Detto per sbaglio" not in words(made)
    told = [r["value"] for r in rows(made) if r["part"] == "What was done, and when"]
    assert told == ["What was undone is left out.", "Round 1 was opened"]


def test_notes_stand_under_their_table_the_plenary_first(consultation: Consultation) -> None:
    made = written(consultation, HELD)
    notes = [
        (r["table"], r["value"]) for r in rows(made) if r["section"] == "harvest" and r["measure"] == "Note"
    ]
    assert notes == [
        ("", "I tavoli si somigliano"),
        ("Tavolo 1", "Mancano gli orari serali"),
        ("Tavolo 2", "Serve un punto di ascolto\nin ogni quartiere"),
    ]
    assert headings(made, 2).index("Tavolo 1") < headings(made, 2).index("Tavolo 2")


def test_a_vote_says_its_measure_its_n_and_its_table(consultation: Consultation) -> None:
    made = written(consultation, HELD, CAME)
    assert "each voter had 5 to give, at most 2 to one item" in words(made)
    assert "12 people or tables voted." in words(made)
    told = [
        (r["item"], r["measure"], r["value"], r["n"])
        for r in rows(made)
        if r["section"] == "votes" and r["n"]
    ]
    assert told == [
        ("Read the need", "Dots", "31", "12"),
        ("Read the need", "Share", "61%", "12"),
        ("Detect early", "Dots", "20", "12"),
        ("Detect early", "Share", "39%", "12"),
    ]


def test_a_tally_that_was_not_revealed_stays_hidden(consultation: Consultation) -> None:
    closed = [step for step in HELD if not isinstance(step.action, RevealBallot)]
    made = written(consultation, closed, CAME)
    assert "Its result was not revealed" in words(made)
    assert "61%" not in words(made)


def test_a_ballot_without_a_result_is_told_all_the_same(consultation: Consultation) -> None:
    assert "Its result is not told here." in words(written(consultation, HELD, votes=[]))


def test_a_result_of_no_ballot_is_a_mistake(consultation: Consultation) -> None:
    with pytest.raises(ValueError, match="b7"):
        written(consultation, HELD, votes=[RESULT, replace(RESULT, ballot="b7")])


def test_moderation_is_counted_by_reason_and_the_unread_are_told(consultation: Consultation) -> None:
    first, second = (CAME[0].answer_id(reply) for reply in CAME[0].replies)
    text = CAME[0].replies[0].text
    read = Moderated.after(
        [moderation(first, text, LATER), moderation(second, text, LATER, "personal_data", "nome")]
    )
    made = written(consultation, HELD, CAME, moderated=read)
    counted = {r["item"]: r["value"] for r in rows(made) if r["part"] == "Moderation" and r["n"] == "3"}
    assert counted == {"Read and shown": "1", "Hidden: personal data": "1", "Not read yet": "1"}
    assert "nome" not in words(made)


def test_several_wordings_are_counted(consultation: Consultation) -> None:
    reworded = replace(CAME[0], replies=tuple(replace(reply, wording=2) for reply in CAME[0].replies))
    made = written(replace(consultation, wording=2), HELD, [reworded, *CAME[1:]])
    counted = {
        r["item"]: r["value"] for r in rows(made) if r["part"] == "Wording of the questions" and r["n"]
    }
    assert counted == {"1": "1", "2": "2"}


def test_no_word_that_lets_in_no_name_and_no_answer_leaves_the_room(consultation: Consultation) -> None:
    made = written(consultation, HELD, CAME)
    for never in (*WORKSHOP.words(), "Anna", "Parole di"):
        assert never not in words(made)
        assert never.encode() not in csv_bytes(made)


def test_a_workshop_in_which_nothing_happened_still_has_its_page(consultation: Consultation) -> None:
    made = written(consultation, attendance=AttendanceTold(pd.DataFrame()))
    assert "No contribution came in this workshop." in words(made)
    assert "There was no vote." in words(made)
    assert "Nobody wrote an answer." in words(made)
    assert "Nothing was done in this workshop." in words(made)
    assert dict(made.facts)["Day"] == "not known: nothing was opened"
    assert "What was asked" not in headings(made, 2)


def test_a_workshop_without_rounds_asked_everything(consultation: Consultation) -> None:
    made = written(consultation, came=CAME, workshop=replace(WORKSHOP, rounds=()))
    assert "There were no rounds" in words(made)
    counted = [r for r in rows(made) if r["section"] == "harvest" and r["measure"] == "Answers"]
    assert len(counted) == len(consultation.plan.questions) * len(consultation.plan.guides)


def test_preparing_the_wall_and_writing_notes_afterwards_make_no_workshop_longer(
    consultation: Consultation,
) -> None:
    day_before = Step(Project("join"), BEGAN - timedelta(days=1))
    day_after = Step(Note("next_step", "Scritto poi"), BEGAN + timedelta(days=1))
    facts = dict(written(consultation, [day_before, *HELD, day_after]).facts)
    assert facts["Day"] == f"{BEGAN.astimezone():%d/%m/%Y}"
    assert facts["Ended at"] == f"{at(56).astimezone():%H:%M}"


# The files


def test_the_same_minutes_are_the_same_bytes_whatever_the_order_of_contributions(
    consultation: Consultation,
) -> None:
    made = written(consultation, HELD, CAME)
    again = written(consultation, HELD, CAME[::-1])
    assert docx_bytes(made) == docx_bytes(again)
    assert csv_bytes(made) == csv_bytes(again)


def test_no_clock_is_in_the_document(consultation: Consultation) -> None:
    content = docx_bytes(written(consultation, HELD))
    with zipfile.ZipFile(io.BytesIO(content)) as members:
        assert {member.date_time for member in members.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = docx.Document(io.BytesIO(content)).core_properties
    assert properties.created == properties.modified == LATER
    assert (properties.author, properties.comments) == ("", "")


@pytest.mark.parametrize(("language", "region"), [(IT, "it-IT"), (EN, "en-GB")])
def test_the_document_says_its_language_and_its_title(
    consultation: Consultation, language: Language, region: str
) -> None:
    made = written(consultation, language=language)
    document = opened(made)
    assert (document.core_properties.title, document.core_properties.language) == (made.title, region)
    languages = [element.get(qn("w:val")) for element in document.styles.element.iter(qn("w:lang"))]
    assert languages
    assert set(languages) == {region}


def test_every_table_has_a_header_row_and_a_title_that_screen_readers_tell(
    consultation: Consultation,
) -> None:
    tables = opened(written(consultation, HELD, CAME)).tables
    assert len(tables) == 6
    for table in tables:
        heads = [
            row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None
            for row in table.rows
        ]
        assert heads == [True, *[False] * (len(heads) - 1)]
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_pages_are_a4_and_have_numbers(consultation: Consultation) -> None:
    page = opened(written(consultation)).sections[0]
    assert page.page_width is not None
    assert (round(page.page_width.cm, 1), round((page.page_height or page.page_width).cm, 1)) == (21.0, 29.7)
    fields = [f.get(qn("w:instr")) for f in page.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


HOSTILE = '=HYPERLINK("http://x")\x00\x0b\x1b\ufffe<w:p>&amp;' + "a" * 20_000


def test_hostile_words_stay_plain_text_and_break_no_file(consultation: Consultation) -> None:
    steps = log(
        (0, OpenBallot(replace(DOTS, title=HOSTILE))), (1, CloseBallot("b1")), (2, RevealBallot("b1"))
    )
    noted = [*steps, Step(Note("dissent", HOSTILE, HOSTILE), at(3)), Step(Note("decision", "=1+1"), at(4))]
    made = written(
        consultation,
        noted,
        CAME,
        AttendanceTold(pd.DataFrame({HOSTILE: [HOSTILE], "n": [HOSTILE]}), (HOSTILE,)),
        [replace(RESULT, table=pd.DataFrame({"Item": [HOSTILE], "Dots": [1]}))],
        workshop=replace(WORKSHOP, title="=\x07Una\nriga"),
        contested=[HOSTILE],
    )
    assert "\x00" not in words(made)
    assert "<w:p>&amp;" + "a" * 20_000 in words(made)
    assert made.title == "Minutes: =Una riga"
    content = csv_bytes(made).decode("utf-8-sig")
    for cells in csv.reader(io.StringIO(content, newline="")):
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    assert any(r["value"] == "'=1+1" for r in rows(made))


@settings(max_examples=15)  # each writes a whole document
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_words_at_all_can_be_noted(milan: Plan, text: str, title: str) -> None:
    made = written(
        Consultation(WORKSHOP.consultation, milan, "open"),
        [Step(Note("decision", text), BEGAN)],
        workshop=replace(WORKSHOP, title=title),
    )
    assert opened(made).tables
    assert csv_bytes(made).startswith(b"\xef\xbb\xbfsection,order,")
    assert set(made.file_name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_the_table_is_tidy_a_row_for_each_cell_and_a_place_for_each_row(consultation: Consultation) -> None:
    told = [r for r in rows(written(consultation, HELD, CAME)) if r["section"] == "attendance"]
    assert [(r["order"], r["group"], r["item"], r["measure"], r["value"], r["n"]) for r in told] == [
        ("1", "", "", "", told[0]["value"], ""),
        ("2", "Citizens", "", "Contributions", "12", "3"),
        ("2", "Citizens", "", "Invited", "20", "3"),
        ("3", "Health", "", "Contributions", "<5", "3"),
        ("3", "Health", "", "Invited", "", "3"),
        ("4", "", "", "", "Nobody came from: Trade unions.", ""),
    ]


# Attendance that may leave the room


def came_of(**counts: int) -> pd.DataFrame:
    """What the analysis tells of who came, with a hundred invited from each group."""
    invited = pd.array([100] * len(counts), dtype="Int64")
    return pd.DataFrame(
        {
            "group": list(counts),
            "n_contributions": list(counts.values()),
            "invited": invited,
            "response": [n / 100 for n in counts.values()],
            "present": pd.array([None] * len(counts), dtype="Int64"),
        }
    )


def ballots_of(group: str, n: int) -> list[Vote]:
    return [Vote("KQRTWX", "b1", f"{group}{i}", group, f"{group}{i}", BEGAN) for i in range(n)]


def test_the_published_example_hides_the_few_and_the_next_smallest() -> None:
    assert hiding([12, 3, 9], 5) == ["", "few", "other"]


def test_a_group_of_the_smallest_cell_and_an_absent_one_are_told() -> None:
    assert hiding([5, 0, 5], 5) == ["", "", ""]


def test_one_group_alone_that_is_few_hides_even_the_absent_ones() -> None:
    assert hiding([3, 0, 0], 5) == ["other", "other", "other"]


@given(st.lists(st.integers(0, 7), min_size=1, max_size=4), st.integers(3, 5))
def test_subtracting_what_is_told_rules_out_no_number_for_the_few(counts: list[int], cell: int) -> None:
    hides = hiding(counts, cell)
    hidden = [place for place, how in enumerate(hides) if how]
    total = sum(counts[place] for place in hidden)
    ranges = [range(1, cell) if hides[p] == "few" else range(cell, total + 1) for p in hidden]
    possible = [those for those in itertools.product(*ranges) if sum(those) == total]
    for position, place in enumerate(hidden):
        if hides[place] == "few":
            assert {those[position] for those in possible} == set(range(1, cell))
        elif "few" not in hides:
            assert set(hides) == {"other"}
    assert all(how or not 0 < n < cell for n, how in zip(counts, hides, strict=True))


def test_who_took_part_is_told_in_words_with_the_absent_by_name(milan: Plan) -> None:
    table = came_of(cittadini=12, sanita=3, municipi=9, sindacati=0)
    told = attendance_in_words(table, ballots_of("municipi", 9), milan, 5, EN)
    assert told.table.to_dict("list") == {
        "Group": [
            "Citizens",
            "Health and social care bodies",
            "Municipi (city districts)",
            "Trade unions",
            "All",
        ],
        "Took part": [12, "<5", "left out", 0, 24],
        "Voted": [0, 0, "left out", 0, 9],
        "Invited": [100, 100, 100, 100, None],
        "Of those invited": ["12%", None, None, "0%", None],
    }
    assert told.sentences[0] == "Nobody took part from: Trade unions."
    assert "“<5” stands for 1 to 4" in told.sentences[1]


def test_a_group_counted_in_the_room_is_not_told_absent(milan: Plan) -> None:
    table = came_of(cittadini=12, sindacati=0).assign(present=pd.array([10, 6], dtype="Int64"))
    told = attendance_in_words(table, [], milan, 5, EN)
    assert told.table["Counted in the room"].tolist() == [10, 6, 16]
    assert told.sentences == ()


def test_a_share_of_few_invited_is_not_told(milan: Plan) -> None:
    table = came_of(cittadini=10).assign(invited=pd.array([19], dtype="Int64"), response=[10 / 19])
    assert attendance_in_words(table, [], milan, 5, EN).table["Of those invited"].tolist() == [None, None]


def test_where_nobody_came_there_is_no_table(milan: Plan) -> None:
    assert attendance_in_words(came_of(cittadini=0), [], milan, 5, EN).table.empty
