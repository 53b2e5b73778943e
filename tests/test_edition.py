"""People mend a plan without its file: their words arrive whole, and nothing else in it moves."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.contribution import plain_text
from consultation.edition import (
    LONGEST,
    LONGEST_ID,
    ONE_LINE,
    OPTIONAL,
    Place,
    Worded,
    asking,
    asks_less,
    copied,
    difference,
    fresh_id,
    inviting,
    reworded,
    same_questions,
    wordings,
)
from consultation.errors import BrokenEdition, BrokenPlan
from consultation.language import Language, Wording
from consultation.plan import Plan, read_plan
from consultation.shipped import shipped_plan
from consultation.workshop import MOST_INVITED
from tests.store_contract import LIBRARIES

MILAN = shipped_plan()

# The same plan as other hands would write it: other line ends, subtables, dotted keys, tables in a line.
WINDOWS = read_plan(LIBRARIES.source.replace("\n", "\r\n"))
BY_HAND = read_plan(
    """
    title.it = 'Piano' # of an invented town
    id = "piano"
    guiding_questions = [{ id = "che", heading.it = "Che?", question = { it = '''Che cosa?''' } }, # one
      { id = "chi", asked = false, heading = { it = "Chi?" }, question = { it = "Chi c'è?", en = "Who?" } }]

    # what is asked

    [[strategic_questions]]
    objectives = [{ title = { it = "Obiettivo" }, id = "o", seeds = ["seme"] }]
    id = "q" # a letter
    [strategic_questions.title]
    it = "Titolo"
    # before the statement
    [strategic_questions.statement]
    it = \"\"\"
      Una riga.
      Un'altra.
    \"\"\"
    # the groups
    [[stakeholder_groups]]
    label.en = "All"
    label.it = "Tutti"
    id = "tutti\""""
)
PLANS = [LIBRARIES, WINDOWS, BY_HAND]
TITLE = Place("plan", "", "title")
PROMISE = Place("plan", "", "promise")
SHORT = Place("objective", "lettori-3", "short")
NEEDED = [worded for worded in wordings(LIBRARIES) if not worded.optional]

signs = st.sampled_from("\"'\\\n\t#{}[]=,è😀") | st.characters()
texts = st.lists(signs | st.sampled_from(['"""', "'''", "\\u0041", "\r\n"]), max_size=12).map("".join)


@st.composite
def words_for(draw: st.DrawFn, plan: Plan) -> dict[Place, Wording]:
    """Words that fit in some places of the plan."""
    chosen = draw(st.lists(st.sampled_from([w.place for w in wordings(plan)]), max_size=4, unique=True))
    return {place: draw(words_in(place)) for place in chosen}


def words_in(place: Place) -> st.SearchStrategy[Wording]:
    def kept(text: str) -> str:
        text = plain_text(text)
        return " ".join(text.split()) if place.field in ONE_LINE else text

    written = texts.map(kept)
    full = st.builds(Wording, written.filter(bool), written)
    return full | st.just(Wording("")) if place.field in OPTIONAL else full


def said(plan: Plan) -> dict[Place, Wording]:
    return {worded.place: worded.wording for worded in wordings(plan)}


def changed_lines(before: Plan, after: Plan) -> list[str]:
    lines = difflib.ndiff(before.source.splitlines(keepends=True), after.source.splitlines(keepends=True))
    return [line for line in lines if line[0] in "+-"]


# ── what may be mended ────────────────────────────────────────────────────


def test_every_wording_is_listed_in_the_order_of_the_plan() -> None:
    found = wordings(LIBRARIES)
    assert [worded.place for worded in found[:5]] == [
        TITLE,
        PROMISE,
        Place("plan", "", "privacy"),
        Place("question", "lettori", "title"),
        Place("question", "lettori", "statement"),
    ]
    assert len(found) == 3 + 2 * (2 + 5 + 3) + 4
    words = said(LIBRARIES)
    assert words[Place("guide", "desideri", "question")] == LIBRARIES.guides["desideri"].question
    assert words[Place("group", "scuole", "label")] == LIBRARIES.groups["scuole"].label
    assert words[PROMISE] == words[Place("objective", "lettori-2", "short")] == Wording("")


