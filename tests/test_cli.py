"""The jobs from a terminal, as a person runs them: files in, files out, a clear word when it goes wrong."""

from __future__ import annotations

import csv
import hashlib
import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli import app
from tests.f1 import GROUP_OF, ratings

PROJECT = Path(__file__).parent.parent
PLAN = PROJECT / "data" / "plans" / "milano-welfare.toml"
ANSWERS = PROJECT / "data" / "example" / "answers.csv"
RATINGS = PROJECT / "data" / "example" / "ratings.csv"

OUTPUTS = [
    "assignments.csv",
    "priorities.csv",
    "priority-map.html",
    "priority-map.svg",
    "quotes.csv",
    "receipt.json",
    "words.csv",
]
PRIORITIES = [
    "objective",
    "strategic_question",
    "n_answers",
    "n_ratings",
    "n_groups",
    "need",
    "need_low",
    "need_high",
    "feasibility",
    "feasibility_low",
    "feasibility_high",
    "salience",
    "salience_basis",
    "breadth",
    "quadrant",
]
HEADER = "answer_id,contribution_id,unit,group,strategic_question,guiding_question,text"
GOOD = 'a1,c1,,terzo_settore,protezione,visioni,"Più ascolto, prima che sia tardi"'

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command with a store of its own."""
    monkeypatch.setenv("ALLEANZA_STORE", str(tmp_path / "store.sqlite"))

    def command(*arguments: object) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    return command


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def seen(page: Path) -> str:
    """The text of a page, without its marks."""
    return re.sub(r"</?mark>", "", page.read_text(encoding="utf-8"))


def shuffled(source: Path, target: Path) -> Path:
    with source.open(encoding="utf-8", newline="") as file:
        header, *body = list(csv.reader(file))
    random.Random(7).shuffle(body)
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *body])
    return target


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of the shipped example, from its files."""
    out = tmp_path_factory.mktemp("example")
    result = CliRunner().invoke(
        app,
        [
            "analyse",
            "--plan",
            str(PLAN),
            "--answers",
            str(ANSWERS),
            "--ratings",
            str(RATINGS),
            "--out",
            str(out),
        ],
    )
    assert result.exit_code == 0, result.output
    return out


def test_it_writes_every_result_with_the_documented_columns(example: Path) -> None:
    assert sorted(path.name for path in example.iterdir()) == sorted([*OUTPUTS, "unread.csv"])
    priorities = rows(example / "priorities.csv")
    assert list(priorities[0]) == PRIORITIES
    assert len(priorities) == 14
    assert list(rows(example / "assignments.csv")[0]) == ["answer_id", "objective", "score", "words"]
    assert (example / "unread.csv").read_text(encoding="utf-8") == "row,reason,file\n"


def test_floats_have_six_decimals_and_every_objective_its_basis(example: Path) -> None:
    for row in rows(example / "priorities.csv"):
        assert len(row["need"].split(".")[1]) == 6
        assert row["salience_basis"] in ("author", "reviewed", "proposed")
        assert float(row["need_low"]) <= float(row["need"]) <= float(row["need_high"])


