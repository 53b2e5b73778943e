"""Texts that came more than once, as people read them and decide: counted once on the maps, and undone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analysis.sentences.copies_found import decision_told
from analysis.text.copies_decided import DECIDED, beside
from analysis.text.duplicates import Copies, find_copies
from consultation import tables
from consultation.codebook import Codebook
from consultation.contribution import Contribution, Reply
from consultation.language import Language
from consultation.plan import Plan, load_plan
from consultation.stores.addresses import VARIABLE
from consultation.stores.sql import SqlStore
from pages.analyst import copied as copied_module
from pages.analyst.copied import Copied, decided, next_cluster
from pages.analyst.copies_shown import copies_table
from pages.frame.staff_link import STAFF_LINK
from pages.frame.store import forget
from tests.conftest import PROJECT
from tests.test_duplicates import everyone as copied_answers
from tests.test_pages_analyst import HERE, open_page, prose, put, quoted, said, sound, titles
from tests.undoing import undo

COPIES, MAP = "pages/analyst/copies.py", "pages/analyst/priority_map.py"
IT = Language("it")
SAY, COUNT = IT.say, IT.count
PICK = f"typed/pick-copies-{HERE}"
LETTER = "Chiediamo che la biblioteca resti aperta la domenica e che il giardino accanto sia curato."
TWICE = "Al bibliobus serve un autista in più, perché così passa solo una volta al mese da noi."
OWN = [
    "Vorrei più libri in arabo e in cinese.",
    "Un pianoforte in corridoio.",
    "Le favole la sera per chi ha bambini piccoli.",
    "Sedie comode e meno rumore.",
    "Più concerti nelle sale di lettura.",
    "Che i prestiti durino di più.",
]

Staff = Callable[[], AppTest]


@pytest.fixture(scope="session")
def valdombra() -> Plan:
    (path,) = (PROJECT / "tests" / "plans").glob("*.toml")
    return load_plan(path)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqlStore]:
    """The store that the app uses in this test, empty, and no copy of another's."""
    path = tmp_path / "store.sqlite"
    monkeypatch.setenv(VARIABLE, str(path))
    opened = SqlStore(path)
    yield opened
    opened.close()


def everyone(plan: Plan) -> list[Contribution]:
    """A letter from five schools, one of them in other words; twice the same of one body; six voices."""
    letters = [LETTER, LETTER.upper(), LETTER + " Grazie!", LETTER, LETTER]
    own = [said(20 + n, "abitanti", text, rated=2, plan=plan) for n, text in enumerate(OWN)]
    body = [replace(said(10 + n, "abitanti", TWICE, plan=plan), organisation="Il Filo") for n in range(2)]
    sent = [said(n, "scuole", text, rated=4, plan=plan) for n, text in enumerate(letters)]
    return [
        *(replace(letter, at=letter.at + timedelta(seconds=n)) for n, letter in enumerate(sent)),
        *body,
        *own,
    ]


@pytest.fixture
def staff(store: SqlStore, valdombra: Plan, capsys: pytest.CaptureFixture[str]) -> Staff:
    """Opens the page as whoever came in by the staff link."""
    put(store, valdombra, *everyone(valdombra))
    return lambda: open_page(COPIES, token=token(capsys))


def token(capsys: pytest.CaptureFixture[str]) -> str:
    STAFF_LINK.announce("http://localhost:8501")
    return str(re.findall(r"\?staff=(\S+)", capsys.readouterr().out)[-1])


def opened(app: AppTest, text: str = LETTER) -> AppTest:
    """The page with one text open."""
    options = app.selectbox(key=PICK).options
    place = next(n for n, option in enumerate(options) if text[:30] in option)
    return app.selectbox(key=PICK).select_index(place).run()


def judge(app: AppTest, kind: str) -> AppTest:
    return next(b for b in app.button if str(b.key).startswith(f"verdict-{kind}-")).click().run()


def codebook(store: SqlStore) -> Codebook:
    return Codebook.after(store.decisions(HERE))