def test_what_is_not_asked_is_listed_in_its_place_and_said_to_be_so() -> None:
    left_out = wordings(asking(LIBRARIES, ["luoghi"], ["desideri", "aiuti"]))
    assert [w.place for w in left_out] == [w.place for w in wordings(LIBRARIES)]
    assert {w.place.id for w in left_out if not w.asked} == {
        *("lettori", "lettori-1", "lettori-2", "lettori-3"),
        "ostacoli",
    }


def test_each_is_called_so_that_it_is_told_from_the_others() -> None:
    for plan in (MILAN, asking(MILAN, list(MILAN.questions)[1:], list(MILAN.guides)[1:])):
        called = [worded.told(Language("en")) for worded in wordings(plan)]
        assert len(set(called)) == len(called)
        assert called[:5] == [
            "Title of the plan",
            "What will be done with the answers",
            "Privacy notice",
            "Strategic question 1: title",
            "Strategic question 1: statement",
        ]
        assert {"Objective S2: short name", "Guiding question 5: heading"} <= set(called)
        assert "Stakeholder group 11: name" in called


def test_what_ships_fits_the_lengths_that_people_are_held_to() -> None:
    for plan in (MILAN, LIBRARIES):
        assert [w for w in wordings(plan) if w.wording.it and w.mended(w.wording) != w.wording] == []


# ── words ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("plan", PLANS, ids=["libraries", "windows", "by hand"])
@given(data=st.data())
def test_words_arrive_whole_and_all_others_stay(plan: Plan, data: st.DataObject) -> None:
    """Whatever quotes, backslashes, line ends and signs of any script are in them."""
    words = data.draw(words_for(plan))
    mended = reworded(plan, words)
    assert said(mended) == {**said(plan), **words}
    assert read_plan(mended.source) == mended


@given(words_for(LIBRARIES))
def test_words_touch_nothing_but_words(words: dict[Place, Wording]) -> None:
    mended = reworded(LIBRARIES, words)
    assert same_questions(LIBRARIES, mended)
    assert (mended.id, mended.rules, mended.targets) == (LIBRARIES.id, LIBRARIES.rules, LIBRARIES.targets)
    for before, after in zip(LIBRARIES.strategic_questions, mended.strategic_questions, strict=True):
        assert (before.colour, before.symbol) == (after.colour, after.symbol)
        assert [(o.code, o.seeds) for o in before.objectives] == [(o.code, o.seeds) for o in after.objectives]


@given(words_for(LIBRARIES))
def test_words_said_again_as_they_were_bring_the_same_plan(words: dict[Place, Wording]) -> None:
    everything = said(LIBRARIES)
    assert reworded(LIBRARIES, everything) is LIBRARIES
    mended = reworded(LIBRARIES, words)
    assert said(reworded(mended, everything)) == everything


def test_one_word_changes_one_line_of_the_file_and_no_comment() -> None:
    place = Place("objective", MILAN.strategic_questions[1].objectives[0].id, "short")
    mended = reworded(MILAN, {place: Wording("Vedere le solitudini", "See loneliness")})
    assert changed_lines(MILAN, mended) == [
        '-   short = { it = "Riconoscere le solitudini", en = "Recognise loneliness" }\n',
        '+   short = { it = "Vedere le solitudini", en = "See loneliness" }\n',
    ]


def test_a_mended_translation_leaves_the_italian_as_it_was_typed() -> None:
    statement = Place("question", "q", "statement")
    mended = reworded(BY_HAND, {statement: replace(said(BY_HAND)[statement], en="A line.\n\nAnother.")})
    assert mended.questions["q"].statement.en == "A line.\n\nAnother."
    assert mended.questions["q"].statement.it == BY_HAND.questions["q"].statement.it
    assert "\n      Una riga.\n" in mended.source


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_new_wording_stands_below_the_title_it_belongs_to(end: str) -> None:
    plan = read_plan(LIBRARIES.source.replace("\n", end))
    short = {Place("objective", "luoghi-2", "short"): Wording("Per tutti")}
    promise = {PROMISE: Wording("Leggiamo.\n\nDecide il consiglio.", "We read.")}
    assert changed_lines(plan, reworded(plan, short)) == ['+   short = {it = "Per tutti"}' + end]
    assert '"""' in reworded(plan, promise).source
    added = reworded(plan, {**promise, Place("plan", "", "privacy"): Wording("Nessun nome.")})
    assert added.source.index("\ntitle") < added.source.index("promise") < added.source.index("privacy")
    assert added.promise == promise[PROMISE]
    assert added.privacy == Wording("Nessun nome.")


