"""Foreign files brought in by a mapping of their columns."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultation.contribution import LONGEST_ANSWER
from consultation.errors import BrokenMapping, MissingColumns, Problem, UnreadableFile
from consultation.importing.mapped import Imported, import_rows
from consultation.importing.mapping import read_mapping
from consultation.importing.moments import iso_moment
from consultation.importing.reasons import LONGEST_IMPORTED
from consultation.plan import Plan, read_plan
from consultation.tables import ANSWERS

PLAN = """
id = "lago"
title = { it = "Il lago", en = "The lake" }
[[strategic_questions]]
id = "acqua"
title = { it = "Qualità dell'acqua", en = "Water" }
statement = { it = "Acqua pulita.", en = "Clean water." }
  [[strategic_questions.objectives]]
  id = "acqua-1"
  title = { it = "Pulire", en = "Clean" }
  seeds = ["pulire"]
[[strategic_questions]]
id = "rive"
title = { it = "Le rive", en = "Shores" }
statement = { it = "Rive aperte.", en = "Open shores." }
  [[strategic_questions.objectives]]
  id = "rive-1"
  title = { it = "Aprire", en = "Open" }
  seeds = ["aprire"]
[[guiding_questions]]
id = "visioni"
heading = { it = "Visioni", en = "Visions" }
question = { it = "Che lago vorresti?", en = "What lake would you like?" }
[[guiding_questions]]
id = "risorse"
heading = { it = "Risorse", en = "Resources" }
question = { it = "Con che cosa?", en = "With what?" }
[[stakeholder_groups]]
id = "pescatori"
label = { it = "Chi pesca", en = "Fishers" }
[[stakeholder_groups]]
id = "comunita"
label = { it = "Le comunità", en = "People" }
[[stakeholder_groups]]
id = "scuole"
label = { it = "Altri", en = "Schools" }
[[stakeholder_groups]]
id = "imprese"
label = { it = "Altri", en = "Firms" }
"""


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(PLAN)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "form.csv"


def imported(path: Path, plan: Plan, content: str, *maps: str, groups: tuple[str, ...] = ()) -> Imported:
    path.write_text(content, encoding="utf-8")
    return import_rows(path, read_mapping(maps, groups, plan), plan)


def told(result: Imported) -> str:
    return "\n".join(str(notice) for notice in result.notices)


def values(result: Imported, *columns: str) -> list[list[str]]:
    table: list[list[str]] = result.answers[list(columns)].to_numpy().tolist()
    return table


# ── the mapping itself ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("maps", "groups", "words"),
    [
        ([], [], "text=HEADER"),
        (["group=Chi"], [], "text=HEADER"),
        (["text"], [], "“text” is not a mapping"),
        (["text="], [], "FIELD=HEADER"),
        (["=Testo"], [], "FIELD=HEADER"),
        (["testo=Testo"], [], "“testo” is not a field.*text:<guiding_question>.*contribution_id.*at, id"),
        (["text:sogni=A"], [], "“sogni”.*visioni, risorse"),
        (["text:fuoco/visioni=A"], [], "“fuoco”.*acqua, rive"),
        (["text:acqua/=A"], [], "question of the plan"),
        (["text=A", "unit=B", "unit=C"], [], "unit is mapped twice"),
        (["text=A", "id=B", "contribution_id=C"], [], "contribution_id is mapped twice"),
        (["text=A"], ["x=pescatori"], "group=HEADER"),
        (["text=A", "group=B"], ["x=marziani"], "“marziani”.*pescatori, comunita"),
        (["text=A", "group=B"], ["pescatori"], "VALUE=GROUP"),
        (["text=A", "group=B"], ["x=pescatori", "X =imprese"], "“X” is given two groups"),
    ],
)
def test_a_mapping_that_cannot_be_followed_is_told(
    plan: Plan, maps: list[str], groups: list[str], words: str
) -> None:
    with pytest.raises(BrokenMapping, match=words):
        read_mapping(maps, groups, plan)


def test_headers_and_values_may_hold_the_equals_sign(path: Path, plan: Plan) -> None:
    result = imported(path, plan, "a=b?,chi\nsì,x=y\n", "text=a=b?", "group=chi", groups=("x=y=imprese",))
    assert values(result, "text", "group") == [["sì", "imprese"]]


def test_a_header_is_found_by_name_or_by_position(path: Path, plan: Plan) -> None:
    content = '"Che cosa\nvorresti? ",Perché,Perché\na,b,c\n'
    for header, text in (("Che cosa vorresti?", "a"), ("CHE COSA  VORRESTI?", "a"), ("#1", "a"), ("#3", "c")):
        assert values(imported(path, plan, content, f"text={header}"), "text") == [[text]]


@pytest.mark.parametrize("header", ["Come", "#4", "#0", "#999999999999"])
def test_an_absent_header_is_told_with_those_there_are(path: Path, plan: Plan, header: str) -> None:
    with pytest.raises(MissingColumns, match="#1 “Cosa”, #2 “Perché”, #3 “Perché”"):
        imported(path, plan, "Cosa,Perché,Perché\na,b,c\n", f"text={header}")


def test_a_repeated_header_must_be_named_by_position(path: Path, plan: Plan) -> None:
    with pytest.raises(MissingColumns, match="“Perché”: #2, #3"):
        imported(path, plan, "Cosa,Perché,Perché\na,b,c\n", "text=Perché")


def test_an_exact_header_goes_before_a_similar_one(path: Path, plan: Plan) -> None:
    assert values(imported(path, plan, "perche,Perché\na,b\n", "text=perche"), "text") == [["a"]]


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_row_is_named_by_its_number_and_stands_for_itself(path: Path, plan: Plan) -> None:
    result = imported(path, plan, "t\nuno\n\n\ndue\n", "text=t")
    assert values(result, "answer_id", "contribution_id", "unit", "text") == [
        ["r000002", "r000002", "r000002", "uno"],
        ["r000005", "r000005", "r000005", "due"],
    ]
    assert list(result.answers.columns) == ANSWERS.all
    assert result.unread == ()
    assert "form.csv: contributions that name no group, and count as non_indicato: 2." in told(result)


def test_that_no_column_speaks_of_consent_is_told(path: Path, plan: Plan) -> None:
    assert "--map consent=HEADER" in told(imported(path, plan, "t\nuno\n", "text=t"))
    assert "--map consent=HEADER" not in told(
        imported(path, plan, "t,c\nuno,counted_only\n", "text=t", "consent=c")
    )


def test_columns_of_one_question_are_joined_in_the_order_mapped(path: Path, plan: Plan) -> None:
    result = imported(
        path, plan, "titolo,testo,v\nA,B,C\n,B,\nA,,\n,,\n", "text=testo", "text=titolo", "text:visioni=v"
    )
    assert values(result, "answer_id", "guiding_question", "text") == [
        ["r000002", "", "B\n\nA"],
        ["r000002//visioni", "visioni", "C"],
        ["r000003", "", "B"],
        ["r000004", "", "A"],
    ]
    assert result.counts.rows == 3  # a row without anything in it is none
    assert result.counts.answers == 4
    assert result.counts.contributions == 3
    assert result.counts.empty_texts == 2  # the question "visioni" of two rows
    assert "no answer: 2" in told(result)


def test_text_columns_of_different_questions_are_different_answers(path: Path, plan: Plan) -> None:
    result = imported(
        path,
        plan,
        "id,area,v,r,x\np1,acqua,uno,due,tre\n",
        "id=id",
        "strategic_question=area",
        "text:visioni=v",
        "text:risorse=r",
        "text:rive/visioni=x",
    )
    assert values(result, "answer_id", "strategic_question", "guiding_question", "text") == [
        ["p1/acqua/risorse", "acqua", "risorse", "due"],
        ["p1/acqua/visioni", "acqua", "visioni", "uno"],
        ["p1/rive/visioni", "rive", "visioni", "tre"],
    ]


def test_questions_and_groups_go_by_id_title_or_label_in_either_language(path: Path, plan: Plan) -> None:
    result = imported(
        path,
        plan,
        "s,g,c,t\nacqua,visioni,pescatori,1\nqualita dell'ACQUA,Resources,FISHERS,2\n"
        'Shores,"Che lago  vorresti?",le comunita,3\n,,,4\n',
        "strategic_question=s",
        "guiding_question=g",
        "group=c",
        "text=t",
    )
    assert values(result, "text", "strategic_question", "guiding_question", "group") == [
        ["1", "acqua", "visioni", "pescatori"],
        ["2", "acqua", "risorse", "pescatori"],
        ["3", "rive", "visioni", "comunita"],
        ["4", "", "", "non_indicato"],
    ]


def test_a_question_that_the_plan_does_not_have_is_unread_with_its_row(path: Path, plan: Plan) -> None:
    result = imported(
        path,
        plan,
        "s,g,t\nfuoco,,uno\n,sogni,due\nfuoco,,\nacqua,,tre\n",
        "strategic_question=s",
        "guiding_question=g",
        "text=t",
    )
    assert values(result, "text") == [["tre"]]
    assert [(u.row, u.source) for u in result.unread] == [(2, "form.csv"), (3, "form.csv")]
    assert "“fuoco” is not in the plan: write one of acqua, rive" in str(result.unread[0].reason)
    assert "“sogni” is not in the plan" in str(result.unread[1].reason)
    assert result.counts.empty_texts == 1  # a row that says nothing is no loss, whatever its question


def test_values_are_given_groups_whatever_their_case_and_blanks(path: Path, plan: Plan) -> None:
    result = imported(
        path,
        plan,
        "chi,t\n Pubblico ,1\nPUBBLICO,2\nprivato,3\npescatori,4\n",
        "group=chi",
        "text=t",
        groups=("pubblico=comunita", "pescatori=imprese", "pubblici=scuole"),
    )
    assert values(result, "text", "group") == [
        ["1", "comunita"],
        ["2", "comunita"],
        ["3", "non_indicato"],
        ["4", "imprese"],  # what is said on the command line goes before the plan's ids
    ]
    assert "“privato” 1" in told(result)
    assert "“pubblici”" in told(result)  # given a group, but met in no row


def test_a_label_that_two_groups_share_names_neither(path: Path, plan: Plan) -> None:
    result = imported(path, plan, "chi,t\nAltri,1\nFirms,2\n", "group=chi", "text=t")
    assert values(result, "group") == [["non_indicato"], ["imprese"]]


def test_unknown_groups_are_told_with_the_ten_commonest(path: Path, plan: Plan) -> None:
    rows = [f"gruppo {number:02},x" for number in range(1, 13) for _ in range(number)]
    result = imported(path, plan, "\n".join(["chi,t", *rows]), "group=chi", "text=t")
    assert set(result.answers["group"]) == {"non_indicato"}
    assert "“gruppo 12” 12, “gruppo 11” 11" in told(result)
    assert "“gruppo 03” 3, …" in told(result)
    assert "gruppo 02" not in told(result)


def test_rows_of_one_contribution_have_one_group_and_unit(path: Path, plan: Plan) -> None:
    result = imported(
        path,
        plan,
        "id,chi,org,g,t\np1,pescatori,,visioni,1\np1,,Circolo,risorse,2\np2,pescatori,,visioni,3\np2,imprese,,risorse,4\n,,,,5\n",
        "id=id",
        "group=chi",
        "unit=org",
        "guiding_question=g",
        "text=t",
    )
    assert values(result, "contribution_id", "group", "unit") == [
        ["p1", "pescatori", "Circolo"],
        ["p1", "pescatori", "Circolo"],
        ["p2", "non_indicato", "p2"],
        ["p2", "non_indicato", "p2"],
        ["r000006", "non_indicato", "r000006"],
    ]
    assert "“p2”" in told(result)
    assert result.counts.contributions == 3


def test_several_answers_to_one_question_have_their_own_ids_whatever_the_order(
    path: Path, plan: Plan
) -> None:
    rows = ["p1,b", "p1,a", "p1,b", "p2,c", "p1#2,d"]
    one, other = (
        imported(path, plan, "\n".join(["id,t", *order]), "id=id", "text=t") for order in (rows, rows[::-1])
    )
    assert one.answers.equals(other.answers)
    assert values(one, "text", "contribution_id", "answer_id") == [
        ["a", "p1", "p1"],
        ["b", "p1", "p1#2"],
        ["d", "p1#2", "p1#2#2"],
        ["c", "p2", "p2"],
    ]
    assert "word for word" in told(one)


def test_a_joined_text_that_is_too_long_is_unread(path: Path, plan: Plan) -> None:
    half = "x" * (LONGEST_IMPORTED // 2)
    result = imported(path, plan, f"a,b\n{half},{half}\nbreve,\n", "text=a", "text=b")
    assert values(result, "text") == [["breve"]]
    assert [unread.row for unread in result.unread] == [2]
    assert str(LONGEST_IMPORTED) in str(result.unread[0].reason)
    assert LONGEST_IMPORTED > LONGEST_ANSWER


def test_languages_go_by_name_and_others_are_told(path: Path, plan: Plan) -> None:
    result = imported(
        path, plan, "l,t\nen,1\nInglese,2\nItaliano,3\n,4\nfrançais,5\n", "language=l", "text=t"
    )
    assert values(result, "language") == [["en"], ["en"], ["it"], ["it"], ["it"]]
    assert "read as it: “français” 1" in told(result)


def test_nobody_is_quoted_on_an_unclear_consent(path: Path, plan: Plan) -> None:
    content = "c,t\nquotable_anonymous,1\nsì,2\n,3\n"
    result = imported(path, plan, content, "consent=c", "text=t")
    assert values(result, "consent") == [["quotable_anonymous"], ["counted_only"], ["counted_only"]]
    assert "“sì” 1" in told(result)
    assert set(imported(path, plan, content, "text=t").answers["consent"]) == {"quotable_with_group"}


def test_times_become_iso_and_unreadable_ones_are_told(path: Path, plan: Plan) -> None:
    content = "q,t\n24/11/2025 15.57.55,1\n2023/05/05 3:13:26 PM CET,2\n2020-05-05 17:14:45,3\nieri,4\n,5\n"
    result = imported(path, plan, content, "at=q", "text=t")
    assert values(result, "at") == [
        ["2025-11-24T15:57:55"],
        ["2023-05-05T15:13:26+01:00"],
        ["2020-05-05T17:14:45"],
        [""],
        [""],
    ]
    assert "“ieri” 1" in told(result)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("24/11/2025", "2025-11-24T00:00:00"),
        ("4/1/2025 9.05", "2025-01-04T09:05:00"),
        ("24/11/2025, 15:57:55", "2025-11-24T15:57:55"),
        ("2023/05/05 12:00:01 AM CEST", "2023-05-05T00:00:01+02:00"),
        ("2023/05/05 12:00:01 pm GMT+2", "2023-05-05T12:00:01+02:00"),
        ("2025-11-24T15:57:55Z", "2025-11-24T15:57:55+00:00"),
        ("2026-11-22T10:00:00.123456+01:00", "2026-11-22T10:00:00.123456+01:00"),
        ("11/24/2025 10.00.00", ""),  # days come first here
        ("2023/05/05 13:00:00 PM", ""),
        ("2023/05/05 3:13:26 PM XYZ", ""),
        ("2023/05/05 3:13:26 PM GMT+99", ""),
        ("2025-13-01", ""),
        ("20251124", ""),
        ("", ""),
    ],
)
def test_each_way_of_writing_a_time(text: str, iso: str) -> None:
    assert iso_moment(text) == iso


def test_what_is_wrong_with_the_file_is_told_here_too(path: Path, plan: Plan) -> None:
    path.write_bytes("chi,t\npescatori,però\npescatori\n".encode("cp1252") + b"pescatori,a\x00b\n")
    result = import_rows(path, read_mapping(["text=t", "group=chi"], [], plan), plan)
    assert values(result, "text") == [["però"], ["ab"]]
    assert [unread.row for unread in result.unread] == [3]
    assert "Windows-1252" in told(result)
    assert "control characters" in told(result)
    assert result.counts.rows == 3
    with pytest.raises(UnreadableFile, match="empty"):
        imported(path, plan, "", "text=t")


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("\"',;\t\r\n\0aà1=#/") | st.text())
def test_no_content_ends_in_a_traceback(path: Path, plan: Plan, content: str) -> None:
    mapping = read_mapping(
        ["text=#2", "text:rive/visioni=#3", "id=#1", "group=#1", "at=#1"], ["a=imprese"], plan
    )
    path.write_bytes(("1,2,3\n" + content).encode("utf-8", "surrogatepass"))
    try:
        result = import_rows(path, mapping, plan)
    except Problem:
        return
    assert result.answers["answer_id"].is_unique
    assert result.counts.answers == len(result.answers)


def test_an_answer_keeps_its_own_id_and_names_its_contribution_where_nothing_else_does(
    path: Path, plan: Plan
) -> None:
    content = "n,chi,t\na7,c1,uno\na8,,due\n,,tre\na7,c2,quattro\n"
    result = imported(path, plan, content, "answer_id=n", "contribution_id=chi", "text=t")
    assert values(result, "answer_id", "contribution_id", "text") == [
        ["a7", "c2", "quattro"],
        ["a7#2", "c1", "uno"],
        ["a8", "a8", "due"],
        ["r000004", "r000004", "tre"],
    ]
