"""What every keeper of the conversation must do, whatever it keeps it in.

A keeper joins with a class that inherits `StoreContract` and gives the fixture `store`, an empty one.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultation.ballot import Vote
from consultation.codebook import Codebook, digest_of
from consultation.codes import new_return_code
from consultation.contribution import Contribution, Part, Rating, Reply, Sending, Speaker, contribute
from consultation.decisions import (
    CLUSTER_KINDS,
    WORD_LISTS,
    Confirm,
    Decision,
    Discard,
    Judge,
    JudgeNone,
    Link,
    Member,
    Merge,
    Move,
    Rename,
    Seeds,
    SetAside,
    Split,
    Undo,
    Verdict,
    Words,
)
from consultation.errors import (
    DecisionsTaken,
    ErasedContribution,
    RulesTaken,
    UnknownConsultation,
    UnknownReturnCode,
    VersionTaken,
)
from consultation.moderation import Moderation
from consultation.occasion import Consultation
from consultation.plan import load_plan, read_plan
from consultation.steps import Note, Step
from consultation.stores import Store
from consultation.workshop import Workshop

LIBRARIES = load_plan(Path(__file__).parent / "plans" / "biblioteche.toml")
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
WORD_FOR_WORD = "Vorrei la biblioteca aperta la sera, perché di giorno lavoro."


def consultation(name: str = "biblioteche", stage: str = "open", invented: bool = False) -> Consultation:
    return Consultation(name, LIBRARIES, stage, invented)  # type: ignore[arg-type]


def said(
    name: str = "c1", version: int = 1, text: str = WORD_FOR_WORD, where: str = "biblioteche"
) -> Contribution:
    return Contribution(
        id=name,
        version=version,
        consultation=where,
        group="abitanti",
        consent="quotable_with_group",
        at=NOON,
        organisation="Circolo Arcimboldi",
        replies=(Reply("lettori", "desideri", text, ("lettori-1",)),),
        ratings=(Rating("lettori-1", "urgency", 5), Rating("lettori-2", "importance", None)),
    )


def under(before: Consultation, reason: str = "Deciso in giunta.", **changed: Any) -> Consultation:
    """The consultation with one declaration more."""
    return before.declared(replace(before.rules, **changed), NOON, reason, "Ufficio piani")


# Few of everything, so that decisions meet: the same theme named, moved into, ended and undone.
_names = st.sampled_from(["t1", "t2", "t3"])
_themes = _names | st.just("")
_objectives = st.sampled_from(["lettori-1", "luoghi-2"])
_voices = st.sampled_from(["c1", "c2", "c3", "c4"])
_answers = _voices.map("{}/lettori/desideri".format)
_digests = st.sampled_from([digest_of(WORD_FOR_WORD), digest_of("Altro.")])
_words = st.lists(st.sampled_from(["sera", "orario", "terzo settore"]), max_size=3).map(tuple)
_text = st.text(st.characters(), max_size=20)
_confirmations = st.builds(
    Confirm,
    _names,
    _text,
    _text,
    st.lists(st.builds(Member, _answers, _digests), max_size=3).map(tuple),
    _objectives | st.just(""),
)
_undoings = st.builds(Undo, st.integers(-1, 15))
_payloads = st.one_of(
    _confirmations,
    _confirmations,
    st.builds(Seeds, _objectives, _words),
    st.builds(Words, st.sampled_from(WORD_LISTS), _words, _words),
    st.builds(Judge, _answers, _objectives, st.booleans(), st.booleans(), _digests),
    st.builds(JudgeNone, _answers, _digests),
    st.builds(Rename, _names, _text, _text),
    st.builds(Merge, _names, _names),
    st.builds(Split, _names, _names, _text, st.lists(_answers, max_size=3).map(tuple)),
    st.builds(Move, _answers, _digests, _themes, _themes),
    st.builds(Discard, _names),
    st.builds(Link, _names, _objectives | st.just("")),
    st.builds(SetAside, _words, st.lists(_answers, max_size=3).map(tuple)),
    st.builds(
        Verdict,
        st.sampled_from(["k1", "k2", "k3"]),
        st.sampled_from(CLUSTER_KINDS),
        st.lists(_voices, max_size=4, unique=True).map(tuple),
    ),
    _undoings,
    _undoings,
)
_decisions = st.builds(
    Decision, _payloads, st.integers(0, 99).map(lambda n: NOON + timedelta(minutes=n)), _text
)
logs = st.lists(_decisions, max_size=4) | st.lists(_decisions, min_size=12, max_size=30)
"""Logs of a consultation on `LIBRARIES` as no page would write them: of any decision after any other."""


def decided(*payloads: Any, by: str = "Anna") -> list[Decision]:
    return [Decision(payload, NOON, by) for payload in payloads]


DISCARDED = Decision(Discard("t1"), NOON)
REWORDED = read_plan(LIBRARIES.source.replace("Lettori", "Chi legge"))
NOTED = Step(Note("harvest", "Chiudere più tardi costa poco."), NOON, "Anna")
VOTE = Vote("RIVA", "b1", "c1", "abitanti", "Circolo Arcimboldi", NOON, (("lettori-1", 3), ("Più «luce»", 2)))
HIDDEN = Moderation("c1/lettori/desideri", "0" * 16, NOON, "personal_data", "Un nome.", "Anna")


class StoreContract:
    sendings = 25
    """How many contributions each of eight threads sends; fewer for a keeper that is slow to write."""

    @pytest.fixture
    def opened(self, store: Store) -> Store:
        """A store with one open consultation."""
        store.add_consultation(consultation())
        return store

    # Consultations

    def test_a_new_store_holds_nothing(self, store: Store) -> None:
        assert list(store.consultations()) == []
        assert store.workshop("ABCDEF") is None
        assert store.contribution("c1") is None
        assert store.note("anything") == ""

    def test_a_consultation_comes_back_whole_with_its_plan(self, store: Store) -> None:
        store.add_consultation(consultation("esempio", "closed", invented=True))
        assert store.consultation("esempio") == consultation("esempio", "closed", invented=True)
        assert store.consultation("esempio").plan.source == LIBRARIES.source

    def test_an_unknown_consultation_is_named_with_those_there_are(self, opened: Store) -> None:
        with pytest.raises(UnknownConsultation) as told:
            opened.consultation("bibliotechine")
        assert "bibliotechine" in str(told.value)
        assert "choose one of biblioteche" in str(told.value)

    def test_changing_the_stage_keeps_what_was_said(self, opened: Store) -> None:
        opened.add(said())
        opened.add_consultation(consultation(stage="closed"))
        assert opened.consultation("biblioteche").stage == "closed"
        assert [c.id for c in opened.contributions("biblioteche")] == ["c1"]

    def test_the_one_last_added_to_comes_first_then_the_unanswered_by_id(self, store: Store) -> None:
        for name in ("d", "a", "c", "b"):
            store.add_consultation(consultation(name))
        store.add(replace(said("c1", where="c"), at=NOON + timedelta(days=9)))
        store.add(said("c2", where="d"))
        store.add(said("c1", where="c"))  # the same once more is nothing new
        assert [c.id for c in store.consultations()] == ["d", "c", "a", "b"]

    def test_removing_a_consultation_forgets_everything_said_in_it_and_nothing_else(
        self, opened: Store
    ) -> None:
        code = new_return_code()
        opened.add_consultation(consultation("altra"))
        opened.add(said(), return_code=code)
        opened.add(said("c2"))
        opened.erase("c2", NOON)
        opened.add(said("c3", where="altra"))
        opened.add_workshop(Workshop("RIVA", "biblioteche", "Una sera a Riva"))
        for name in ("biblioteche", "altra"):
            opened.declare(name, under(consultation(name), seed=8).declarations[0], 0)
            opened.decide(name, DISCARDED, 0)
        opened.remove_consultation("biblioteche")
        opened.remove_consultation("never-there")
        assert [c.id for c in opened.consultations()] == ["altra"]
        assert list(opened.contributions("biblioteche")) == []
        assert opened.contribution("c1") is None
        assert opened.erased("biblioteche") == 0
        assert opened.workshop("RIVA") is None
        with pytest.raises(UnknownReturnCode):
            opened.returning(code)
        assert [c.id for c in opened.contributions("altra")] == ["c3"]
        assert opened.consultation("altra").rules.seed == 8
        assert list(opened.decisions("altra")) == [DISCARDED]
        opened.add_consultation(consultation())
        assert opened.consultation("biblioteche").declarations == ()
        assert list(opened.decisions("biblioteche")) == []

    # Declarations

    def test_declared_rules_come_back_whole_and_in_their_order(self, opened: Store) -> None:
        opened.add_consultation(consultation("altra"))
        weights = tuple(sorted((group, 0.1 * n) for n, group in enumerate(LIBRARIES.groups, 1)))
        declared: list[dict[str, Any]] = [
            {"group_weights": "custom", "custom_weights": weights},
            {"merged_groups": (("abitanti", "scuole"),), "top_share": 1 / 3 + 1e-16},
            *({"seed": seed} for seed in range(1, 11)),
        ]
        changed = consultation()
        for n, rules in enumerate(declared):
            changed = under(changed, f"Perché è «{n}»: <b>sì</b>", **rules)
            opened.declare("biblioteche", changed.declarations[-1], n)
        assert opened.consultation("biblioteche") == changed
        assert list(opened.consultations()) == [consultation("altra"), changed]
        assert opened.consultation("altra").rules == LIBRARIES.rules

    def test_the_moment_of_a_declaration_is_the_same_wherever_it_was_made(self, opened: Store) -> None:
        summer_in_milan = datetime(2026, 7, 1, 9, 30, 5, 123456, tzinfo=timezone(timedelta(hours=2)))
        (declaration,) = under(consultation(), seed=8).declarations
        opened.declare("biblioteche", replace(declaration, at=summer_in_milan), 0)
        (kept,) = opened.consultation("biblioteche").declarations
        assert kept.at == summer_in_milan
        assert kept.at.utcoffset() == timedelta(0)
        with pytest.raises(ValueError, match="time zone"):
            opened.declare("biblioteche", replace(declaration, at=datetime(2026, 7, 1)), 1)

    def test_whoever_has_not_seen_the_rules_that_hold_cannot_replace_them(self, opened: Store) -> None:
        mine, theirs = under(consultation(), seed=8), under(consultation(), seed=9)
        opened.declare("biblioteche", theirs.declarations[0], 0)
        for after in (0, 2):
            with pytest.raises(RulesTaken, match="changed the rules meanwhile: look at theirs first"):
                opened.declare("biblioteche", mine.declarations[0], after)
        assert opened.consultation("biblioteche") == theirs
        opened.declare("biblioteche", mine.declarations[0], 1)
        assert opened.consultation("biblioteche").rules.seed == 8

    def test_declaring_the_same_twice_is_one_even_a_minute_later(self, opened: Store) -> None:
        (declaration,) = under(consultation(), seed=8).declarations
        opened.declare("biblioteche", declaration, 0)
        before = opened.revision("biblioteche")
        opened.declare("biblioteche", replace(declaration, at=NOON + timedelta(minutes=1)), 0)
        assert opened.consultation("biblioteche").declarations == (declaration,)
        assert opened.revision("biblioteche") == before
        for other in (replace(declaration, reason="Altro."), replace(declaration, by="")):
            with pytest.raises(RulesTaken):
                opened.declare("biblioteche", other, 0)

    def test_rules_of_the_draft_are_refused_once_it_has_been_opened(self, opened: Store) -> None:
        """Kept as the draft's, the change would be printed on no map."""
        (declaration,) = under(consultation(stage="draft"), seed=8).declarations
        with pytest.raises(RulesTaken, match="opened, paused or closed meanwhile: look at it again"):
            opened.declare("biblioteche", declaration, 0)
        assert opened.consultation("biblioteche") == consultation()

    def test_rules_are_declared_of_a_consultation_that_is_kept(self, opened: Store) -> None:
        with pytest.raises(UnknownConsultation):
            opened.declare("nessuna", under(consultation(), seed=8).declarations[0], 0)

    def test_what_was_declared_outlasts_a_change_of_the_stage_or_the_plan(self, opened: Store) -> None:
        changed = under(consultation(), seed=8)
        opened.declare("biblioteche", changed.declarations[0], 0)
        opened.add_consultation(consultation(stage="closed"))  # by somebody who has not seen the new rules
        assert opened.consultation("biblioteche") == replace(changed, stage="closed")
        opened.add_consultation(replace(changed, stage="paused"))
        assert opened.consultation("biblioteche") == replace(changed, stage="paused")
        with pytest.raises(ValueError, match=r"through declare\(\)"):
            opened.add_consultation(under(changed, seed=9))
        assert opened.consultation("biblioteche") == replace(changed, stage="paused")

    def test_a_consultation_that_comes_whole_brings_its_declarations(self, store: Store) -> None:
        changed = under(under(consultation(), seed=8), lines="scale")
        store.add_consultation(changed)
        assert store.consultation("biblioteche") == changed

    # Decisions

    @settings(
        max_examples=15,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.differing_executors],
    )
    @given(log=logs)
    def test_what_was_decided_comes_back_whole_and_in_its_order(
        self, store: Store, log: list[Decision]
    ) -> None:
        name = str(uuid4())
        store.add_consultation(consultation(name))
        kept: list[Decision] = []
        for decision in log:
            if not kept or decision.payload != kept[-1].payload:
                store.decide(name, decision, len(kept))
                kept.append(decision)
        assert list(store.decisions(name)) == kept
        assert Codebook.after(store.decisions(name)) == Codebook.after(kept)

    def test_decisions_are_those_of_their_consultation(self, opened: Store) -> None:
        opened.add_consultation(consultation("altra"))
        here, there = decided(Discard("t1"), Discard("t2"))
        for n in range(11):  # 10 comes after 9
            opened.decide("biblioteche", replace(here, by=str(n)), n)
        opened.decide("altra", there, 0)
        assert [decision.by for decision in opened.decisions("biblioteche")] == [str(n) for n in range(11)]
        assert list(opened.decisions("altra")) == [there]
        assert list(opened.decisions("nessuna")) == []
        with pytest.raises(UnknownConsultation):
            opened.decide("nessuna", here, 0)

    def test_the_moment_of_a_decision_is_the_same_wherever_it_was_made(self, opened: Store) -> None:
        summer_in_milan = datetime(2026, 7, 1, 9, 30, 5, 123456, tzinfo=timezone(timedelta(hours=2)))
        opened.decide("biblioteche", Decision(Discard("t1"), summer_in_milan), 0)
        (kept,) = opened.decisions("biblioteche")
        assert kept.at == summer_in_milan
        assert kept.at.utcoffset() == timedelta(0)
        with pytest.raises(ValueError, match="time zone"):
            opened.decide("biblioteche", Decision(Discard("t1"), datetime(2026, 7, 1)), 1)

    def test_whoever_has_not_seen_what_was_decided_cannot_decide(self, opened: Store) -> None:
        mine, theirs = decided(Discard("t1"), Discard("t2"))
        opened.decide("biblioteche", theirs, 0)
        for after in (0, 2):
            with pytest.raises(DecisionsTaken, match="Somebody else has decided meanwhile: look at theirs"):
                opened.decide("biblioteche", mine, after)
        assert list(opened.decisions("biblioteche")) == [theirs]
        opened.decide("biblioteche", mine, 1)
        assert list(opened.decisions("biblioteche")) == [theirs, mine]

    def test_deciding_the_same_twice_is_one_even_a_minute_later(self, opened: Store) -> None:
        (decision,) = decided(Words("question", ("sera",), ()))
        opened.decide("biblioteche", decision, 0)
        before = opened.revision("biblioteche")
        opened.decide("biblioteche", replace(decision, at=NOON + timedelta(minutes=1)), 0)
        assert list(opened.decisions("biblioteche")) == [decision]
        assert opened.revision("biblioteche") == before
        with pytest.raises(DecisionsTaken):
            opened.decide("biblioteche", replace(decision, by="Bruno"), 0)
        opened.decide("biblioteche", decision, 1)  # seen, and decided once more
        assert len(opened.decisions("biblioteche")) == 2

    def test_of_two_who_decide_at_once_one_is_told(self, opened: Store) -> None:
        def decides(person: int) -> bool:
            try:
                opened.decide("biblioteche", Decision(Discard("t1"), NOON, str(person)), 0)
            except DecisionsTaken:
                return False
            return True

        with ThreadPoolExecutor(8) as room:
            kept = list(room.map(decides, range(8)))
        assert kept.count(True) == 1
        assert [decision.by for decision in opened.decisions("biblioteche")] == [str(kept.index(True))]

    def test_what_was_decided_outlasts_a_change_of_the_stage(self, opened: Store) -> None:
        opened.decide("biblioteche", DISCARDED, 0)
        opened.add_consultation(consultation(stage="closed"))
        assert list(opened.decisions("biblioteche")) == [DISCARDED]

    def test_an_erased_contribution_leaves_every_decision_and_the_others_stay(self, opened: Store) -> None:
        mine, other = "c1/lettori/desideri", "c10/lettori/desideri"  # c1 is no part of c10
        said_of_both = [Member(mine, "0" * 16), Member(other, "f" * 16)]
        of_both = decided(
            Judge(mine, "lettori-1", True, True, "0" * 16),
            Judge(other, "lettori-1", True, True, "f" * 16),
            JudgeNone(mine, "0" * 16),
            Confirm("t1", "Sere", "", tuple(said_of_both), "lettori-2"),
            Split("t1", "t2", "Notti", (mine, other)),
            Move(mine, "0" * 16, "t2", "t1"),
            SetAside((), (mine,)),
            Verdict("k", "campaign", ("c1", "c10")),
            Undo(3),
        )
        opened.add(said("c1"), said("c10"))
        for n, decision in enumerate(of_both):
            opened.decide("biblioteche", decision, n)
        opened.erase("c1", NOON)
        left = list(opened.decisions("biblioteche"))
        assert left == decided(
            Judge("", "lettori-1", True, True, ""),
            Judge(other, "lettori-1", True, True, "f" * 16),
            JudgeNone("", ""),
            Confirm("t1", "Sere", "", (said_of_both[1],), "lettori-2"),
            Split("t1", "t2", "Notti", (other,)),
            Move("", "", "t2", "t1"),
            SetAside((), ()),
            Verdict("k", "campaign", ("c10",)),
            Undo(3),
        )
        codebook = Codebook.after(left)
        assert list(codebook.codings) == [(other, "lettori-1")]
        assert (codebook.clusters, codebook.set_aside, codebook.of_none) == ({}, (), {})
        assert {t.id: t.members for t in codebook.themes.values()} == {"t1": (), "t2": (said_of_both[1],)}

    def test_a_page_left_open_brings_back_nothing_of_what_was_erased(self, opened: Store) -> None:
        opened.add(said())
        opened.erase("c1", NOON)
        (decision,) = decided(JudgeNone("c1/lettori/desideri", "0" * 16))
        opened.decide("biblioteche", decision, 0)
        opened.decide("biblioteche", decision, 0)
        assert list(opened.decisions("biblioteche")) == decided(JudgeNone("", ""))

    # Workshops

    @pytest.mark.parametrize("typed", ["MUN4-B", "mun4b", " Mun 4 b ", "MUN4–B"])
    def test_an_invitation_opens_its_workshop_however_it_is_typed(self, opened: Store, typed: str) -> None:
        workshop = Workshop("MUN4-B", "biblioteche", "Municipio 4, secondo tavolo")
        opened.add_workshop(workshop)
        assert opened.workshop(typed) == workshop

    @pytest.mark.parametrize("typed", ["MUN4", "", "???", "MUN4-C"])
    def test_another_word_opens_nothing(self, opened: Store, typed: str) -> None:
        opened.add_workshop(Workshop("MUN4-B", "biblioteche", ""))
        assert opened.workshop(typed) is None

    def test_workshops_are_listed_by_word(self, opened: Store) -> None:
        opened.add_consultation(consultation("altra"))
        for word in ("RIVA", "COLLE"):
            opened.add_workshop(Workshop(word, "biblioteche", word.title()))
        opened.add_workshop(Workshop("PONTE", "altra", ""))
        assert [(w.word, w.title) for w in opened.workshops("biblioteche")] == [
            ("COLLE", "Colle"),
            ("RIVA", "Riva"),
        ]

    def test_a_workshop_needs_its_consultation_and_a_word(self, opened: Store) -> None:
        with pytest.raises(UnknownConsultation):
            opened.add_workshop(Workshop("RIVA", "nessuna", ""))
        with pytest.raises(ValueError, match="no letter"):
            opened.add_workshop(Workshop(" - ", "biblioteche", ""))

    # Contributions

    def test_what_was_said_comes_back_as_it_was_said(self, opened: Store) -> None:
        opened.add(said())
        assert opened.contribution("c1") == said()
        assert list(opened.contributions("biblioteche")) == [said()]

    def test_the_time_of_sending_is_the_same_moment_wherever_it_was_sent_from(self, opened: Store) -> None:
        summer_in_milan = datetime(2026, 7, 1, 9, 30, 5, 123456, tzinfo=timezone(timedelta(hours=2)))
        opened.add(replace(said(), at=summer_in_milan))
        kept = opened.contribution("c1")
        assert kept is not None
        assert kept.at == summer_in_milan
        assert kept.at.utcoffset() == timedelta(0)

    def test_a_time_without_a_zone_is_a_mistake_of_the_program(self, opened: Store) -> None:
        with pytest.raises(ValueError, match="time zone"):
            opened.add(replace(said(), at=datetime(2026, 7, 1)))

    def test_contributions_come_by_id_each_in_its_latest_version(self, opened: Store) -> None:
        first, second, third = said("b"), said("b", 2, "di più"), said("b", 3, "e altro")
        opened.add(first, said("c"), second)
        opened.add(third, said("a"))
        assert [(c.id, c.version) for c in opened.contributions("biblioteche")] == [
            ("a", 1),
            ("b", 3),
            ("c", 1),
        ]
        assert opened.contribution("b") == third
        assert list(opened.versions("b")) == [first, second, third]
        assert list(opened.versions("nobody")) == []

    def test_sending_the_same_twice_is_one_even_a_minute_later(self, opened: Store) -> None:
        opened.add(said())
        before = opened.revision("biblioteche")
        opened.add(said(), replace(said(), at=NOON + timedelta(minutes=1)))
        assert list(opened.versions("c1")) == [said()]
        assert opened.revision("biblioteche") == before

    @pytest.mark.parametrize(
        "other",
        [
            said(text="Altro."),
            replace(said(), group="scuole"),
            replace(said(), consent="counted_only"),
            replace(said(), organisation=""),
            replace(said(), channel="paper"),
            replace(said(), language="en"),
            replace(said(), workshop="RIVA"),
            replace(said(), ratings=()),
            replace(said(), replies=(replace(said().replies[0], objectives=()),)),
        ],
    )
    def test_the_same_version_with_other_content_is_refused(self, opened: Store, other: Contribution) -> None:
        opened.add(said())
        with pytest.raises(VersionTaken) as told:
            opened.add(said("c2"), other)
        assert told.value.values == {"id": "c1", "version": 1}
        assert list(opened.contributions("biblioteche")) == [said()]  # not even c2: all or none

    def test_two_contents_for_one_version_in_one_call_are_refused(self, opened: Store) -> None:
        with pytest.raises(VersionTaken):
            opened.add(said(), said(text="Altro."))
        assert list(opened.contributions("biblioteche")) == []

    def test_an_id_belongs_to_one_consultation(self, opened: Store) -> None:
        opened.add_consultation(consultation("altra"))
        opened.add(said())
        with pytest.raises(VersionTaken, match="belongs to the consultation biblioteche"):
            opened.add(said(version=2, where="altra"))
        assert list(opened.contributions("altra")) == []

    def test_nothing_is_kept_for_an_unknown_consultation(self, opened: Store) -> None:
        with pytest.raises(UnknownConsultation):
            opened.add(said(), said("c2", where="nessuna"))
        assert list(opened.contributions("biblioteche")) == []

    def test_adding_nothing_changes_nothing(self, opened: Store) -> None:
        before = opened.revision("biblioteche")
        opened.add()
        assert opened.revision("biblioteche") == before

    def test_a_whole_import_is_kept_at_once(self, opened: Store) -> None:
        everything = [said(f"c{n:04}") for n in range(1_200)]
        opened.add(*everything)
        opened.add(*everything)
        assert list(opened.contributions("biblioteche")) == everything

    @settings(
        max_examples=40,
        deadline=None,
        # each example has its own id in the one store, and each keeper runs the examples for itself
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.differing_executors],
    )
    @given(
        text=st.text(st.characters(), min_size=1, max_size=300),
        organisation=st.text(st.characters(), max_size=100),
        values=st.lists(st.sampled_from([None, 1, 2, 3, 4, 5]), min_size=2, max_size=2),
    )
    def test_whatever_people_write_comes_back_letter_by_letter(
        self, opened: Store, text: str, organisation: str, values: list[int | None]
    ) -> None:
        sent = contribute(
            LIBRARIES,
            Speaker("scuole", "quotable_anonymous", organisation),
            Part(
                "luoghi",
                (Reply("luoghi", "aiuti", text),),
                (Rating("luoghi-2", "urgency", values[0]), Rating("luoghi-1", "feasibility", values[1])),
            ),
            Sending(str(uuid4()), "biblioteche", NOON),
        )
        opened.add(sent)
        assert opened.contribution(sent.id) == sent

    # Return codes

    def test_the_return_code_opens_the_latest_version_however_it_is_typed(self, opened: Store) -> None:
        code = new_return_code()
        opened.add(said(), return_code=code)
        opened.add(said("c2"), return_code=new_return_code())
        opened.add(said(version=2, text="di più"))
        assert opened.returning(code) == said(version=2, text="di più")
        assert opened.returning(code.lower().replace("-", " ")).id == "c1"

    def test_the_return_code_comes_with_a_resent_version_too(self, opened: Store) -> None:
        """The thanks may have been lost on the way, and the page may have made a new code."""
        first, second = new_return_code(), new_return_code()
        opened.add(said(), return_code=first)
        opened.add(said(), return_code=second)
        opened.add(said(), return_code=second)
        assert opened.returning(first) == opened.returning(second) == said()

    @pytest.mark.parametrize("code", ["", "-", "7KQM-XW4D-9PAB-CDEF-GHJK", "Circolo Arcimboldi"])
    def test_another_code_opens_nothing(self, opened: Store, code: str) -> None:
        with pytest.raises(UnknownReturnCode):
            opened.returning(code)
        opened.add(said(), return_code=new_return_code())
        with pytest.raises(UnknownReturnCode):
            opened.returning(code)

    def test_one_code_never_opens_two_contributions(self, opened: Store) -> None:
        code = new_return_code()
        with pytest.raises(ValueError, match="one contribution"):
            opened.add(said(), said("c2"), return_code=code)
        opened.add(said(), return_code=code)
        with pytest.raises(ValueError, match="another contribution"):
            opened.add(said("c2"), return_code=code)
        assert opened.contribution("c2") is None

    # Erasure

    def test_erasure_reaches_every_version_and_the_code(self, opened: Store) -> None:
        code = new_return_code()
        opened.add(said(), said(version=2), return_code=code)
        opened.add(said("c2"))
        opened.erase("c1", NOON)
        assert opened.contribution("c1") is None
        assert list(opened.versions("c1")) == []
        assert [c.id for c in opened.contributions("biblioteche")] == ["c2"]
        assert opened.erased("biblioteche") == 1
        with pytest.raises(UnknownReturnCode):
            opened.returning(code)

    def test_an_erased_contribution_takes_nothing_more(self, opened: Store) -> None:
        opened.add(said())
        opened.erase("c1", NOON)
        for again in (said(), said(version=2)):
            with pytest.raises(ErasedContribution, match="This contribution was erased"):
                opened.add(said("c2"), again)
        assert list(opened.contributions("biblioteche")) == []

    def test_erasing_twice_or_what_never_was_is_no_error(self, opened: Store) -> None:
        opened.add(said())
        for name in ("c1", "c1", "nobody"):
            opened.erase(name, NOON)
        assert opened.erased("biblioteche") == 1
        assert opened.erased("nessuna") == 0

    # Revisions and notes

    def test_the_revision_changes_with_every_change_and_only_then(self, opened: Store) -> None:
        opened.add_consultation(consultation("altra"))
        other = opened.revision("altra")
        seen = [opened.revision("biblioteche")]
        changes: list[Callable[[], None]] = [
            lambda: opened.add(said()),
            lambda: opened.add(said(version=2)),
            lambda: opened.add_workshop(Workshop("RIVA", "biblioteche", "")),
            lambda: opened.add_consultation(consultation(stage="paused")),
            lambda: opened.declare(
                "biblioteche", under(consultation(stage="paused"), seed=8).declarations[0], 0
            ),
            lambda: opened.decide("biblioteche", DISCARDED, 0),
            lambda: opened.erase("c1", NOON),
            lambda: opened.remove_consultation("biblioteche"),
            lambda: opened.add_consultation(consultation()),
        ]
        for change in changes:
            change()
            seen.append(opened.revision("biblioteche"))
        assert len(set(seen)) == len(seen)
        opened.add_consultation(consultation())  # as it is already
        opened.contributions("biblioteche")
        assert opened.revision("biblioteche") == seen[-1]
        assert opened.revision("altra") == other

    def test_what_was_said_changes_with_contributions_plan_and_rules_and_only_then(
        self, opened: Store
    ) -> None:
        opened.add_consultation(consultation("altra"))
        other = opened.said("altra")
        seen = [opened.said("biblioteche")]
        changed = replace(consultation(stage="paused"), plan=read_plan(LIBRARIES.source + "\n"))
        changes: list[Callable[[], None]] = [
            lambda: opened.add(said()),
            lambda: opened.add(said(version=2)),
            lambda: opened.declare("biblioteche", under(consultation(), seed=8).declarations[0], 0),
            lambda: opened.erase("c1", NOON),
            lambda: opened.add_consultation(changed),
            lambda: opened.remove_consultation("biblioteche"),
            lambda: opened.add_consultation(consultation()),
        ]
        for change in changes:
            change()
            seen.append(opened.said("biblioteche"))
        assert len(set(seen)) == len(seen)
        opened.decide("biblioteche", DISCARDED, 0)
        opened.add_workshop(Workshop("RIVA", "biblioteche", ""))
        opened.add_consultation(consultation(stage="closed"))
        assert opened.said("biblioteche") == seen[-1]
        assert opened.said("altra") == other

    def test_a_note_is_replaced_by_the_next_of_its_name(self, store: Store) -> None:
        store.keep_note("opening", "begun")
        store.keep_note("other", "x")
        store.keep_note("opening", "done")
        assert (store.note("opening"), store.note("other"), store.note("third")) == ("done", "x", "")

    # A room full of people

    def test_eight_threads_lose_nothing_and_double_sendings_are_one(self, opened: Store) -> None:
        def sends(person: int) -> None:
            for n in range(self.sendings):
                contribution = said(f"p{person}-{n:02}")
                opened.add(contribution)
                opened.add(contribution)
                assert opened.contribution(contribution.id) == contribution

        with ThreadPoolExecutor(8) as room:
            list(room.map(sends, range(8)))
        assert [c.id for c in opened.contributions("biblioteche")] == [
            f"p{person}-{n:02}" for person in range(8) for n in range(self.sendings)
        ]

    def test_of_two_devices_that_send_the_same_version_one_is_refused(self, opened: Store) -> None:
        def sends(text: str) -> bool:
            try:
                opened.add(said(text=text))
            except VersionTaken:
                return False
            return True

        with ThreadPoolExecutor(8) as room:
            kept = list(room.map(sends, [f"Da {n}" for n in range(8)]))
        assert kept.count(True) == 1
        assert opened.contribution("c1") == said(text=f"Da {kept.index(True)}")

    def test_of_two_who_declare_at_once_one_is_told(self, opened: Store) -> None:
        def declares(seed: int) -> bool:
            try:
                opened.declare("biblioteche", under(consultation(), seed=seed).declarations[0], 0)
            except RulesTaken:
                return False
            return True

        with ThreadPoolExecutor(8) as room:
            kept = list(room.map(declares, range(100, 108)))
        assert kept.count(True) == 1
        assert [d.rules.seed for d in opened.consultation("biblioteche").declarations] == [
            100 + kept.index(True)
        ]