def confirmed(store: SqlStore) -> dict[str, list[str]]:
    """What the analysis is given: the members of each cluster that counts once."""
    table = tables.clusters(codebook(store))
    return {str(name): list(its["contribution_id"]) for name, its in table.groupby("cluster", sort=True)}


def boxes(app: AppTest) -> dict[str, bool]:
    """Whether each member is ticked, by its contribution."""
    return {str(box.key).rsplit("-", 1)[-1]: bool(box.value) for box in app.checkbox}


def untick(app: AppTest, contribution: str) -> AppTest:
    return next(b for b in app.checkbox if str(b.key).endswith(f"-{contribution}")).uncheck().run()


def later(store: SqlStore, plan: Plan, number: int, text: str) -> None:
    """A contribution that is sent after whatever was decided until now."""
    sent = said(number, "scuole", text, rated=4, plan=plan)
    store.add(replace(sent, at=datetime.now(UTC) + timedelta(minutes=1)))
    forget(HERE)


# ── what is read ──────────────────────────────────────────────────────────


def test_the_finding_comes_first_then_every_text_in_a_table(staff: Staff) -> None:
    app = staff()
    assert sound(app)
    one = SAY("one text in {n} copies", n=5)
    assert titles(app).startswith(one[0].upper() + one[1:])
    assert COUNT("one organisation has sent the same text more than once", "{number}", 1) in titles(app)
    assert SAY("nothing is decided yet") in titles(app)
    assert app.dataframe[0].value[SAY("Contributions")].tolist() == [5, 2]
    assert app.dataframe[0].value[SAY("Decided")].tolist() == [decision_told("", IT)] * 2


def test_an_open_text_stands_word_for_word_with_what_others_added(staff: Staff) -> None:
    app = opened(staff())
    assert sound(app)
    assert LETTER in quoted(app)
    assert any("[+ Grazie!]" in text for text in quoted(app))
    assert SAY("at least {n} sent within ten minutes", n=5) in prose(app)
    assert "Il Filo" in " ".join(box.label for box in opened(app, TWICE).checkbox)


def test_a_visitor_reads_without_controls_nor_organisations(store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra, *everyone(valdombra))
    app = opened(open_page(COPIES), TWICE)
    assert sound(app)
    assert TWICE in quoted(app)
    assert not app.checkbox
    assert not [button for button in app.button if str(button.key).startswith("verdict-")]
    assert "Il Filo" not in prose(app)
    assert SAY("Whoever has the staff link can decide here; you see what was decided.") in [
        one.value for one in app.caption
    ]


