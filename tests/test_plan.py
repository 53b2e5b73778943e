"""Plans of any shape are read; a broken one is told with the key and the mend."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from consultation.errors import BrokenPlan
from consultation.language import Wording
from consultation.plan import DEFAULT_COLOURS, SYMBOLS, Plan, load_plan, read_plan
from consultation.rules import Rules
from consultation.targets import Target

PROJECT = Path(__file__).parent.parent
LIBRARIES = PROJECT / "tests" / "plans" / "biblioteche.toml"


@pytest.fixture(scope="module")
def libraries() -> Plan:
    return load_plan(LIBRARIES)


def test_the_plan_that_ships_has_its_shape(milan: Plan) -> None:
    codes = " ".join(objective.code for objective in milan.objectives.values())
    assert codes == "P1 P2 P3 P4 S1 S2 S3 L1 L2 L3 O1 O2 O3 O4"
    assert list(milan.questions) == ["protezione", "solitudini", "pluralita", "opportunita"]
    assert list(milan.guides) == ["visioni", "welfare_pubblico", "risorse", "soggetti", "competenze"]
    assert len(milan.groups) == 11


def test_the_plan_that_ships_is_whole_in_both_languages(milan: Plan) -> None:
    assert milan.promise
    assert milan.privacy
    wordings = [milan.title, milan.promise, milan.privacy]
    for question in milan.strategic_questions:
        wordings += [question.title, question.statement]
        for position, objective in enumerate(question.objectives, 1):
            assert objective.id == f"{question.id}-{position}"
            assert objective.strategic_question == question.id
            assert 8 <= len(objective.seeds) <= 45
            wordings += [objective.title, objective.short]
    wordings += [w for g in milan.guiding_questions for w in (g.heading, g.question)]
    wordings += [group.label for group in milan.stakeholder_groups]
    assert [wording for wording in wordings if not (wording.it and wording.en)] == []


def test_the_plan_that_ships_says_which_question_asks_for_visions_and_which_about_services(
    milan: Plan, libraries: Plan
) -> None:
    readings = {guide.id: guide.reading for guide in milan.guiding_questions if guide.reading}
    assert readings == {"visioni": "visions", "welfare_pubblico": "services"}
    assert {guide.reading for guide in libraries.guiding_questions} == {""}


def test_in_the_plan_that_ships_colours_symbols_and_seeds_tell_apart(milan: Plan) -> None:
    questions = milan.strategic_questions
    assert len({q.colour for q in questions}) == len({q.symbol for q in questions}) == len(questions)
    for question in questions:
        seeds = [seed for objective in question.objectives for seed in objective.seeds]
        assert len(set(seeds)) == len(seeds)


def test_a_plan_of_another_shape_is_read_whole(libraries: Plan) -> None:
    assert [o.code for o in libraries.objectives.values()] == ["L1", "L2", "L3", "U1", "U2"]
    assert list(libraries.objectives) == ["lettori-1", "lettori-2", "lettori-3", "luoghi-1", "luoghi-2"]
    assert list(libraries.guides) == ["desideri", "ostacoli", "aiuti"]
    assert list(libraries.groups) == ["scuole", "librerie", "volontari", "abitanti"]
    assert libraries.rules == Rules(seed=7, replicates=500, smallest_group=2, enough_answers=5)


def test_what_a_plan_leaves_out_has_a_default(libraries: Plan) -> None:
    readers, places = libraries.strategic_questions
    assert (readers.colour, readers.symbol) == (DEFAULT_COLOURS[0], SYMBOLS[0])
    assert (places.colour, places.symbol) == ("#1B7F5C", "diamond")
    by_mail = libraries.objectives["lettori-2"]
    assert by_mail.short == by_mail.title == Wording("Portare i libri dove le persone già sono")


def test_the_text_of_a_plan_is_kept_and_reads_the_same(libraries: Plan) -> None:
    assert read_plan(libraries.source) == libraries


def test_a_plan_saved_by_a_windows_editor_is_the_same(tmp_path: Path, libraries: Plan) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(LIBRARIES.read_text("utf-8").replace("\n", "\r\n").encode("utf-8-sig"))
    assert load_plan(path) == libraries


def test_what_is_not_asked_is_kept_apart_and_moves_no_letter_colour_or_symbol(libraries: Plan) -> None:
    source = LIBRARIES.read_text("utf-8").replace('id = "lettori"', 'id = "lettori"\nasked = false')
    source = source.replace('id = "ostacoli"', 'id = "ostacoli"\nasked = false')
    plan = read_plan(source.replace('id = "luoghi"', 'id = "luoghi"\nasked = true'))
    assert list(plan.questions) == ["luoghi"]
    assert list(plan.objectives) == ["luoghi-1", "luoghi-2"]
    assert list(plan.guides) == ["desideri", "aiuti"]
    assert plan.strategic_questions + plan.unasked_questions == libraries.strategic_questions[::-1]
    assert plan.unasked_guides == (libraries.guides["ostacoli"],)
    assert not libraries.unasked_questions
    assert not libraries.unasked_guides


@pytest.mark.parametrize("table", ["strategic_questions", "guiding_questions"])
def test_at_least_one_question_of_each_sort_is_asked(table: str) -> None:
    source = LIBRARIES.read_text("utf-8").replace(f"[[{table}]]", f"[[{table}]]\nasked = false")
    with pytest.raises(BrokenPlan, match=rf"^{table}: none is asked; remove asked = false from at least one"):
        read_plan(source)


def with_promise(promise: str) -> Plan:
    title = 'title = { it = "Piano delle biblioteche di Valdombra" }'
    assert title in LIBRARIES.read_text("utf-8")
    return read_plan(LIBRARIES.read_text("utf-8").replace(title, f"{title}\n{promise}"))


def test_a_plan_may_promise_something_in_several_paragraphs(libraries: Plan) -> None:
    plan = with_promise('[promise]\nit = """\nLeggiamo tutto.\n\nDecide il consiglio."""')
    assert plan.promise == Wording("Leggiamo tutto.\n\nDecide il consiglio.")
    assert plan.privacy is libraries.promise is None


def test_a_promise_or_a_short_name_left_empty_is_none(libraries: Plan) -> None:
    assert with_promise('promise = { it = "", en = "" }').promise is None
    emptied = LIBRARIES.read_text("utf-8").replace('short = { it = "Leggere da piccoli" }', "short = {}")
    objective = read_plan(emptied).objectives["lettori-3"]
    assert objective.short == objective.title != libraries.objectives["lettori-3"].short


@pytest.mark.parametrize(
    "promise",
    ['{ en = "We read it all." }', '{ it = " ", en = "We read it all." }', '"Leggiamo tutto."', "{ it = 3 }"],
)
def test_a_promise_is_a_wording_with_italian(promise: str) -> None:
    with pytest.raises(BrokenPlan, match=r"^promise is missing or not in two languages: write promise ="):
        with_promise(f"promise = {promise}")


def test_two_questions_of_one_letter_get_two_codes() -> None:
    twice = LIBRARIES.read_text("utf-8").replace("luoghi", "lettor")
    assert [o.code for o in read_plan(twice).objectives.values()] == ["L1", "L2", "L3", "E1", "E2"]
    digits = LIBRARIES.read_text("utf-8").replace("luoghi", "2030")
    assert list(read_plan(digits).objectives.values())[-1].code == "Q2-2"


# Broken plans

BROKEN = {
    "not TOML": ("[rules]", "[rules", "The plan file is not valid TOML: .*line"),
    "an unknown table": (
        "[rules]",
        "[regole]",
        "regole is not part of a plan: remove it, or use one of .*rules",
    ),
    "an unknown key of a question": (
        'colour = "#1B7F5C"',
        'color = "#1B7F5C"',
        r"strategic_questions\[2\]\.color is not part of a plan: remove it, or use one of asked, colour",
    ),
    "an unknown key of an objective": (
        '  short = { it = "Leggere da piccoli" }',
        '  nome = "x"',
        r"strategic_questions\[1\]\.objectives\[3\]\.nome is not part of a plan: .*short, title",
    ),
    "an unknown key of a group": (
        'label = { it = "Librerie" }',
        'label = { it = "Librerie" }\ncolore = "rosso"',
        r"stakeholder_groups\[2\]\.colore is not part of a plan: .*id, invited, label",
    ),
    "an unknown key of a guiding question": (
        'heading = { it = "Aiuti" }',
        'heading = { it = "Aiuti" }\nnote = "x"',
        r"guiding_questions\[3\]\.note is not part of a plan",
    ),
    "a reading that is none": (
        'heading = { it = "Aiuti" }',
        'heading = { it = "Aiuti" }\nreads_as = "visioni"',
        r"guiding_questions\[3\]\.reads_as must be one of visions, services, or .*'visioni'",
    ),
    "a question asked perhaps": (
        'id = "luoghi"',
        'id = "luoghi"\nasked = "no"',
        r"strategic_questions\[2\]\.asked must be true or false \(found: 'no'\)",
    ),
    "a guiding question asked by a number": (
        'heading = { it = "Aiuti" }',
        'heading = { it = "Aiuti" }\nasked = 0',
        r"guiding_questions\[3\]\.asked must be true or false \(found: 0\)",
    ),
    "an objective left out alone": (
        'id = "luoghi-1"',
        'id = "luoghi-1"\n  asked = false',
        r"strategic_questions\[2\]\.objectives\[1\]\.asked is not part of a plan",
    ),
    "an empty reading": (
        'heading = { it = "Aiuti" }',
        'heading = { it = "Aiuti" }\nreads_as = ""',
        r"guiding_questions\[3\]\.reads_as must be one of",
    ),
    "a reading in a list": (
        'heading = { it = "Aiuti" }',
        'heading = { it = "Aiuti" }\nreads_as = ["visions"]',
        r"guiding_questions\[3\]\.reads_as must be one of",
    ),
    "no id": (
        'id = "biblioteche-valdombra"',
        "",
        r"^id must be a short name in lower-case letters.*found: None",
    ),
    "an id with capitals": (
        'id = "luoghi"',
        'id = "Luoghi"',
        r"strategic_questions\[2\]\.id must be a short name",
    ),
    "an id that would break a path": (
        'id = "aiuti"',
        'id = "aiuti/2"',
        r"guiding_questions\[3\]\.id must be",
    ),
    "an id that is a number": (
        'id = "abitanti"',
        "id = 4",
        r"stakeholder_groups\[4\]\.id must be .*found: 4",
    ),
    "no title": (
        'title = { it = "Piano delle biblioteche di Valdombra" }',
        "",
        r'^title is missing or not in two languages: write title = \{ it = "…", en = "…" \}',
    ),
    "a wording in no language": (
        'heading = { it = "Ostacoli" }',
        'heading = "Ostacoli"',
        r"guiding_questions\[2\]\.heading is missing or not in two languages: write heading =",
    ),
    "a wording without Italian": (
        'label = { it = "Librerie" }',
        'label = { en = "Bookshops" }',
        r"stakeholder_groups\[2\]\.label is missing",
    ),
    "an empty wording": (
        'question = { it = "Chi potrebbe dare una mano?" }',
        'question = { it = " " }',
        "question is",
    ),
    "a wording whose English is a number": (
        'label = { it = "Abitanti" }',
        'label = { it = "Abitanti", en = 3 }',
        r"stakeholder_groups\[4\]\.label",
    ),
    "no seeds": (
        '  seeds = ["rampa", "ascensore", "autobus", "carrozzina", "parcheggio"]',
        "",
        r"strategic_questions\[2\]\.objectives\[2\]\.seeds must list the everyday words",
    ),
    "seeds that are one text": (
        '["rampa", "ascensore", "autobus", "carrozzina", "parcheggio"]',
        '"rampa, ascensore"',
        r"objectives\[2\]\.seeds must list the everyday words",
    ),
    "an empty seed": ('["rampa", ', '["", ', r"objectives\[2\]\.seeds must list"),
    "a seed that would be two": (
        '["rampa", ',
        '["rampa|scivolo", ',
        r"seeds: 'rampa\|scivolo' must not hold the sign \|",
    ),
    "a colour by name": (
        '"#1B7F5C"',
        '"verde"',
        r"strategic_questions\[2\]\.colour must be a colour written #RRGGBB",
    ),
    "an unknown symbol": (
        '"diamond"',
        '"star"',
        r"strategic_questions\[2\]\.symbol must be one of circle, .*'star'",
    ),
    "two questions of one id": (
        'id = "luoghi"',
        'id = "lettori"',
        "strategic_questions: two have the id lettori",
    ),
    "two objectives of one id": (
        'id = "luoghi-1"',
        'id = "lettori-1"',
        "objectives: two have the id lettori-1",
    ),
    "two groups of one id": (
        'id = "volontari"',
        'id = "scuole"',
        "stakeholder_groups: two have the id scuole",
    ),
    "two guiding questions of one id": (
        'id = "aiuti"',
        'id = "desideri"',
        "guiding_questions: two have the id",
    ),
    "the group kept for nobody": (
        'id = "volontari"',
        'id = "non_indicato"',
        "non_indicato is kept for people who",
    ),
    "a number of invited people that is none": (
        'label = { it = "Librerie" }',
        'label = { it = "Librerie" }\ninvited = "molti"',
        r"stakeholder_groups\[2\]\.invited must be how many people were invited, .*found: 'molti'",
    ),
    "fewer than nobody invited": (
        'label = { it = "Librerie" }',
        'label = { it = "Librerie" }\ninvited = -1',
        r"stakeholder_groups\[2\]\.invited must be",
    ),
    "a truth for a number": (
        'label = { it = "Librerie" }',
        'label = { it = "Librerie" }\ninvited = true',
        r"stakeholder_groups\[2\]\.invited must be .*found: True",
    ),
    "weights for a group of another plan": (
        "seed = 7",
        "seed = 7\ncustom_weights = { marziani = 1 }",
        r"rules\.custom_weights: marziani is no stakeholder group of this plan; use one of ",
    ),
    "weights for some groups only": (
        "seed = 7",
        "seed = 7\ncustom_weights = { librerie = 1 }",
        r"rules\.custom_weights lacks a weight for .*: give every group one \(0 leaves it out\)",
    ),
    "a merge into a group of another plan": (
        "seed = 7",
        'seed = 7\nmerged_groups = { librerie = "marziani" }',
        r"rules\.merged_groups: marziani is no stakeholder group",
    ),
    "rules that are no table": ("[rules]", "[[rules]]", r"rules must be a table: write \[rules\]"),
    "an unknown rule": ("seed = 7", "sede = 7", r"rules\.sede is not a rule"),
    "a rule out of bounds": (
        "replicates = 500",
        "replicates = 5",
        r"rules\.replicates must be a whole number from 100",
    ),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_plan_names_the_key_and_the_mend(fault: str) -> None:
    right, wrong, told = BROKEN[fault]
    source = LIBRARIES.read_text("utf-8")
    assert right in source
    with pytest.raises(BrokenPlan, match=told):
        read_plan(source.replace(right, wrong, 1))


TARGET = """
[[targets]]
variable = "group"
source = "Registry, 2025"
shares = { scuole = 0.25, librerie = 0.75 }
"""


def with_target(right: str = "", wrong: str = "", target: str = TARGET) -> Plan:
    assert right in target
    return read_plan(LIBRARIES.read_text("utf-8") + target.replace(right, wrong, 1))


def test_targets_and_invitations_of_a_plan() -> None:
    plan = with_target()
    assert plan.targets == (Target("group", (("librerie", 0.75), ("scuole", 0.25)), "Registry, 2025"),)
    assert {group.invited for group in plan.stakeholder_groups} == {None}
    known = LIBRARIES.read_text("utf-8").replace(
        'label = { it = "Librerie" }', 'label = { it = "Librerie" }\ninvited = 12'
    )
    assert read_plan(known).groups["librerie"].invited == 12
    assert read_plan(known).targets == ()


def test_two_targets_are_about_two_variables() -> None:
    language = TARGET.replace('"group"', '"language"').replace("scuole = 0.25, librerie", "en = 0.25, it")
    assert [target.variable for target in with_target(target=TARGET + language).targets] == [
        "group",
        "language",
    ]
    with pytest.raises(BrokenPlan, match="targets: two are about group; keep one"):
        with_target(target=TARGET + TARGET)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("[[targets]]", "[targets]", r"targets must be a list of tables: write \[\[targets\]\] above each"),
        ('"group"', '"age"', r"targets\[1\]\.variable must be one of group, language \(found: 'age'\)"),
        ('variable = "group"', "", r"targets\[1\]\.variable must be one of .*found: None"),
        ('"group"', '["group"]', r"targets\[1\]\.variable must be one of"),
        ('source = "Registry, 2025"', "", r"targets\[1\]\.source is missing: a target counts only with"),
        ('"Registry, 2025"', '" "', r"targets\[1\]\.source is missing"),
        ("0.25", "0.35", r"targets\[1\]\.shares must give each category its share .* together 1"),
        ("0.25", "0.0", r"targets\[1\]\.shares must give"),
        ("scuole = 0.25, librerie = 0.75", "scuole = 0, librerie = 1", r"targets\[1\]\.shares must give"),
        ("scuole = 0.25", "scuole = true", r"targets\[1\]\.shares must give"),
        ("{ scuole = 0.25, librerie = 0.75 }", "{ }", r"targets\[1\]\.shares must give"),
        ("{ scuole = 0.25, librerie = 0.75 }", "[0.25, 0.75]", r"targets\[1\]\.shares must give"),
        ("scuole", "marziani", r"targets\[1\]\.shares: 'marziani' is none of .*scuole"),
        ("source", 'note = "x"\nsource', r"targets\[1\]\.note is not part of a plan: .*source, variable"),
    ],
)
def test_a_wrong_target_names_the_key_and_the_mend(right: str, wrong: str, told: str) -> None:
    with pytest.raises(BrokenPlan, match=told):
        with_target(right, wrong)


def test_shares_may_be_rounded_to_a_thousandth() -> None:
    thirds = "scuole = 0.333, librerie = 0.667"
    assert with_target("scuole = 0.25, librerie = 0.75", thirds).targets[0].shares == (
        ("librerie", 0.667),
        ("scuole", 0.333),
    )
    with pytest.raises(BrokenPlan, match="together 1"):
        with_target("scuole = 0.25, librerie = 0.75", "scuole = 0.33, librerie = 0.66")


def without(table: str) -> str:
    """The plan without any `[[table]]`."""
    blocks = re.split(r"(?m)^(?= *\[)", LIBRARIES.read_text("utf-8"))
    return "".join(block for block in blocks if not block.strip().startswith(f"[[{table}"))


@pytest.mark.parametrize("table", ["strategic_questions", "guiding_questions", "stakeholder_groups"])
def test_a_missing_table_is_named_with_the_line_to_write(table: str) -> None:
    with pytest.raises(BrokenPlan, match=rf"{table} is missing: add at least one \[\[{table}\]\] table"):
        read_plan(without(table))


def test_a_question_without_objectives_is_named_with_the_line_to_write() -> None:
    with pytest.raises(
        BrokenPlan,
        match=r"strategic_questions\[1\]\.objectives is missing: .*\[\[strategic_questions\.objectives\]\]",
    ):
        read_plan(without("strategic_questions.objectives"))


@pytest.mark.parametrize(
    "wrong", ['guiding_questions = "tre"', "guiding_questions = [1, 2]", "guiding_questions = {}"]
)
def test_a_list_that_is_none_is_named(wrong: str) -> None:
    with pytest.raises(
        BrokenPlan, match=r"guiding_questions must be a list of tables: write \[\[guiding_questions\]\]"
    ):
        read_plan(f"{wrong}\n{without('guiding_questions')}")


def test_an_empty_file_is_told_what_is_missing() -> None:
    with pytest.raises(BrokenPlan, match="strategic_questions is missing"):
        read_plan("")


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenPlan, match=r"There is no plan file at .*none\.toml: check the name"):
        load_plan(tmp_path / "none.toml")
    with pytest.raises(BrokenPlan, match="is a folder: name the plan file in it"):
        load_plan(tmp_path)
    (tmp_path / "latin.toml").write_bytes('title = "città"'.encode("latin-1"))
    with pytest.raises(
        BrokenPlan, match=r"latin\.toml is not UTF-8 text \(byte 13\): save it again as UTF-8"
    ):
        load_plan(tmp_path / "latin.toml")
    with pytest.raises(BrokenPlan, match="cannot be read"):
        load_plan(tmp_path / "latin.toml" / "plan.toml")


def test_no_code_knows_the_plan_that_ships(milan: Plan) -> None:
    """Its ids and its city stand in data, never in the two packages."""
    words = ["milan[oa]?", *milan.questions, *milan.objectives, *milan.guides, *milan.groups]
    known = re.compile(rf"\b({'|'.join(words)})\b", re.IGNORECASE)
    found = [
        f"{path.relative_to(PROJECT)}: {word}"
        for folder in ("consultation", "analysis")
        for path in sorted((PROJECT / folder).rglob("*.py"))
        for word in known.findall(path.read_text("utf-8"))
    ]
    assert found == []