def test_rows_in_another_order_give_the_same_bytes(example: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run(
        *("analyse", "--plan", PLAN, "--out", out),
        *("--answers", shuffled(ANSWERS, tmp_path / "a.csv")),
        *("--ratings", shuffled(RATINGS, tmp_path / "r.csv")),
    )
    assert result.exit_code == 0, result.output
    for name in OUTPUTS:
        assert (out / name).read_bytes() == (example / name).read_bytes(), name


def test_the_receipt_holds_the_digest_of_every_output(example: Path) -> None:
    receipt = json.loads((example / "receipt.json").read_bytes())
    assert receipt["rules"]["seed"] == 20261122
    assert receipt["parameters"] == {"language": "it", "invented": False}
    assert set(receipt["inputs"]) == {"plan", "answers", "ratings", "lexicons"}
    assert receipt["outputs"] == {
        name: hashlib.sha256((example / name).read_bytes()).hexdigest()
        for name in OUTPUTS
        if name != "receipt.json"
    }
    assert str(PROJECT) not in (example / "receipt.json").read_text(encoding="utf-8")


def test_another_seed_changes_intervals_and_no_estimate(example: Path, run: Run, tmp_path: Path) -> None:
    run("analyse", "--plan", PLAN, "--answers", ANSWERS, "--ratings", RATINGS, "--seed", 5, "--out", tmp_path)
    before, after = rows(example / "priorities.csv"), rows(tmp_path / "priorities.csv")
    assert [row["need"] for row in before] == [row["need"] for row in after]
    assert [row["need_low"] for row in before] != [row["need_low"] for row in after]


def test_the_map_asks_nothing_of_another_host(example: Path) -> None:
    page = (example / "priority-map.html").read_text(encoding="utf-8")
    assert 'lang="it"' in page
    assert "<script src" not in page
    assert "<link" not in page


def test_counted_only_answers_are_not_in_the_quotes(example: Path) -> None:
    counted = {row["answer_id"] for row in rows(ANSWERS) if row["consent"] == "counted_only"}
    assert counted
    assert not counted & {row["answer_id"] for row in rows(example / "quotes.csv")}


def test_f1_to_the_printed_digits(run: Run, tmp_path: Path) -> None:
    """The oracle of the method, enumerated exactly, through files and back."""
    objectives = "\n".join(
        f'[[strategic_questions.objectives]]\nid = "o{n}"\ntitle = {{ it = "O{n}" }}\nseeds = ["seme{n}"]'
        for n in (1, 2, 3)
    )
    groups = "\n".join(
        f'[[stakeholder_groups]]\nid = "{group.lower()}"\nlabel = {{ it = "{group}" }}'
        for group in ("TS", "PA", "CI")
    )
    plan = written(
        tmp_path / "f1.toml",
        'id = "f1"\ntitle = { it = "F1" }\n[[strategic_questions]]\nid = "q"\ntitle = { it = "Q" }',
        'statement = { it = "Q." }',
        objectives,
        '[[guiding_questions]]\nid = "g"\nheading = { it = "G" }\nquestion = { it = "G?" }',
        groups,
        "[rules]\nsmallest_group = 2",
    )
    table = ratings()
    table["objective"], table["group"] = table["objective"].str.lower(), table["group"].str.lower()
    table.to_csv(tmp_path / "r.csv", index=False)
    answers = written(
        tmp_path / "a.csv", HEADER, *(f"{u},{u},,{g.lower()},q,g,qualcosa" for u, g in GROUP_OF.items())
    )
    result = run(
        "analyse",
        "--plan",
        plan,
        "--answers",
        answers,
        "--ratings",
        tmp_path / "r.csv",
        "--out",
        tmp_path / "out",
    )
    assert result.exit_code == 0, result.output
    found = {row["objective"]: row for row in rows(tmp_path / "out" / "priorities.csv")}
    assert [found[o]["need"] for o in ("o1", "o2", "o3")] == ["70.833333", "78.472222", "67.013889"]
    assert [found[o]["feasibility"] for o in ("o1", "o2", "o3")] == ["31.944444", "70.833333", "86.111111"]
    assert (found["o1"]["need_low"], found["o1"]["need_high"]) == ("65.277778", "76.388889")
    assert (found["o2"]["need_low"], found["o2"]["need_high"]) == ("73.611111", "83.333333")
    assert (found["o3"]["need_low"], found["o3"]["need_high"]) == ("62.500000", "71.527778")
    assert [found[o]["quadrant"] for o in ("o1", "o2", "o3")] == [
        "keep_watching",
        "act_now",
        "quick_opportunities",
    ]
    assert (tmp_path / "out" / "priority-map.svg").read_bytes().startswith(b"<svg")


def test_without_ratings_the_map_is_of_words(run: Run, tmp_path: Path) -> None:
    result = run("analyse", "--plan", PLAN, "--answers", ANSWERS, "--out", tmp_path)
    assert result.exit_code == 0, result.output
    first = rows(tmp_path / "priorities.csv")[0]
    assert (first["need"], first["quadrant"], first["n_ratings"]) == ("", "", "0")
    assert float(first["salience"]) > 0
    assert b"<svg" in (tmp_path / "priority-map.svg").read_bytes()


def test_too_few_answers_are_shown_instead_of_a_chart(run: Run, tmp_path: Path) -> None:
    answers = written(tmp_path / "a.csv", HEADER, GOOD)
    result = run("analyse", "--plan", PLAN, "--answers", answers, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    page = seen(tmp_path / "out" / "priority-map.html")
    assert "Più ascolto" in page
    assert "vegaEmbed(" not in page


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("a2,c2,,terzo_settore,protezione,visioni,Testo,sogni-1", "sogni-1"),
        ("a2,c2,,terzo_settore,protezzione,visioni,Testo,", "protezzione"),
        ("a2,c2,,terzo_settore,protezione,visioni,Testo", "7"),
        (f"a2,c2,,terzo_settore,protezione,visioni,{'parola ' * 750_000},", "5249999"),
    ],
    ids=["unknown objective", "unknown question", "a cell is missing", "5 MB"],
)
def test_a_bad_row_is_handed_back_and_the_good_one_counts(
    bad: str, told: str, run: Run, tmp_path: Path
) -> None:
    answers = written(tmp_path / "a.csv", HEADER + ",objectives", GOOD + ",", bad)
    result = run("analyse", "--plan", PLAN, "--answers", answers, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    unread = rows(tmp_path / "out" / "unread.csv")
    assert [row["row"] for row in unread] == ["3"]
    assert told in unread[0]["reason"].replace(".", "").replace(",", "")
    assert unread[0]["reason"] in result.stderr
    assert {row["answer_id"] for row in rows(tmp_path / "out" / "quotes.csv")} == {"a1"}
    assert "Più ascolto" in seen(tmp_path / "out" / "priority-map.html")


def test_a_rating_of_seven_is_handed_back(run: Run, tmp_path: Path) -> None:
    answers = written(tmp_path / "a.csv", HEADER, GOOD)
    rated = written(
        tmp_path / "r.csv",
        "contribution_id,unit,group,objective,dimension,value",
        "c1,,terzo_settore,protezione-1,importance,7",
        "c1,,terzo_settore,protezione-1,urgency,5",
        "c1,,terzo_settore,protezione-1,feasibility,",
    )
    result = run(
        "analyse", "--plan", PLAN, "--answers", answers, "--ratings", rated, "--out", tmp_path / "out"
    )
    assert result.exit_code == 0, result.output
    assert [(row["row"], row["file"]) for row in rows(tmp_path / "out" / "unread.csv")] == [("2", "r.csv")]
    assert rows(tmp_path / "out" / "priorities.csv")[0]["n_ratings"] == "1"


def test_latin_1_bytes_and_control_characters_are_mended_and_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        f"{HEADER}\n{GOOD}\n".encode()
        + "a2,c2,,cittadini,protezione,visioni,Pi\xf9 citt\xe0\n".encode("latin-1")
        + b"a3,c3,,cittadini,protezione,visioni,con\x00trollo\x0b\n"
    )
    result = run("analyse", "--plan", PLAN, "--answers", path, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    page = seen(tmp_path / "out" / "priority-map.html")
    assert "Più città" in page
    assert "controllo" in page
    assert "UTF-8" in result.stderr
    assert "3" in result.stderr


def test_a_formula_stays_text_and_is_neutralised_only_in_the_export(run: Run, tmp_path: Path) -> None:
    formula = "a2,c2,,cittadini,protezione,visioni,=IMPORTXML(ascolto) ascolto"
    answers = written(tmp_path / "a.csv", HEADER, formula)
    result = run("analyse", "--plan", PLAN, "--answers", answers, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    quotes = rows(tmp_path / "out" / "quotes.csv")
    assert [row["text"] for row in quotes] == ["'=IMPORTXML(ascolto) ascolto"]
    assert "'=IMPORTXML" not in seen(tmp_path / "out" / "priority-map.html")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("answer_id,text\na1,ciao\n", "strategic_question"),
        ("", "a.csv"),
        (HEADER + "\n", "a.csv"),
    ],
    ids=["missing columns", "empty", "only a header"],
)
def test_a_file_that_cannot_be_used_ends_with_a_sentence(
    content: str, told: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(content, encoding="utf-8")
    result = run("analyse", "--plan", PLAN, "--answers", tmp_path / "a.csv", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert told in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--answers", "missing.csv", "--plan", PLAN], "missing.csv"),
        (["--answers", ANSWERS, "--plan", "missing.toml"], "missing.toml"),
        (["--answers", ANSWERS], "--plan"),
        (["--consultation", "nessuna"], "nessuna"),
        (["--answers", ANSWERS, "--plan", PLAN, "--replicates", 3], "replicates"),
    ],
    ids=["no answers file", "no plan file", "no plan", "unknown consultation", "too few replicates"],
)
def test_a_wrong_command_says_what_to_do(
    arguments: list[object], told: str, run: Run, tmp_path: Path
) -> None:
    result = run("analyse", *arguments, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert told in result.stderr


def test_unknown_groups_are_kept_and_told_with_their_count(run: Run, tmp_path: Path) -> None:
    answers = written(
        tmp_path / "a.csv", HEADER, GOOD, "a2,c2,,marziani,,,ascolto", "a3,c3,,marziani,,,ascolto"
    )
    result = run("analyse", "--plan", PLAN, "--answers", answers, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "marziani" in result.stderr
    assert "2" in result.stderr
    assert "non_indicato" in result.stderr


def test_english_is_spoken_on_request(run: Run, tmp_path: Path) -> None:
    result = run(
        "analyse", "--plan", "missing.toml", "--answers", ANSWERS, "--out", tmp_path, "--language", "en"
    )
    assert "There is no plan file at missing.toml" in result.stderr
    assert (
        run("analyse", "--plan", "missing.toml", "--answers", ANSWERS, "--out", tmp_path).stderr
        != result.stderr
    )


def test_demo_puts_the_example_into_the_store_and_writes_its_maps(
    example: Path, run: Run, tmp_path: Path
) -> None:
    result = run("demo", "--out", tmp_path / "demo")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "demo" / "priorities.csv").read_bytes() == (example / "priorities.csv").read_bytes()
    assert "inventat" in result.stdout
    assert "esempio" in run("consultations").stdout


def test_the_example_can_be_removed_and_stays_away_until_asked_for(run: Run, tmp_path: Path) -> None:
    assert "esempio" in run("consultations").stdout
    assert run("remove-example").exit_code == 0
    assert "esempio" not in run("consultations").stdout
    assert run("demo", "--out", tmp_path / "demo").exit_code == 0
    assert "esempio" in run("consultations").stdout


FOREIGN = [
    "Informazioni cronologiche; Da dove parli ;Che città vorresti?;Che città vorresti?",
    "24/11/2025 15.57.55;coop;Una città che ascolta;",
    "24/11/2025 16.00.00;marziani;Più custodi sociali;Le portinerie",
    "24/11/2025 16.01.00;coop;;",
]


def test_import_maps_columns_and_groups(run: Run, tmp_path: Path) -> None:
    foreign = written(tmp_path / "modulo.csv", *FOREIGN)
    result = run(
        *("import", foreign, "--plan", PLAN, "--out", tmp_path / "read"),
        *("--map", "text:visioni=#3", "--map", "text:risorse=#4", "--map", "group=Da dove parli"),
        *("--group", "coop=terzo_settore"),
    )
    assert result.exit_code == 0, result.output
    read = rows(tmp_path / "read" / "answers.csv")
    assert [(row["guiding_question"], row["group"], row["text"]) for row in read] == [
        ("visioni", "terzo_settore", "Una città che ascolta"),
        ("risorse", "non_indicato", "Le portinerie"),
        ("visioni", "non_indicato", "Più custodi sociali"),
    ]
    assert len({row["contribution_id"] for row in read}) == 2
    assert "marziani" in result.stderr
    assert not (tmp_path / "store.sqlite").exists()


def test_import_keeps_in_a_store_only_when_told_to(run: Run, tmp_path: Path) -> None:
    foreign = written(tmp_path / "modulo.csv", *FOREIGN)
    store = tmp_path / "other.sqlite"
    arguments = ("import", foreign, "--plan", PLAN, "--out", tmp_path / "read", "--map", "text:visioni=#3")
    assert run(*arguments, "--store", store).exit_code == 0
    listed = run("consultations", "--store", store).stdout
    assert "milano-welfare" in listed
    result = run("analyse", "--store", store, "--consultation", "milano-welfare", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "Più custodi sociali" in seen(tmp_path / "out" / "priority-map.html")


def test_import_names_the_columns_there_are_when_one_is_not(run: Run, tmp_path: Path) -> None:
    foreign = written(tmp_path / "modulo.csv", *FOREIGN)
    result = run("import", foreign, "--plan", PLAN, "--out", tmp_path / "read", "--map", "text=Che vorresti?")
    assert result.exit_code == 2
    assert "Da dove parli" in result.stderr


@pytest.fixture
def imported(run: Run, tmp_path: Path) -> Callable[..., Result]:
    """Imports two answers into a store of its own, in the consultation named."""
    foreign = written(tmp_path / "modulo.csv", "id;testo", "u1;Più ascolto", "u2;Le portinerie")

    def command(consultation: str = "milano-welfare", plan: Path = PLAN, out: str = "read") -> Result:
        return run(
            *("import", foreign, "--plan", plan, "--out", tmp_path / out, "--map", "id=id"),
            *("--map", "text=testo", "--store", tmp_path / "kept.sqlite", "--consultation", consultation),
        )

    return command


def test_real_words_never_enter_the_example_that_everyone_reads(imported: Callable[..., Result]) -> None:
    result = imported(consultation="esempio")
    assert result.exit_code == 2
    assert "esempio" in result.stderr


def test_answers_on_one_plan_never_enter_a_consultation_on_another(imported: Callable[..., Result]) -> None:
    other = PROJECT / "tests" / "plans" / "biblioteche.toml"
    assert imported(plan=other).exit_code == 2
    assert imported(plan=other, consultation="biblioteche").exit_code == 0


def test_importing_again_changes_only_what_changed(
    imported: Callable[..., Result], run: Run, tmp_path: Path
) -> None:
    assert "2" in imported().stdout
    assert imported().exit_code == 0
    written(tmp_path / "modulo.csv", "id;testo", "u1;Più ascolto", "u2;Le portinerie e i custodi")
    result = imported()
    assert result.exit_code == 0, result.output
    assert re.search(r"0 nuovi, 1 .*, 1 ", result.stdout), result.stdout
    run(
        "analyse",
        "--store",
        tmp_path / "kept.sqlite",
        "--out",
        tmp_path / "out",
        "--consultation",
        "milano-welfare",
    )
    page = seen(tmp_path / "out" / "priority-map.html")
    assert "Le portinerie e i custodi" in page
    assert page.count("Le portinerie") == 1


def test_a_result_never_replaces_what_it_was_made_from(run: Run, tmp_path: Path) -> None:
    own = written(tmp_path / "answers.csv", "testo", "Più ascolto")
    before = own.read_bytes()
    result = run("import", own, "--plan", PLAN, "--out", tmp_path, "--map", "text=testo")
    assert result.exit_code == 2
    assert own.read_bytes() == before


@pytest.mark.parametrize("command", [["consultations"], ["analyse", "--out", "out"], ["remove-example"]])
def test_a_mistyped_store_is_told_and_not_made(command: list[str], run: Run, tmp_path: Path) -> None:
    result = run(*command, "--store", tmp_path / "typo.sqlite")
    assert result.exit_code == 2
    assert "typo.sqlite" in result.stderr
    assert not (tmp_path / "typo.sqlite").exists()