def test_an_empty_wording_takes_away_a_promise_and_a_short_name() -> None:
    promised = reworded(MILAN, {PROMISE: Wording("", "")})
    assert promised.promise is None
    assert promised.privacy == MILAN.privacy
    assert reworded(promised, {PROMISE: Wording("Di nuovo")}).promise == Wording("Di nuovo")
    objective = reworded(LIBRARIES, {SHORT: Wording(" \n")}).objectives["lettori-3"]
    assert objective.short == objective.title


@pytest.mark.parametrize("place", [TITLE, PROMISE, SHORT, Place("guide", "aiuti", "heading")])
def test_no_wording_is_in_english_only(place: Place) -> None:
    with pytest.raises(BrokenEdition, match="needs a text in Italian: write it, or leave the words that"):
        reworded(LIBRARIES, {place: Wording(" ", "Help")})


@pytest.mark.parametrize("worded", NEEDED, ids=[".".join(w.place) for w in NEEDED])
def test_what_a_plan_needs_may_not_be_emptied(worded: Worded) -> None:
    with pytest.raises(BrokenEdition, match=f"^“{worded.wording.it[:40]}") as raised:
        reworded(LIBRARIES, {worded.place: Wording("\x00\n")})
    assert "needs a text in Italian" in str(raised.value)


@pytest.mark.parametrize("field", LONGEST)
def test_a_wording_has_its_greatest_length_in_each_language(field: str) -> None:
    place = next(worded.place for worded in wordings(LIBRARIES) if worded.place.field == field)
    full, longer = "à" * LONGEST[field], "à" * (LONGEST[field] + 1)
    assert said(reworded(LIBRARIES, {place: Wording(full, full)}))[place] == Wording(full, full)
    for wording in (Wording(longer), Wording("Corto", longer)):
        with pytest.raises(BrokenEdition, match=f"^“à{{60}}…” has {len(longer)} characters: shorten it to"):
            reworded(LIBRARIES, {place: wording})


def test_a_plan_with_longer_words_keeps_those_that_nobody_touches() -> None:
    long = read_plan(LIBRARIES.source.replace("Leggere da piccoli", "Leggere " * 20))
    assert reworded(long, {TITLE: Wording("Altro")}).objectives["lettori-3"].short.it == "Leggere " * 20


def test_a_title_is_one_line_and_a_statement_keeps_its_paragraphs() -> None:
    statement = Place("question", "lettori", "statement")
    mended = reworded(
        LIBRARIES, {TITLE: Wording(" Un\r\npiano\x07\t nuovo"), statement: Wording("A\r\n\nB ")}
    )
    assert mended.title == Wording("Un piano nuovo")
    assert mended.questions["lettori"].statement == Wording("A\n\nB")


@pytest.mark.parametrize("place", [Place("guide", "x", "heading"), Place("plan", "", "rules")])
def test_words_for_no_place_are_a_mistake_of_the_program(place: Place) -> None:
    with pytest.raises(ValueError, match="are no places of this plan"):
        reworded(LIBRARIES, {place: Wording("Parole")})


# ── what is asked ─────────────────────────────────────────────────────────


def everything(plan: Plan) -> tuple[list[str], list[str]]:
    questions = [question.id for question in (*plan.strategic_questions, *plan.unasked_questions)]
    return questions, [guide.id for guide in (*plan.guiding_questions, *plan.unasked_guides)]


@pytest.mark.parametrize("plan", [LIBRARIES, WINDOWS], ids=["libraries", "windows"])
@given(data=st.data())
def test_what_is_asked_again_is_the_plan_as_it_was(plan: Plan, data: st.DataObject) -> None:
    questions, guides = (
        data.draw(st.sets(st.sampled_from(ids), min_size=1), label="asked") for ids in everything(plan)
    )
    some = asking(plan, questions, guides)
    assert set(some.questions) == questions
    assert set(some.guides) == guides
    assert list(some.questions) == [name for name in plan.questions if name in questions]
    assert said(some) == said(plan)
    assert asking(some, questions, guides) == some
    assert asking(some, *everything(some)) == plan


def test_the_line_that_leaves_a_question_out_stands_below_its_id() -> None:
    left_out = asking(MILAN, list(MILAN.questions)[1:], list(MILAN.guides)[:-1])
    lines = left_out.source.splitlines()
    assert [lines[n - 1] for n, line in enumerate(lines) if line == "asked = false"] == [
        f'id = "{next(iter(MILAN.questions))}"',
        f'id = "{list(MILAN.guides)[-1]}"',
    ]
    assert asking(left_out, *everything(left_out)) == MILAN


