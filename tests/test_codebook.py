"""What people decide while reading answers: what fits, what holds afterwards, and what undoing gives back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.codebook import Checks, Cluster, Codebook, Coding, Theme, WordChanges, digest_of
from consultation.deciding import LONGEST_DESCRIPTION, LONGEST_LABEL, LONGEST_SEED, Deciding
from consultation.decisions import (
    Confirm,
    Decision,
    Discard,
    Judge,
    JudgeNone,
    Link,
    Member,
    Merge,
    Move,
    Seeds,
    SetAside,
    Split,
    Undo,
    Verdict,
    Words,
    contribution_in,
)
from consultation.declaration import LONGEST_NAME
from consultation.errors import BrokenDecision, NothingDecided, NothingToUndo, ThemeGone
from tests.store_contract import LIBRARIES, NOON, decided, logs

A, B, C = (f"c{n}/lettori/desideri" for n in (1, 2, 3))
TEXTS = {A: "Aprire la sera.", B: "Più turni.", C: "La domenica, anche."}
DIGESTS = {answer: digest_of(text) for answer, text in TEXTS.items()}
OBJECTIVE, OTHER = "lettori-1", "luoghi-2"


def after(*payloads: Any) -> Codebook:
    return Codebook.after(decided(*payloads))


def confirmed(theme: str, *answers: str, objective: str = "") -> Confirm:
    return Confirm(theme, f"Tema {theme}", "", tuple(Member(a, DIGESTS[a]) for a in answers), objective)


def members(codebook: Codebook) -> dict[str, list[str]]:
    return {theme.id: [member.answer for member in theme.members] for theme in codebook.themes.values()}


def deciding(*payloads: Any, by: str = "Anna") -> Deciding:
    return Deciding(after(*payloads), LIBRARIES, NOON, by)


def of(answer: str, objective: str, holds: bool = True, proposed: bool = True) -> Judge:
    return Judge(answer, objective, holds, proposed, DIGESTS[answer])


# ── the log ───────────────────────────────────────────────────────────────


@given(log=logs)
def test_a_decision_is_the_same_after_it_was_written_down(log: list[Decision]) -> None:
    for decision in log:
        written = json.loads(json.dumps(decision.as_dict()))
        assert Decision.read(decision.kind, written, decision.at, decision.by) == decision


def test_a_decision_is_written_down_under_the_names_of_the_log() -> None:
    written = [
        (decision.kind, decision.as_dict())
        for decision in decided(
            Words("question", ("sera",), ()),
            Move(A, "d", "t1", ""),
            confirmed("t1", A),
            JudgeNone(A, "d"),
            Verdict("k", "organisation", ("c1", "c2")),
            Undo(3),
        )
    ]
    assert written == [
        ("words", {"list": "question", "add": ("sera",), "remove": ()}),
        ("move", {"answer": A, "digest": "d", "from": "t1", "to": ""}),
        (
            "confirm",
            {
                "theme": "t1",
                "label": "Tema t1",
                "description": "",
                "answers": ({"answer": A, "digest": DIGESTS[A]},),
                "objective": "",
            },
        ),
        ("judge_none", {"answer": A, "digest": "d", "proposed": ""}),
        ("cluster", {"cluster": "k", "kind": "organisation", "contributions": ("c1", "c2")}),
        ("undo", {"number": 3}),
    ]


@given(log=logs, contribution=st.sampled_from(["c1", "c2", "c3", "c4"]))
def test_nothing_of_an_erased_contribution_is_left_in_any_decision(
    log: list[Decision], contribution: str
) -> None:
    left = [decision.without(contribution) for decision in log]
    for decision, before in zip(left, log, strict=True):
        assert (decision.kind, decision.at, decision.by) == (before.kind, before.at, before.by)
        assert f'"{contribution}' not in json.dumps(decision.as_dict(), ensure_ascii=False)
    codebook = Codebook.after(left)
    spoken = {answer for answer, _ in codebook.codings} | {*codebook.of_none, *codebook.theme_of}
    assert contribution not in {contribution_in(answer) for answer in spoken}
    assert "" not in spoken


def test_an_answer_belongs_to_its_contribution_whatever_signs_its_id_has() -> None:
    assert contribution_in("lettera/12/lettori/desideri") == "lettera/12"
    assert contribution_in("c1//") == "c1"  # to no question
    assert contribution_in("") == ""


@given(log=logs)
def test_undone_decisions_are_as_if_never_made(log: list[Decision]) -> None:
    whole = Codebook.after(log)
    standing = [
        step for step in whole.history if not step.undone and not isinstance(step.decision.payload, Undo)
    ]
    alone = Codebook.after(step.decision for step in standing)
    numbers = dict(enumerate((step.number for step in standing), 1))
    assert whole == replace(
        alone,
        history=whole.history,
        checked_since={objective: numbers[n] for objective, n in alone.checked_since.items()},
        codings={
            key: replace(coding, number=numbers[coding.number]) for key, coding in alone.codings.items()
        },
    )
    assert [whole.checks(o) for o in LIBRARIES.objectives] == [alone.checks(o) for o in LIBRARIES.objectives]


@given(log=logs)
def test_undoing_goes_back_step_by_step_to_the_beginning(log: list[Decision]) -> None:
    codebook, longest = Codebook.after(log), 2 * len(log) + 1
    while (last := codebook.last) is not None:
        undoing = codebook.undo(NOON + timedelta(days=1), "Bruno")
        assert undoing == Decision(Undo(last.number), NOON + timedelta(days=1), "Bruno")
        log = [*log, undoing]
        codebook = Codebook.after(log)
        assert codebook.history[last.number - 1].undone
        assert len(log) < longest
    assert replace(codebook, history=()) == Codebook.after(())
    with pytest.raises(NothingToUndo, match="Nothing is left to undo"):
        codebook.undo(NOON)


def test_an_undoing_is_never_undone_and_nothing_is_undone_in_advance() -> None:
    first, second = confirmed("t1", A), confirmed("t2", B)
    codebook = after(first, second, Undo(1), Undo(3))
    assert members(codebook) == {"t2": [B]}
    assert [step.undone for step in codebook.history] == [True, False, False, False]
    assert members(after(Undo(2), first)) == {"t1": [A]}
    assert members(after(first, Undo(0), Undo(-1), Undo(9))) == {"t1": [A]}


def test_the_history_tells_every_decision_and_which_is_undone_next() -> None:
    codebook = after(confirmed("t1", A), Discard("t1"), Undo(2))
    assert [(step.number, step.decision.kind, step.undone) for step in codebook.history] == [
        (1, "confirm", False),
        (2, "discard", True),
        (3, "undo", False),
    ]
    assert codebook.number == 3
    assert codebook.last == codebook.history[0]
    assert Codebook.after(()).last is None


@given(log=logs)
def test_an_answer_and_a_contribution_stand_in_one_place_at_most(log: list[Decision]) -> None:
    codebook = Codebook.after(log)
    placed = [answer for standing in members(codebook).values() for answer in standing]
    copies = [c for cluster in codebook.clusters.values() for c in cluster.contributions]
    assert len(set(placed)) == len(placed)
    assert len(set(copies)) == len(copies)
    assert all(len(cluster.contributions) > 1 for cluster in codebook.clusters.values())


# ── words ─────────────────────────────────────────────────────────────────


def test_seeds_hold_from_the_last_change_on() -> None:
    codebook = after(
        Seeds(OBJECTIVE, ("sera",)), Seeds(OTHER, ("posto",)), Seeds(OBJECTIVE, ("notte", "sera"))
    )
    assert codebook.seeds == {OBJECTIVE: ("notte", "sera"), OTHER: ("posto",)}
    assert codebook.checked_since == {OBJECTIVE: 3, OTHER: 2}


def test_seeds_are_kept_once_each_in_one_line() -> None:
    decision = deciding().seeds(OBJECTIVE, [" terzo\n settore", "sera", "", "Sera", "x" * LONGEST_SEED])
    assert decision == Decision(Seeds(OBJECTIVE, ("terzo settore", "sera", "x" * LONGEST_SEED)), NOON, "Anna")


@pytest.mark.parametrize(
    ("objective", "seeds", "told"),
    [
        (OBJECTIVE, [" ", ""], "at least one seed word"),
        (OBJECTIVE, ["sera|notte"], r"sera\|notte must not hold the sign \|: write two"),
        (OBJECTIVE, ["x" * (LONGEST_SEED + 1)], f"a phrase of at most {LONGEST_SEED} characters"),
        ("lettori-9", ["sera"], "lettori-9 is no objective of this plan: choose one of lettori-1, "),
    ],
)
def test_seeds_that_cannot_be_kept_are_told(objective: str, seeds: list[str], told: str) -> None:
    with pytest.raises(BrokenDecision, match=told):
        deciding().seeds(objective, seeds)


def test_the_same_seeds_once_more_do_not_make_their_checks_void() -> None:
    of_the_plan = LIBRARIES.objectives[OBJECTIVE].seeds
    with pytest.raises(NothingDecided, match="its seed words already"):
        deciding().seeds(OBJECTIVE, reversed(of_the_plan))
    changed = Seeds(OBJECTIVE, ("sera",))
    with pytest.raises(NothingDecided):
        deciding(changed).seeds(OBJECTIVE, ["sera"])
    assert deciding(changed).seeds(OBJECTIVE, of_the_plan).payload == Seeds(OBJECTIVE, of_the_plan)


def test_words_are_left_out_and_put_back_in_the_list_they_belong_to() -> None:
    codebook = after(
        Words("question", ("servizio", "sera"), ("citta",)),
        Words("question", ("citta",), ("sera",)),
        Words("function", ("cosa",), ()),
    )
    assert codebook.question_words == WordChanges(frozenset({"servizio", "citta"}), frozenset({"sera"}))
    assert codebook.function_words == WordChanges(frozenset({"cosa"}), frozenset())
    assert deciding().words("function", [" cosa ", "cosa"]).payload == Words("function", ("cosa",), ())
    with pytest.raises(BrokenDecision, match="at least one word"):
        deciding().words("question", [" "], [])
    with pytest.raises(ValueError, match="no list of words"):
        deciding().words("stop", ["cosa"])  # type: ignore[arg-type]


# ── judgements ────────────────────────────────────────────────────────────


def test_a_judgement_is_of_one_text_and_the_last_holds() -> None:
    codebook = after(
        of(A, OBJECTIVE), of(A, OTHER, holds=False, proposed=False), of(A, OBJECTIVE, holds=False)
    )
    assert codebook.codings == {
        (A, OBJECTIVE): Coding(False, True, DIGESTS[A], 3),
        (A, OTHER): Coding(False, False, DIGESTS[A], 2),
    }
    assert deciding().judge(A, TEXTS[A], OBJECTIVE, True, False).payload == of(A, OBJECTIVE, proposed=False)


def test_the_digest_is_the_beginning_of_the_sha_256_of_the_text() -> None:
    assert digest_of("È così.") == hashlib.sha256("È così.".encode()).hexdigest()[:16]
    assert digest_of("") == "e3b0c44298fc1c14"  # of nothing, as FIPS 180 gives it


def test_an_answer_that_speaks_of_none_speaks_of_no_objective_until_one_is_judged_to_hold() -> None:
    none = after(of(A, OBJECTIVE), of(B, OBJECTIVE), JudgeNone(A, DIGESTS[A]))
    assert none.of_none == {A: DIGESTS[A]}
    assert {answer: coding.holds for (answer, _), coding in none.codings.items()} == {A: False, B: True}
    assert after(JudgeNone(A, DIGESTS[A]), of(A, OTHER, holds=False)).of_none == {A: DIGESTS[A]}
    assert after(JudgeNone(A, DIGESTS[A]), of(A, OTHER)).of_none == {}
    assert deciding().judge_none(A, TEXTS[A]).payload == JudgeNone(A, DIGESTS[A])


def test_a_judgement_of_other_words_is_left_alone_by_none() -> None:
    """The answer was sent anew in between: each judgement speaks of the words that it was made of."""
    codebook = after(of(A, OBJECTIVE), JudgeNone(A, digest_of("Altro.")))
    assert codebook.codings[A, OBJECTIVE].holds


def test_only_judgements_of_what_the_present_seeds_propose_check_them() -> None:
    log: list[Any] = [of(A, OBJECTIVE), of(B, OBJECTIVE, holds=False), of(C, OBJECTIVE, proposed=False)]
    assert after(*log).checks(OBJECTIVE) == Checks(right=1, judged=2)
    log += [Seeds(OBJECTIVE, ("sera",)), Seeds(OTHER, ("posto",))]
    assert after(*log).checks(OBJECTIVE) == (0, 0)
    log += [of(C, OBJECTIVE)]
    assert after(*log).checks(OBJECTIVE) == (1, 1)
    assert after(*log).checks(OTHER) == (0, 0)
    assert after(*log, Undo(4)).checks(OBJECTIVE) == (2, 3)


def test_what_speaks_of_none_was_wrongly_proposed() -> None:
    assert after(JudgeNone(A, DIGESTS[A], OBJECTIVE)).checks(OBJECTIVE) == (0, 1)
    assert after(JudgeNone(A, DIGESTS[A])).checks(OBJECTIVE) == (0, 0)
    assert after(of(A, OBJECTIVE), JudgeNone(A, DIGESTS[A])).checks(OBJECTIVE) == (0, 1)
    under_earlier = after(of(A, OBJECTIVE), Seeds(OBJECTIVE, ("sera",)), JudgeNone(A, DIGESTS[A]))
    assert under_earlier.checks(OBJECTIVE) == (0, 0)


# ── themes ────────────────────────────────────────────────────────────────


def test_a_candidate_becomes_a_theme_with_its_answers() -> None:
    decision = deciding().confirm(" Sere\nd'estate ", "Chi lavora\ndi giorno.\n", {B: TEXTS[B], A: TEXTS[A]})
    codebook = Codebook.after([decision])
    both = (Member(A, DIGESTS[A]), Member(B, DIGESTS[B]))
    assert codebook.themes == {"t1": Theme("t1", "Sere d'estate", "Chi lavora\ndi giorno.", "", both, NOON)}
    assert codebook.theme_of == {A: "t1", B: "t1"}


@given(log=logs)
def test_no_theme_that_ever_was_has_the_id_of_the_next(log: list[Decision]) -> None:
    ever = {theme for n in range(len(log)) for theme in Codebook.after(log[:n]).themes}
    assert Codebook.after(log).next_theme not in ever


def test_the_id_of_a_theme_is_never_given_again() -> None:
    log: list[Any] = [
        confirmed("t1", A),
        Discard("t1"),
        confirmed("t2", A, B),
        Split("t2", "t3", "Notti", (B,)),
    ]
    assert after(*log, Undo(4), Undo(3)).next_theme == "t4"
    assert deciding(*log, Undo(4), Undo(3)).confirm("x", "", {A: TEXTS[A]}).payload == replace(
        confirmed("t4", A), label="x"
    )
    assert after().next_theme == "t1"
    assert after(*(confirmed(f"t{n}", A) for n in range(1, 11))).next_theme == "t11"


def test_merged_themes_keep_the_name_and_the_objective_of_the_one_that_stays() -> None:
    codebook = after(confirmed("t1", A, objective=OBJECTIVE), confirmed("t2", B), Merge("t1", "t2"))
    assert members(codebook) == {"t2": [A, B]}
    assert (codebook.themes["t2"].label, codebook.themes["t2"].objective) == ("Tema t2", "")


def test_what_is_split_off_keeps_its_objective_and_the_text_that_was_read() -> None:
    log = [confirmed("t1", A, B, objective=OBJECTIVE), Split("t1", "t2", "Notti", (B, C))]
    codebook = after(*log)
    assert members(codebook) == {"t1": [A], "t2": [B]}  # C was no member any more
    assert codebook.themes["t2"] == Theme("t2", "Notti", "", OBJECTIVE, (Member(B, DIGESTS[B]),), NOON)
    assert deciding(log[0]).split("t1", "Notti", [B, C]).payload == Split("t1", "t2", "Notti", (B,))


def test_an_answer_goes_where_it_was_moved_last() -> None:
    log = [confirmed("t1", A), confirmed("t2", B)]
    assert members(after(*log, Move(A, DIGESTS[A], "t1", "t2"))) == {"t1": [], "t2": [A, B]}
    assert members(after(*log, Move(C, DIGESTS[C], "", "t2"))) == {"t1": [A], "t2": [B, C]}
    assert members(after(*log, Move(A, DIGESTS[A], "t1", ""))) == {"t1": [], "t2": [B]}
    assert members(after(*log, confirmed("t3", A))) == {"t1": [], "t2": [B], "t3": [A]}


def test_what_is_decided_about_a_theme_that_is_gone_changes_nothing() -> None:
    log = [confirmed("t1", A, B), confirmed("t2", C), Discard("t2")]
    for late in (
        Merge("t2", "t1"),
        Merge("t1", "t2"),
        Merge("t1", "t1"),
        Split("t2", "t3", "Notti", (C,)),
        Move(A, DIGESTS[A], "t1", "t2"),
        Move(A, DIGESTS[A], "t2", ""),
        Discard("t2"),
        Link("t2", OBJECTIVE),
        confirmed("t1", C),
        Split("t1", "t1", "Notti", (A,)),
    ):
        assert after(*log, late) == replace(after(*log), history=after(*log, late).history), late


def test_a_page_that_decides_about_a_theme_that_is_gone_is_told_to_look_again() -> None:
    now = deciding(confirmed("t1", A), Discard("t1"), confirmed("t2", B))
    late: list[Callable[[], Decision]] = [
        lambda: now.rename("t1", "x", ""),
        lambda: now.merge("t1", "t2"),
        lambda: now.merge("t2", "t1"),
        lambda: now.split("t1", "x", [A]),
        lambda: now.move(A, TEXTS[A], "t1"),
        lambda: now.discard("t1"),
        lambda: now.link("t1", OBJECTIVE),
    ]
    for decides in late:
        with pytest.raises(ThemeGone, match="Look at the themes again"):
            decides()


def test_a_page_moves_an_answer_from_where_it_stands() -> None:
    now = deciding(confirmed("t1", A), confirmed("t2", B))
    assert now.move(A, TEXTS[A], "t2").payload == Move(A, DIGESTS[A], "t1", "t2")
    assert now.move(A, TEXTS[A], "").payload == Move(A, DIGESTS[A], "t1", "")
    assert now.move(C, TEXTS[C], "t2").payload == Move(C, DIGESTS[C], "", "t2")
    assert now.move(A, "Altro.", "t1").payload == Move(A, digest_of("Altro."), "t1", "t1")  # read anew
    for answer, to in ((A, "t1"), (C, "")):
        with pytest.raises(NothingDecided, match="stands there already"):
            now.move(answer, TEXTS[answer], to)


def test_a_theme_is_linked_to_an_objective_of_the_plan_or_to_none() -> None:
    now = deciding(confirmed("t1", A))
    linked = Codebook.after([*decided(confirmed("t1", A)), now.link("t1", OBJECTIVE)])
    assert linked.themes["t1"].objective == OBJECTIVE
    assert now.link("t1", "").payload == Link("t1", "")
    unknown: list[Callable[[], Decision]] = [
        lambda: now.link("t1", "lettori-9"),
        lambda: now.judge(A, TEXTS[A], "lettori-9", True, True),
        lambda: now.confirm("x", "", {A: TEXTS[A]}, "lettori-9"),
    ]
    for decides in unknown:
        with pytest.raises(BrokenDecision, match="no objective of this plan"):
            decides()


@pytest.mark.parametrize(
    ("decides", "told"),
    [
        (lambda d: d.confirm(" \n ", "", TEXTS), "a label of at most"),
        (lambda d: d.rename("t1", "x" * (LONGEST_LABEL + 1), ""), f"at most {LONGEST_LABEL} characters"),
        (lambda d: d.split("t1", "", [A]), "a label of at most"),
        (
            lambda d: d.rename("t1", "x", "y" * (LONGEST_DESCRIPTION + 1)),
            f"at most {LONGEST_DESCRIPTION} characters .found: {LONGEST_DESCRIPTION + 1}",
        ),
        (lambda d: d.confirm("x", "", {}), "at least one answer"),
        (lambda d: d.split("t1", "x", []), "leave at least one in the old one"),
        (lambda d: d.split("t1", "x", [A, B]), "leave at least one in the old one"),
        (lambda d: d.split("t1", "x", [C]), "Pick at least one answer"),
        (lambda d: d.merge("t1", "t1"), "cannot be merged with itself"),
        (lambda d: d.cluster("k", "campaign", ["c1", "c1"]), "at least two contributions"),
        (lambda d: replace(d, by="x" * (LONGEST_NAME + 1)).discard("t1"), f"at most {LONGEST_NAME}"),
    ],
)
def test_a_decision_that_cannot_be_kept_says_what_to_do(
    decides: Callable[[Deciding], Decision], told: str
) -> None:
    with pytest.raises(BrokenDecision, match=told):
        decides(deciding(confirmed("t1", A, B)))


def test_the_longest_label_and_description_fit_and_whoever_decides_is_named_in_one_line() -> None:
    now = deciding(confirmed("t1", A), by=" Ufficio\npiani ")
    decision = now.rename("t1", "x" * LONGEST_LABEL, "y" * LONGEST_DESCRIPTION)
    assert decision.by == "Ufficio piani"
    theme = Codebook.after([*decided(confirmed("t1", A)), decision]).themes["t1"]
    assert (len(theme.label), len(theme.description)) == (LONGEST_LABEL, LONGEST_DESCRIPTION)


@pytest.mark.parametrize(
    "decides",
    [
        lambda d: d.judge("c1", "x", OBJECTIVE, True, True),
        lambda d: d.set_aside([], []),
        lambda d: d.cluster("k", "petition", ["c1", "c2"]),
        lambda d: d.cluster("c1", "campaign", ["c1", "c2"]),
        lambda d: d.cluster("", "campaign", ["c1", "c2"]),
    ],
)
def test_what_no_form_sends_is_a_mistake_of_the_program(decides: Callable[[Deciding], Decision]) -> None:
    with pytest.raises(ValueError, match=r"is no|has words"):
        decides(deciding())


def test_candidates_that_are_no_theme_stay_on_record() -> None:
    decision = deciding().set_aside(["sera", " sera"], [B, A, B])
    assert decision.payload == SetAside(("sera",), (A, B))
    assert Codebook.after([decision]).set_aside == (SetAside(("sera",), (A, B)),)
    assert Codebook.after(one.without("c1") for one in decided(SetAside((), (A,)))).set_aside == ()


# ── copies ────────────────────────────────────────────────────────────────


def test_a_verdict_on_copies_holds_until_the_next() -> None:
    decision = deciding().cluster("k1", "campaign", ["c2", "c1", "c3", "c1"])
    assert decision.payload == Verdict("k1", "campaign", ("c1", "c2", "c3"))
    codebook = Codebook.after([decision, *decided(Verdict("k1", "coincidence", ("c1", "c2")))])
    assert codebook.clusters == {"k1": Cluster("coincidence", ("c1", "c2"))}


def test_a_contribution_leaves_its_cluster_for_the_one_judged_last() -> None:
    codebook = after(
        Verdict("k1", "campaign", ("c1", "c2", "c3")),
        Verdict("k2", "duplicate", ("c3", "c4")),
    )
    assert codebook.clusters == {
        "k1": Cluster("campaign", ("c1", "c2")),
        "k2": Cluster("duplicate", ("c3", "c4")),
    }
    grown = after(Verdict("k1", "campaign", ("c1", "c2")), Verdict("k2", "coincidence", ("c1", "c2", "c3")))
    assert grown.clusters == {"k2": Cluster("coincidence", ("c1", "c2", "c3"))}
