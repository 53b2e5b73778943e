"""The jobs from a terminal, as a person runs them: files in, files out, a clear word when it goes wrong."""

from __future__ import annotations

import csv
import hashlib
import json
import math
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli import app
from tests.conftest import SHARED
from tests.f1 import files

PROJECT = Path(__file__).parent.parent
PLAN = PROJECT / "data" / "plans" / "milano-welfare.toml"
ANSWERS = PROJECT / "data" / "example" / "answers.csv"
RATINGS = PROJECT / "data" / "example" / "ratings.csv"

TABLES = [
    "agreement.csv",
    "assignments.csv",
    "concordance.csv",
    "distribution.csv",
    "groups.csv",
    "index.csv",
    "nonresponse.csv",
    "orders.csv",
    "outcomes.csv",
    "participation.csv",
    "patterns.csv",
    "priorities.csv",
    "quotes.csv",
    "ranks.csv",
    "recognition.csv",
    "sensitivity.csv",
    "weighings.csv",
    "words.csv",
]
OUTPUTS = [*TABLES, "priority-map.html", "priority-map.svg", "receipt.json"]
PRIORITIES = [
    *("objective", "strategic_question", "n_answers", "n_ratings", "n_groups"),
    *("need", "need_low", "need_high", "feasibility", "feasibility_low", "feasibility_high"),
    *("salience", "salience_basis", "breadth", "quadrant"),
    *("p_top", "rank_low", "rank_high", "rank_set_low", "rank_set_high", "quadrant_probability"),
    *("gic", "agreement", "tier", "badges", "sensitive"),
    *("need_t_low", "need_t_high", "feasibility_t_low", "feasibility_t_high"),
    *("salience_low", "salience_high", "reach", "attention", "apart"),
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
    names = {path.name for path in example.iterdir()}
    assert set(OUTPUTS) <= names
    assert sorted(name for name in names if name.endswith(".csv")) == sorted([*TABLES, "unread.csv"])
    assert {Path(name).suffix for name in names} == {".csv", ".html", ".svg", ".json"}
    priorities = rows(example / "priorities.csv")
    assert list(priorities[0]) == PRIORITIES
    assert len(priorities) == 14
    assigned = rows(example / "assignments.csv")
    assert list(assigned[0]) == ["answer_id", "objective", "score", "words", "basis", "margin"]
    recognised = rows(example / "recognition.csv")
    assert len(recognised) == 14
    assert {row["checked"] for row in recognised} == {"false"}  # nobody has judged the example's proposals
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
    names = {path.name for path in example.iterdir()}
    assert {path.name for path in out.iterdir()} == names
    for name in names - {"receipt.json"}:
        assert (out / name).read_bytes() == (example / name).read_bytes(), name
    here, there = (json.loads((folder / "receipt.json").read_bytes()) for folder in (out, example))
    # where the inputs lie, as seen from the receipt, is all that differs
    assert {**here, "paths": None} == {**there, "paths": None}
    assert here["paths"]["answers"] == "../a.csv"


def test_the_receipt_holds_the_digest_of_every_output(example: Path) -> None:
    receipt = json.loads((example / "receipt.json").read_bytes())
    assert receipt["rules"]["seed"] == 20261122
    assert receipt["parameters"] == {"language": "it", "invented": False}
    assert set(receipt["inputs"]) == {"plan", "answers", "ratings", "lexicons"}
    assert receipt["outputs"] == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in example.iterdir()
        if path.name not in ("receipt.json", "unread.csv")
    }
    assert set(receipt["paths"]) == {"plan", "answers", "ratings"}
    # where the inputs lie is told as seen from the receipt, and nothing else is a place
    assert not any(Path(path).is_absolute() for path in receipt.pop("paths").values())
    assert str(PROJECT) not in json.dumps(receipt)


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
    paths = files(tmp_path)
    given = [part for name, path in paths.items() for part in (f"--{name}", path)]
    result = run("analyse", *given, "--out", tmp_path / "out")
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
    assert [found[o]["p_top"] for o in ("o1", "o2", "o3")] == ["0.096788", "0.903212", "0.000000"]
    assert [(found[o]["rank_set_low"], found[o]["rank_set_high"]) for o in ("o1", "o2", "o3")] == [
        ("1", "3"),
        ("1", "2"),
        ("2", "3"),
    ]
    assert [found[o]["gic"] for o in ("o1", "o2", "o3")] == ["0.550321", "0.693361", "0.531329"]
    ranks = rows(tmp_path / "out" / "ranks.csv")
    assert [row["probability"] for row in ranks[:3]] == ["0.096788", "0.724392", "0.178819"]
    voice = [row for row in rows(tmp_path / "out" / "outcomes.csv") if row["line"] == "one_person_one_voice"]
    assert [row["p_top"] for row in voice] == ["0.142361", "0.857639", "0.000000"]
    # nobody is published in groups of four, three and two
    assert {row["need"] for row in rows(tmp_path / "out" / "groups.csv")} == {""}
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