def test_a_plan_written_by_hand_is_asked_otherwise() -> None:
    assert list(asking(BY_HAND, ["q"], ["chi"]).guides) == ["chi"]
    assert list(asking(BY_HAND, ["q"], ["chi", "che"]).guides) == ["che", "chi"]
    told = read_plan(LIBRARIES.source.replace('id = "aiuti"', 'id = "aiuti"\nasked = true'))
    assert list(asking(told, ["lettori"], ["ostacoli"]).guides) == ["ostacoli"]


@pytest.mark.parametrize(("questions", "guides"), [([], ["aiuti"]), (["luoghi"], [])])
def test_a_plan_that_asks_nothing_is_told(questions: list[str], guides: list[str]) -> None:
    with pytest.raises(BrokenEdition, match="Ask at least one strategic question and one guiding question"):
        asking(LIBRARIES, questions, guides)


@pytest.mark.parametrize(("questions", "guides"), [(["x"], ["aiuti"]), (["luoghi"], ["aiuti", "luoghi"])])
def test_to_ask_what_is_not_in_the_plan_is_a_mistake_of_the_program(
    questions: list[str], guides: list[str]
) -> None:
    with pytest.raises(ValueError, match="of this plan"):
        asking(LIBRARIES, questions, guides)


# ── who is invited ────────────────────────────────────────────────────────


@pytest.mark.parametrize("plan", [LIBRARIES, WINDOWS], ids=["libraries", "windows"])
@given(data=st.data())
def test_who_was_invited_is_told_by_group_and_taken_back(plan: Plan, data: st.DataObject) -> None:
    people = st.none() | st.integers(0, MOST_INVITED)
    invited = data.draw(st.dictionaries(st.sampled_from(list(plan.groups)), people))
    told = inviting(plan, invited)
    assert {name: group.invited for name, group in told.groups.items()} == {
        name: invited.get(name) for name in plan.groups
    }
    assert said(told) == said(plan)
    assert inviting(told, {}) == told
    assert inviting(told, dict.fromkeys(plan.groups)) == plan


def test_the_last_group_is_invited_above_the_comment_on_what_follows() -> None:
    last = list(MILAN.groups)[-1]
    told = inviting(MILAN, {last: 40})
    assert 'label = { it = "Cittadine e cittadini", en = "Citizens" }\ninvited = 40\n\n# ──' in told.source
    assert inviting(told, {last: None}) == MILAN
    assert inviting(BY_HAND, {"tutti": 3}).groups["tutti"].invited == 3


@pytest.mark.parametrize("people", [-1, MOST_INVITED + 1])
def test_a_number_of_invited_people_has_bounds(people: int) -> None:
    with pytest.raises(BrokenEdition, match=f"with a number from 0 to {MOST_INVITED}"):
        inviting(LIBRARIES, {"scuole": people})
    with pytest.raises(ValueError, match="are not stakeholder groups"):
        inviting(LIBRARIES, {"marziani": 3})


# ── a plan from another ───────────────────────────────────────────────────


def test_a_copy_has_its_own_id_and_title_and_asks_the_same() -> None:
    copy = copied(MILAN, "altro-2027", Wording("Un altro piano", "Another plan"))
    assert (copy.id, copy.title) == ("altro-2027", Wording("Un altro piano", "Another plan"))
    assert replace(copy, id=MILAN.id, title=MILAN.title, source=MILAN.source) == MILAN
    assert len(changed_lines(MILAN, copy)) == 4
    with pytest.raises(BrokenPlan, match=r"^id must be a short name"):
        copied(MILAN, "Altro/2027", MILAN.title)
    with pytest.raises(BrokenEdition, match="needs a text in Italian"):
        copied(MILAN, "altro", Wording(""))


@pytest.mark.parametrize(
    ("title", "taken", "fresh"),
    [
        ("Nuovo Piano: città & qualità, 2027!", [], "nuovo-piano-citta-qualita-2027"),
        ("L'età dell'oro", ["l-eta-dell-oro", "l-eta-dell-oro-2"], "l-eta-dell-oro-3"),
        ("…", ["plan"], "plan-2"),
        ("x" * 50, [], "x" * LONGEST_ID),
        ("x" * (LONGEST_ID - 1) + " y", [], "x" * (LONGEST_ID - 1)),
    ],
)
def test_an_id_is_the_title_in_plain_letters(title: str, taken: list[str], fresh: str) -> None:
    assert fresh_id(Wording(title), taken) == fresh