def test_words_only_to_be_counted_are_not_shown_to_whoever_may_not_read_them(
    store: SqlStore, valdombra: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = [replace(one, consent="counted_only") for one in everyone(valdombra)]
    put(store, valdombra, *silent)
    monkeypatch.setattr(copied_module, "may_read_uncited", lambda visitor, consultation: False)
    app = open_page(COPIES)
    app.selectbox(key=PICK).select_index(0).run()
    assert sound(app)
    shown = " ".join([prose(app), *quoted(app), *app.selectbox(key=PICK).options])
    shown += app.dataframe[0].value.to_string()
    assert LETTER[:20].casefold() not in shown.casefold()
    assert SAY("Their words are only to be counted: they are not shown here.") in prose(app)


def test_without_copies_one_sentence_says_so(store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra, *everyone(valdombra)[-6:])
    app = open_page(COPIES)
    assert titles(app) == SAY(
        "No two contributions say the same in the same words: there is nothing to decide here."
    ).rstrip(".")
    assert not app.dataframe
    assert not app.get("vega_lite_chart")


def test_few_answers_make_no_chart_and_their_copies_can_be_decided(
    store: SqlStore, valdombra: Plan, capsys: pytest.CaptureFixture[str]
) -> None:
    put(store, valdombra, *everyone(valdombra)[: valdombra.rules.enough_answers - 1])
    app = open_page(COPIES, token=token(capsys))
    assert not app.get("vega_lite_chart")
    judge(opened(app), "duplicate")
    assert confirmed(store) == {"k1": ["c000", "c001", "c002", "c003"]}


def test_the_file_has_every_copy_and_no_words_that_may_only_be_counted() -> None:
    answers = copied_answers([LETTER, LETTER, LETTER, TWICE, TWICE, "Altro."]).assign(
        consent=["quotable_anonymous", "counted_only"] + ["quotable_with_group"] * 4
    )
    copies = find_copies(answers)
    judged = pd.DataFrame(
        [("k1", "p00", "campaign", ""), ("k1", "p02", "campaign", ""), ("k1", "p05", "campaign", "")],
        columns=DECIDED,
    )
    families = beside(copies, judged, answers.assign(at="")[["contribution_id", "unit", "group", "at"]])
    texts = copies.members.merge(answers.drop(columns="contribution_id"), on="answer_id")
    table = copies_table(Copied(families, copies.members, texts, {}))
    letters, twice = (
        table[table["cluster"] == cluster].set_index("contribution_id") for cluster in ("p00/q", "p03/q")
    )
    assert letters["text"].isna().to_dict() == {"p00": False, "p01": True, "p02": False, "p05": True}
    assert letters["standing"].to_dict() == {"p00": "in", "p01": "out", "p02": "in", "p05": "unlike"}
    assert letters.loc["p01", "answer_id"] == "p01/q"  # who sent it is told, what was said is not
    assert letters["answer_id"].isna().to_dict() == {"p00": False, "p01": False, "p02": False, "p05": True}
    assert set(letters["kind"]) == {"campaign"}
    assert twice["text"].tolist() == [TWICE, TWICE]


# ── what is decided ───────────────────────────────────────────────────────


def test_a_confirmed_campaign_counts_once_on_the_maps_until_it_is_undone(
    staff: Staff, store: SqlStore, capsys: pytest.CaptureFixture[str]
) -> None:
    app = judge(opened(staff()), "campaign")
    assert sound(app)
    letters = [f"c{n:03}" for n in range(5)]
    assert confirmed(store) == {"k1": letters}
    assert SAY("all is decided") not in titles(app)
    assert COUNT("{n} counts once", "the {n} count once", 5) in prose(app)
    assert COUNT(
        "On the maps, {contributions} contributions that say the same count as one.", "", 1, contributions=5
    ) in prose(app)

    lines = app_lines(open_page(MAP, token=token(capsys)))
    assert lines[SAY("Confirmed campaigns counted copy by copy")] == 13
    assert lines[SAY("Confirmed campaigns left out")] == 8
    said = COUNT(
        "On the maps, {contributions} contributions that say the same count as one.", "", 1, contributions=5
    )
    assert said in prose(open_page(MAP, token=token(capsys)))

    app = undo(app)
    assert sound(app)
    assert confirmed(store) == {}
    assert SAY("nothing is decided yet") in titles(app)
    assert SAY("What it does to the maps") not in [one.value for one in app.header]
    assert SAY("Confirmed campaigns left out") not in app_lines(open_page(MAP, token=token(capsys)))


def app_lines(app: AppTest) -> dict[str, int]:
    """The contributions that weigh in each line of the sensitivity table, by what it changes."""
    table = next(one.value for one in app.dataframe if SAY("If instead") in one.value.columns)
    return dict(zip(table[SAY("If instead")], table[SAY("Contributions")], strict=True))


def test_a_coincidence_counts_each_and_is_decided_all_the_same(staff: Staff, store: SqlStore) -> None:
    app = judge(opened(staff()), "coincidence")
    assert codebook(store).clusters["k1"].kind == "coincidence"
    assert confirmed(store) == {}
    assert SAY("each of them counts") in prose(app)
    assert app.dataframe[0].value[SAY("Decided")].tolist() == [
        decision_told("coincidence", IT),
        decision_told("", IT),
    ]


def test_a_member_without_its_tick_is_left_out_and_is_no_new_copy(staff: Staff, store: SqlStore) -> None:
    app = opened(staff())
    assert boxes(app) == {f"c{n:03}": True for n in range(5)}
    app = judge(untick(app, "c002"), "campaign")
    assert confirmed(store) == {"k1": ["c000", "c001", "c003", "c004"]}
    assert boxes(app)["c002"] is False
    assert not [button for button in app.button if str(button.key).startswith("take-in-")]


def test_one_member_alone_is_no_cluster(staff: Staff, store: SqlStore) -> None:
    app = opened(staff(), TWICE)
    app = judge(untick(app, "c010"), "duplicate")
    assert [one.value.replace("\\", "") for one in app.error] == [
        SAY("Copies are at least two contributions: pick one more.")
    ]
    assert not store.decisions(HERE)


def test_another_verdict_keeps_the_id_and_what_holds_already_cannot_be_pressed(
    staff: Staff, store: SqlStore
) -> None:
    app = judge(opened(staff()), "campaign")
    pressed = next(b for b in app.button if str(b.key).startswith("verdict-campaign-"))
    assert pressed.disabled
    judge(app, "organisation")
    assert list(codebook(store).clusters) == ["k1"]
    assert codebook(store).clusters["k1"].kind == "organisation"


def test_the_rest_of_a_text_is_decided_of_under_its_own_id(staff: Staff, store: SqlStore) -> None:
    app = opened(staff())
    for one in ("c002", "c003", "c004"):
        app = untick(app, one)
    app = judge(app, "duplicate")
    for one in ("c000", "c001"):
        app = untick(app, one)
    for one in ("c002", "c003", "c004"):
        app = next(b for b in app.checkbox if str(b.key).endswith(f"-{one}")).check().run()
    app = judge(app, "campaign")
    assert sound(app)
    assert confirmed(store) == {"k1": ["c000", "c001"], "k2": ["c002", "c003", "c004"]}
    assert app.dataframe[0].value[SAY("Decided")].tolist() == [
        decision_told(kind, IT) for kind in ("campaign", "", "duplicate")
    ]


def test_copies_that_come_after_the_decision_are_told_and_can_be_taken_in(
    staff: Staff, store: SqlStore, valdombra: Plan
) -> None:
    judge(untick(opened(staff()), "c002"), "campaign")
    later(store, valdombra, 90, LETTER)
    app = opened(staff())
    assert COUNT("{n} copy has come since", "{n} copies have come since", 1) in titles(app)
    next(b for b in app.button if str(b.key).startswith("take-in-")).click().run()
    assert confirmed(store) == {"k1": ["c000", "c001", "c003", "c004", "c090"]}  # c002 stays out


def test_what_was_decided_stands_after_the_texts_have_parted(
    staff: Staff, store: SqlStore, valdombra: Plan
) -> None:
    judge(opened(staff(), TWICE), "organisation")
    (one,) = [c for c in store.contributions(HERE) if c.id == "c010"]
    reply = Reply(one.replies[0].strategic_question, one.replies[0].guiding_question, "Altro, del tutto.")
    store.add(replace(one, version=2, replies=(reply,)))
    forget(HERE)
    app = staff()
    options = app.selectbox(key=PICK).options
    assert any(SAY("Texts that are not alike any more") in option for option in options)
    app = opened(app, SAY("Texts that are not alike any more"))
    assert sound(app)
    assert "Altro, del tutto." in quoted(app)
    judge(app, "coincidence")
    assert confirmed(store) == {}


def test_a_new_cluster_is_called_like_no_decision_and_like_no_contribution(
    staff: Staff, store: SqlStore
) -> None:
    app = judge(opened(staff()), "campaign")
    undo(app)
    seen = codebook(store)
    assert next_cluster(seen, ["c000", "c001"]) == "k2"
    assert next_cluster(seen, ["c000", "k2"]) == "k3"
    assert decided(seen).empty


def test_a_verdict_does_not_look_for_copies_again(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []

    def counting(answers: pd.DataFrame, ratings: pd.DataFrame) -> Copies:
        looked.append(len(answers))
        return find_copies(answers, ratings)

    monkeypatch.setattr(copied_module, "find_copies", counting)
    judge(opened(staff()), "campaign")
    assert looked == [13]