# clusters, merged groups and invitations, through files


def analysed(run: Run, folder: Path, paths: dict[str, Path], *more: object) -> dict[str, dict[str, str]]:
    """The priorities of an analysis of these files, by objective."""
    given = [part for name, path in paths.items() for part in (f"--{name}", path)]
    result = run("analyse", *given, *more, "--out", folder / "out")
    assert result.exit_code == 0, result.output
    return {row["objective"]: row for row in rows(folder / "out" / "priorities.csv")}


def test_a_confirmed_campaign_counts_once_through_files(run: Run, tmp_path: Path) -> None:
    """TS1 forty times over: with its cluster the needs of the oracle, without it others."""
    paths = files(tmp_path)
    lines = paths["ratings"].read_text(encoding="utf-8").splitlines()
    own = [line for line in lines if line.startswith("TS1,TS1,")]
    copies = [line.replace("TS1,TS1,", f"copy{n},copy{n},", 1) for n in range(40) for line in own]
    written(paths["ratings"], *lines, *copies)
    loud = analysed(run, tmp_path, paths)
    assert loud["o1"]["need"] != "70.833333"
    members = ["TS1", *(f"copy{n}" for n in range(40))]
    paths["clusters"] = written(
        tmp_path / "clusters.csv", "cluster,contribution_id", *(f"k,{member}" for member in members)
    )
    once = analysed(run, tmp_path, paths)
    assert [once[o]["need"] for o in ("o1", "o2", "o3")] == ["70.833333", "78.472222", "67.013889"]
    assert [once[o]["p_top"] for o in ("o1", "o2", "o3")] == ["0.096788", "0.903212", "0.000000"]
    lines_told = [row["line"] for row in rows(tmp_path / "out" / "sensitivity.csv")]
    assert {"campaigns_all", "campaigns_excluded"} <= set(lines_told)
    receipt = json.loads((tmp_path / "out" / "receipt.json").read_bytes())
    assert set(receipt["inputs"]) == {"plan", "answers", "ratings", "clusters", "lexicons"}


def test_a_small_group_is_weighed_where_the_plan_merges_it(run: Run, tmp_path: Path) -> None:
    """With three units a group at least, the two of CI are weighed with the three of PA."""
    paths = files(tmp_path, 'merged_groups = { ci = "pa" }')
    source = paths["plan"].read_text(encoding="utf-8")
    paths["plan"].write_text(source.replace("smallest_group = 2", "smallest_group = 3"), encoding="utf-8")
    found = analysed(run, tmp_path, paths)
    assert {row["n_groups"] for row in found.values()} == {"2"}
    people = {row["group"]: row for row in rows(tmp_path / "out" / "participation.csv")}
    assert {row["balanced"] for row in people.values()} == {"true"}
    groups = rows(tmp_path / "out" / "groups.csv")
    assert {(row["group"], row["n"]) for row in groups} == {("ts", "4"), ("pa", "5")}