@given(st.text(), st.sets(st.sampled_from(["plan", "a", "a-2"])))
def test_any_title_gives_an_id_that_a_plan_may_have(title: str, taken: set[str]) -> None:
    fresh = fresh_id(Wording(title), taken)
    assert fresh not in taken
    assert copied(LIBRARIES, fresh, Wording("Titolo")).id == fresh


# ── what differs ──────────────────────────────────────────────────────────


def other_plans() -> Iterator[tuple[str, Plan]]:
    yield "a question less", asking(LIBRARIES, ["luoghi"], list(LIBRARIES.guides))
    yield "a guide less", asking(LIBRARIES, list(LIBRARIES.questions), ["aiuti", "desideri"])
    for name in ("lettori-2", "scuole", "aiuti"):
        yield name, read_plan(LIBRARIES.source.replace(f'id = "{name}"', 'id = "altro"'))
    swapped = LIBRARIES.source.replace('id = "lettori-2"', 'id = "x"')
    swapped = swapped.replace('id = "lettori-1"', 'id = "lettori-2"').replace('id = "x"', 'id = "lettori-1"')
    yield "another order", read_plan(swapped)


OTHER_PLANS = dict(other_plans())


@pytest.mark.parametrize("what", OTHER_PLANS)
def test_what_asks_otherwise_is_not_the_same(what: str) -> None:
    assert not same_questions(LIBRARIES, OTHER_PLANS[what])
    assert same_questions(OTHER_PLANS[what], OTHER_PLANS[what])


def test_plans_that_leave_out_other_things_ask_the_same() -> None:
    """What nobody is asked may differ."""
    left_out = asking(LIBRARIES, ["luoghi"], ["aiuti"])
    assert same_questions(left_out, read_plan(left_out.source.replace('id = "desideri"', 'id = "altro"')))
    assert same_questions(LIBRARIES, inviting(LIBRARIES, {"scuole": 3}))


@pytest.mark.parametrize(
    "fewer", [(["luoghi"], list(LIBRARIES.guides)), (list(LIBRARIES.questions), ["aiuti"])]
)
def test_a_plan_asks_less_when_it_leaves_out_a_question(fewer: tuple[list[str], list[str]]) -> None:
    left_out = asking(LIBRARIES, *fewer)
    assert asks_less(LIBRARIES, left_out)
    assert not asks_less(left_out, LIBRARIES)
    assert not asks_less(left_out, left_out)


def test_a_plan_asks_less_without_one_of_its_objectives_or_groups() -> None:
    for name in ("lettori-3", "abitanti"):
        renamed = read_plan(LIBRARIES.source.replace(f'id = "{name}"', 'id = "altro"'))
        assert asks_less(LIBRARIES, renamed)


@given(words_for(LIBRARIES))
def test_other_words_never_ask_less(words: dict[Place, Wording]) -> None:
    assert not asks_less(LIBRARIES, reworded(LIBRARIES, words))


@given(words_for(LIBRARIES))
def test_what_differs_is_what_was_mended_with_both_wordings(words: dict[Place, Wording]) -> None:
    mended = reworded(LIBRARIES, words)
    before = said(LIBRARIES)
    told = {worded.place: (old, new) for worded, old, new in difference(LIBRARIES, mended)}
    assert told == {place: (before[place], new) for place, new in words.items() if new != before[place]}


def test_what_one_plan_has_alone_differs_from_nothing() -> None:
    renamed = read_plan(LIBRARIES.source.replace('id = "aiuti"', 'id = "altro"'))
    nothing = Wording("")
    assert [(worded.place, old, new) for worded, old, new in difference(LIBRARIES, renamed)] == [
        (Place("guide", "altro", "heading"), nothing, Wording("Aiuti")),
        (Place("guide", "altro", "question"), nothing, Wording("Chi potrebbe dare una mano?")),
        (Place("guide", "aiuti", "heading"), Wording("Aiuti"), nothing),
        (Place("guide", "aiuti", "question"), Wording("Chi potrebbe dare una mano?"), nothing),
    ]