def test_who_was_invited_stands_beside_who_came(run: Run, tmp_path: Path) -> None:
    paths = files(tmp_path)
    paths["invitations"] = written(tmp_path / "i.csv", "group,invited", "ts,8", "mars,3", "ci,1")
    analysed(run, tmp_path, paths)
    people = {row["group"]: row for row in rows(tmp_path / "out" / "participation.csv")}
    assert [(people[g]["invited"], people[g]["response"]) for g in ("ts", "pa", "ci")] == [
        ("8", "0.500000"),
        ("", ""),
        ("1", ""),
    ]
    assert [(row["row"], row["file"]) for row in rows(tmp_path / "out" / "unread.csv")] == [("3", "i.csv")]


# other countings


VOTES = "contribution_id,unit,group,item,points"


@pytest.fixture
def plan_of_f1(tmp_path: Path) -> Path:
    return files(tmp_path)["plan"]


def test_dots_are_counted_from_the_terminal(run: Run, tmp_path: Path, plan_of_f1: Path) -> None:
    votes = written(
        tmp_path / "v.csv", VOTES, "a,,ts,o1,2", "a,,ts,o2,1", "b,,ts,o1,1", "c,,ts,Panchine,2", "d,,ts,o1,9"
    )
    result = run("votes", "--votes", votes, "--plan", plan_of_f1, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    found = {row["item"]: row for row in rows(tmp_path / "out" / "votes.csv")}
    assert {item: row["points"] for item, row in found.items()} == {"o1": "3", "o2": "1", "Panchine": "2"}
    assert found["o1"]["score"] == "0.200000"  # of three voters with five dots
    assert [row["row"] for row in rows(tmp_path / "out" / "unread.csv")] == ["6"]


def test_the_points_of_a_nominal_group_are_counted_from_the_terminal(
    run: Run, tmp_path: Path, plan_of_f1: Path
) -> None:
    votes = written(tmp_path / "v.csv", VOTES, "a,,ts,o1,2", "a,,ts,o2,1", "b,,ts,o2,2", "b,,ts,o1,1")
    result = run("votes", "--votes", votes, "--plan", plan_of_f1, "--ngt", 2, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert rows(tmp_path / "out" / "votes.csv") == [
        {"item": "o1", "points": "3", "n_choosers": "2"},
        {"item": "o2", "points": "3", "n_choosers": "2"},
    ]


def test_two_rounds_are_compared_from_the_terminal(run: Run, tmp_path: Path) -> None:
    paths = files(tmp_path)
    command = ("rounds", "--first", paths["ratings"], "--second", paths["ratings"], "--plan", paths["plan"])
    result = run(*command, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    found = rows(tmp_path / "out" / "stability.csv")
    assert {row["objective"] for row in found} == {"o1", "o2", "o3"}
    assert {row["stable"] for row in found} == {"true"}
    assert {float(row["net_change"]) for row in found} == {0.0}


def test_ordered_lists_are_ranked_from_the_terminal(run: Run, tmp_path: Path, plan_of_f1: Path) -> None:
    mentions = written(
        tmp_path / "m.csv",
        "contribution_id,unit,group,position,item",
        *("a,,ts,1,scuola", "a,,ts,2,biblioteca", "a,,ts,3,rsa", "b,,ts,1,biblioteca", "b,,ts,2,scuola"),
        *("c,,ts,1,parrocchia", "c,,ts,2,biblioteca", "c,,ts,3,scuola", "c,,ts,4,orti"),
    )
    result = run("lists", "--mentions", mentions, "--plan", plan_of_f1, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    found = rows(tmp_path / "out" / "lists.csv")
    assert [(row["item"], row["smith"]) for row in found] == [
        ("biblioteca", "0.805556"),
        ("scuola", "0.666667"),
        ("parrocchia", "0.333333"),
        ("rsa", "0.111111"),
        ("orti", "0.083333"),
    ]


POLIS = ("votes.csv", "comments.csv", "participants-votes.csv")


def consensus_of(run: Run, folder: Path, out: Path) -> list[dict[str, str]]:
    votes, comments, groups = (folder / name for name in POLIS)
    result = run(
        *("consensus", "--votes", votes, "--comments", comments, "--groups", groups, "--out", out),
    )
    assert result.exit_code == 0, result.output
    return rows(out / "consensus.csv")


def test_a_polis_export_is_read_from_the_terminal(run: Run, tmp_path: Path) -> None:
    """Two groups of two: all agree with comment 1, half with comment 2."""
    votes = ["timestamp,datetime,comment-id,voter-id,vote"]
    votes += [f"{n},,{c},{v},{vote}" for n, (c, v, vote) in enumerate([
        (1, 1, -1), (1, 1, 1), (1, 2, 1), (1, 3, 1), (1, 4, 1), (2, 1, 1), (2, 2, 1), (2, 3, -1), (2, 4, 0),
    ])]  # fmt: skip
    written(tmp_path / POLIS[0], *votes)
    written(
        tmp_path / POLIS[1],
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body",
        "0,,1,1,4,0,1,Panchine",
        "0,,2,1,2,1,1,Ombra",
    )
    written(
        tmp_path / POLIS[2],
        "participant,group-id,n-comments,n-votes,n-agree,n-disagree,1,2",
        *(f"{voter},{group},0,2,1,0,," for voter, group in ((1, 0), (2, 0), (3, 1), (4, 1))),
    )
    found = consensus_of(run, tmp_path, tmp_path / "out")
    assert [(row["comment_id"], row["n"], row["agree"]) for row in found] == [
        ("1", "4", "4"),
        ("2", "4", "2"),
    ]
    # (3/4 · 3/4) and (3/4 · 1/4), their square roots
    assert [row["gic"] for row in found] == ["0.750000", "0.433013"]
    assert [row["division"] for row in found] == ["0.000000", "0.500000"]


REAL = SHARED / "data" / "polis"


@pytest.mark.parametrize(
    "folder", sorted(REAL.iterdir()) if REAL.is_dir() else [], ids=lambda path: path.name
)
def test_real_conversations_through_the_terminal_count_as_by_hand(
    folder: Path, run: Run, tmp_path: Path
) -> None:
    """Against plain dictionaries: the last vote of each voter, groups as Polis has them."""
    last: dict[tuple[str, str], tuple[int, str]] = {}
    for row in rows(folder / POLIS[0]):
        ballot, moment = (row["comment-id"], row["voter-id"]), int(row["timestamp"])
        if ballot not in last or moment >= last[ballot][0]:
            last[ballot] = (moment, row["vote"])
    group_of = {row["participant"]: row["group-id"] for row in rows(folder / POLIS[2])}
    tally: dict[str, dict[str, list[str]]] = {}
    for (comment, voter), (_, vote) in last.items():
        tally.setdefault(comment, {}).setdefault(group_of.get(voter, ""), []).append(vote)

    found = consensus_of(run, folder, tmp_path / "out")
    assert {row["comment_id"] for row in found} >= set(tally)
    for row in found:
        groups = tally.get(row["comment_id"], {})
        everyone = [vote for its in groups.values() for vote in its]
        assert [int(row[name]) for name in ("n", "agree", "disagree", "pass")] == [
            len(everyone), everyone.count("1"), everyone.count("-1"), everyone.count("0"),
        ]  # fmt: skip
        shares = [(its.count("1") + 1) / (len(its) + 2) for group, its in groups.items() if group]
        consensus = math.prod(shares) ** (1 / len(shares)) if shares else None
        assert row["gic"] == ("" if consensus is None else f"{consensus:.6f}")


@pytest.mark.parametrize(
    "command",
    [
        ["votes", "--votes", "none.csv", "--plan", PLAN],
        ["rounds", "--first", "none.csv", "--second", "none.csv", "--plan", PLAN],
        ["lists", "--mentions", "none.csv", "--plan", PLAN],
        ["consensus", "--votes", "none.csv", "--comments", "none.csv", "--groups", "none.csv"],
    ],
    ids=lambda command: command[0],
)
def test_a_missing_file_is_told_by_every_counting(command: list[object], run: Run, tmp_path: Path) -> None:
    result = run(*command, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "none.csv" in result.stderr
    assert not (tmp_path / "out").exists()
