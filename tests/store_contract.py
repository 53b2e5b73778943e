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

from consultation.ballot import BALLOT_KINDS, Ballot, Vote
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
from consultation.edition import asking
from consultation.errors import (
    BrokenWorkshop,
    ConsultationTaken,
    DecisionsTaken,
    ErasedContribution,
    ModerationTaken,
    NotOpen,
    Problem,
    RulesTaken,
    StepsTaken,
    UnknownConsultation,
    UnknownInvitation,
    UnknownReturnCode,
    VersionTaken,
    WorkshopTaken,
)
from consultation.moderation import Moderation
from consultation.occasion import Consultation, PlanVersion
from consultation.plan import load_plan, read_plan
from consultation.steps import (
    SECTIONS,
    VIEWS,
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
from consultation.stores import Store
from consultation.workshop import Invitation, Round, Table, Workshop

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


def ask(store: Store, word: str, *ballots: str) -> None:
    """Opens these votes in a workshop, as far as they are not open."""
    act(store, word, *(OpenBallot(Ballot(ballot, "dots", "Da dove?", ITEMS, 9, 9)) for ballot in ballots))


def act(store: Store, word: str, *actions: Action) -> None:
    """What is done in a workshop, after all that was."""
    for action in actions:
        store.act(word, Step(action, NOON), len(store.steps(word)))


def one_of_eight(change: Callable[[int], None], told: type[Problem]) -> int:
    """Which of eight people who change something at once did so; each of the others is `told`."""

    def tries(person: int) -> bool:
        try:
            change(person)
        except told:
            return False
        return True

    with ThreadPoolExecutor(8) as room:
        kept = list(room.map(tries, range(8)))
    assert kept.count(True) == 1
    return kept.index(True)


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
_text = st.text(max_size=20)
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


_bodies = st.text(max_size=30)
_ballots = st.builds(
    Ballot,
    st.sampled_from(["b1", "b2"]),
    st.sampled_from(BALLOT_KINDS),
    _bodies,
    st.lists(_bodies, max_size=3).map(tuple),
    st.integers(0, 9),
    st.integers(0, 9),
)
_numbers = st.integers(1, 99)
_actions = st.one_of(
    st.builds(OpenRound, _numbers, st.integers(0, 9_999)),
    st.builds(PauseRound, _numbers),
    st.builds(CloseRound, _numbers),
    st.builds(AddTime, _numbers, st.integers(-60, 600)),
    st.builds(Project, st.sampled_from(VIEWS), st.sampled_from(["", "b1"])),
    st.builds(OpenBallot, _ballots),
    st.builds(CloseBallot, st.just("b1")),
    st.builds(RevealBallot, st.just("b1")),
    st.builds(Note, st.sampled_from(SECTIONS), _bodies, _bodies),
    st.builds(
        Attend, st.lists(st.tuples(st.sampled_from(["scuole", "abitanti"]), _numbers), max_size=2).map(tuple)
    ),
    st.builds(UndoStep, _numbers),
)
_steps = st.builds(Step, _actions, st.integers(0, 99).map(lambda n: NOON + timedelta(minutes=n)), _text)


def decided(*payloads: Any, by: str = "Anna") -> list[Decision]:
    return [Decision(payload, NOON, by) for payload in payloads]


ITEMS = ("lettori-1", "lettori-2")
CODE = "7KQM-XW4D-9PAB-CDEF-GHJK"
DISCARDED = Decision(Discard("t1"), NOON)
FEWER = asking(LIBRARIES, ["luoghi"], list(LIBRARIES.guides))
REWORDED = read_plan(LIBRARIES.source.replace("Lettori", "Chi legge"))
NOTED = Step(Note("harvest", "Chiudere più tardi costa poco."), NOON, "Anna")
VOTE = Vote("RIVA", "b1", "c1", "abitanti", "Circolo Arcimboldi", NOON, (("lettori-1", 3), ("Più «luce»", 2)))
TABLES = (Table("TAV-UNO", "Tavolo 1"), Table("TAVDUE", "Vicino all'«acqua»"))
EVENING = Workshop(
    "RIVA",
    "biblioteche",
    "Una sera a Riva",
    (Round("lettori", ("desideri", "aiuti"), 15, False), Round("luoghi", minutes=0), Round("lettori")),
    TABLES,
    (("scuole", 0), ("abitanti", 40)),
)
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
        opened.add_workshop(EVENING)
        opened.add_workshop(Workshop("PONTE", "altra", "Al ponte"))
        for name, word, voice in (("biblioteche", "RIVA", "c1"), ("altra", "PONTE", "c3")):
            opened.declare(name, under(consultation(name), seed=8).declarations[0], 0)
            opened.decide(name, DISCARDED, 0)
            ask(opened, word, "b1")
            opened.vote(replace(VOTE, workshop=word, voter="c4"))
            opened.moderate(name, replace(HIDDEN, answer=f"{voice}/lettori/desideri"), 0)
        opened.remove_consultation("biblioteche")
        opened.remove_consultation("never-there")
        assert [c.id for c in opened.consultations()] == ["altra"]
        assert list(opened.contributions("biblioteche")) == []
        assert opened.contribution("c1") is None
        assert opened.erased("biblioteche") == 0
        assert opened.invited("RIVA") is opened.invited("TAVDUE") is None
        for nothing in (opened.wordings("biblioteche"), opened.came("RIVA"), opened.steps("RIVA")):
            assert list(nothing) == []
        with pytest.raises(UnknownReturnCode):
            opened.returning(code)
        assert [c.id for c in opened.contributions("altra")] == ["c3"]
        assert opened.consultation("altra").rules.seed == 8
        assert list(opened.decisions("altra")) == [DISCARDED]
        assert len(opened.steps("PONTE")) == 1
        assert len(opened.votes("PONTE")) == len(opened.moderations("altra")) == 1
        opened.add_consultation(consultation())
        opened.add_workshop(EVENING)
        assert opened.consultation("biblioteche").declarations == ()
        assert list(opened.decisions("biblioteche")) == []
        for neither in (opened.moderations("biblioteche"), opened.steps("RIVA"), opened.votes("RIVA")):
            assert list(neither) == []
        assert list(opened.wordings("biblioteche")) == [PlanVersion(1, LIBRARIES)]

    # Changes of a consultation

    def test_a_consultation_is_changed_in_its_stage_dates_trial_and_words(self, opened: Store) -> None:
        opened.add_consultation(consultation("altra", "draft"))
        seen = opened.consultation("altra")
        for changed in (
            replace(seen, pilot=True),
            replace(seen, opens=NOON, closes=NOON + timedelta(days=9)),
            replace(seen, stage="open", closes=NOON + timedelta(days=9)),
            replace(seen, stage="paused"),
            replace(seen, stage="closed", plan=REWORDED),
        ):
            opened.change(seen, changed, NOON)
            seen = opened.consultation("altra")
            opened_by_now = int(changed.stage != "draft")
            assert seen == replace(
                changed, wording=2 if changed.plan == REWORDED else 1, erased_trials=opened_by_now
            )
            assert seen in list(opened.consultations())
        assert opened.consultation("biblioteche") == consultation()

    def test_dates_are_the_same_moments_wherever_they_were_set(self, opened: Store) -> None:
        in_milan = datetime(2026, 7, 1, 9, 30, tzinfo=timezone(timedelta(hours=2)))
        opened.change(consultation(), replace(consultation(), opens=in_milan), NOON)
        kept = opened.consultation("biblioteche")
        assert kept.opens == in_milan
        assert kept.opens is not None
        assert kept.opens.utcoffset() == timedelta(0)
        opened.change(replace(kept, opens=in_milan), replace(kept, stage="paused"), NOON)
        assert opened.consultation("biblioteche").stage == "paused"
        with pytest.raises(ValueError, match="time zone"):
            opened.change(replace(kept, stage="paused"), replace(kept, opens=datetime(2026, 7, 1)), NOON)

    @pytest.mark.parametrize(
        "theirs",
        [
            {"stage": "paused"},
            {"opens": NOON},
            {"closes": NOON},
            {"pilot": True},
            {"plan": REWORDED},
            {"plan": read_plan(LIBRARIES.source + "\n")},
        ],
        ids=str,
    )
    def test_whoever_has_not_seen_the_consultation_that_is_kept_cannot_change_it(
        self, opened: Store, theirs: dict[str, Any]
    ) -> None:
        seen = opened.consultation("biblioteche")
        opened.change(seen, replace(seen, **theirs), NOON)
        kept = opened.consultation("biblioteche")
        with pytest.raises(ConsultationTaken, match="Somebody else has changed the consultation meanwhile"):
            opened.change(seen, replace(seen, stage="closed"), NOON)
        assert opened.consultation("biblioteche") == kept
        opened.change(kept, replace(kept, stage="closed"), NOON)
        assert opened.consultation("biblioteche") == replace(kept, stage="closed")

    def test_words_that_were_changed_and_changed_back_are_not_the_ones_that_were_seen(
        self, opened: Store
    ) -> None:
        seen = opened.consultation("biblioteche")
        for plan in (REWORDED, LIBRARIES):
            kept = opened.consultation("biblioteche")
            opened.change(kept, replace(kept, plan=plan), NOON)
        with pytest.raises(ConsultationTaken):
            opened.change(seen, replace(seen, stage="closed"), NOON)

    def test_changing_to_the_same_twice_is_one(self, opened: Store) -> None:
        seen = opened.consultation("biblioteche")
        changed = replace(seen, stage="paused", plan=REWORDED)
        opened.change(seen, changed, NOON)
        before = opened.revision("biblioteche")
        opened.change(seen, changed, NOON + timedelta(minutes=1))
        assert opened.revision("biblioteche") == before
        assert [version.at for version in opened.wordings("biblioteche")] == [None, NOON]

    def test_of_two_who_change_at_once_one_is_told(self, opened: Store) -> None:
        seen = opened.consultation("biblioteche")

        def closes_on(day: int) -> None:
            opened.change(seen, replace(seen, closes=NOON + timedelta(days=day)), NOON)

        day = one_of_eight(closes_on, ConsultationTaken)
        assert opened.consultation("biblioteche").closes == NOON + timedelta(days=day)

    def test_rules_declared_meanwhile_stay_and_are_no_hindrance(self, opened: Store) -> None:
        seen = opened.consultation("biblioteche")
        declared = under(seen, seed=8)
        opened.declare("biblioteche", declared.declarations[0], 0)
        opened.change(seen, replace(seen, stage="paused"), NOON)
        assert opened.consultation("biblioteche") == replace(declared, stage="paused")
        with pytest.raises(ValueError, match=r"through declare\(\)"):
            opened.change(seen, replace(declared, stage="closed"), NOON)

    def test_a_change_is_one_of_the_same_consultation_and_never_back_to_its_draft(
        self, opened: Store
    ) -> None:
        seen = opened.consultation("biblioteche")
        for changed in (replace(seen, id="altra"), replace(seen, invented=True)):
            with pytest.raises(ValueError, match="keeps its id"):
                opened.change(seen, changed, NOON)
        with pytest.raises(ValueError, match="no draft any more"):
            opened.change(seen, replace(seen, stage="draft"), NOON)
        with pytest.raises(UnknownConsultation, match="choose one of biblioteche"):
            opened.change(replace(seen, id="mai"), replace(seen, id="mai", stage="closed"), NOON)
        assert list(opened.consultations()) == [seen]

    def test_every_wording_is_kept_with_its_time_and_its_hand(self, opened: Store) -> None:
        opened.add_consultation(consultation("altra"))
        plans = [read_plan(LIBRARIES.source + f"# {n}\n") for n in range(2, 12)]
        for n, plan in enumerate([*plans, LIBRARIES], 2):
            kept = opened.consultation("biblioteche")
            opened.change(kept, replace(kept, plan=plan, wording=99), NOON + timedelta(days=n), f"mano {n}")
            assert opened.consultation("biblioteche") == replace(kept, plan=plan, wording=n)
        assert list(opened.wordings("biblioteche")) == [
            PlanVersion(1, LIBRARIES, None, ""),
            *(
                PlanVersion(n, plan, NOON + timedelta(days=n), f"mano {n}")
                for n, plan in enumerate([*plans, LIBRARIES], 2)
            ),
        ]
        assert list(opened.wordings("altra")) == [PlanVersion(1, LIBRARIES)]
        assert list(opened.wordings("nessuna")) == []

    def test_another_plan_put_in_its_place_is_a_wording_too(self, opened: Store) -> None:
        opened.add_consultation(replace(consultation(), plan=REWORDED))
        opened.add_consultation(replace(consultation(stage="closed"), plan=REWORDED))
        assert opened.consultation("biblioteche") == replace(
            consultation(stage="closed"), plan=REWORDED, wording=2
        )
        assert [version.plan for version in opened.wordings("biblioteche")] == [LIBRARIES, REWORDED]

    # Trials

    @pytest.fixture
    def trial(self, store: Store) -> Store:
        """A store in which much happened in a draft, and as much in another consultation."""
        for name, stage, word in (("biblioteche", "draft", "RIVA"), ("altra", "open", "PONTE")):
            store.add_consultation(replace(consultation(name, stage), pilot=True))
            tables = EVENING.tables if word == "RIVA" else ()
            store.add_workshop(replace(EVENING, word=word, consultation=name, tables=tables))
            voices = [f"{name}-{n}" for n in range(3)]
            store.add(
                *(replace(said(voice, where=name), workshop=word) for voice in voices),
                said(voices[0], 2, "Di più.", name),
            )
            store.add(said(voices[0], 2, "Di più.", name), return_code=CODE if name != "altra" else "ALTRO")
            ask(store, word, "b1")
            store.vote(replace(VOTE, workshop=word, voter=voices[0]))
            answer = f"{voices[0]}/lettori/desideri"
            store.moderate(name, replace(HIDDEN, answer=answer), 0)
            store.decide(name, Decision(JudgeNone(answer, "0" * 16), NOON), 0)
            store.decide(name, Decision(Seeds("lettori-1", ("sera",)), NOON), 1)
            store.erase(voices[2], NOON)
        return store

    @pytest.mark.parametrize("stage", ["open", "paused", "closed"])
    def test_leaving_the_draft_erases_the_trial_and_nothing_else(self, trial: Store, stage: Any) -> None:
        seen = trial.consultation("biblioteche")
        trial.change(seen, replace(seen, stage=stage), NOON)
        assert list(trial.contributions("biblioteche")) == list(trial.came("RIVA")) == []
        assert list(trial.versions("biblioteche-0")) == []
        assert trial.erased("biblioteche") == 0
        with pytest.raises(UnknownReturnCode):
            trial.returning(CODE)
        for nothing in (trial.steps("RIVA"), trial.votes("RIVA"), trial.moderations("biblioteche")):
            assert list(nothing) == []
        assert [decision.payload for decision in trial.decisions("biblioteche")] == [
            JudgeNone("", ""),
            Seeds("lettori-1", ("sera",)),
        ]
        assert trial.workshop("RIVA") == EVENING
        assert [version.number for version in trial.wordings("biblioteche")] == [1]
        assert [c.id for c in trial.contributions("altra")] == ["altra-0", "altra-1"]
        assert trial.returning("ALTRO").id == "altra-0"
        assert (trial.erased("altra"), len(trial.decisions("altra"))) == (1, 2)
        assert len(trial.steps("PONTE")) == len(trial.votes("PONTE")) == len(trial.moderations("altra")) == 1

    def test_after_the_opening_everything_begins_anew(self, trial: Store) -> None:
        seen = trial.consultation("biblioteche")
        opening = replace(seen, stage="open")
        trial.change(seen, opening, NOON)
        trial.add(said("nuova"), erased_trials=1)
        ask(trial, "RIVA", "b1")
        trial.vote(replace(VOTE, voter="nuova"), 1)
        trial.moderate("biblioteche", replace(HIDDEN, answer="nuova/lettori/desideri"), 0)
        trial.change(seen, opening, NOON)  # tapped twice
        for stage in ("paused", "open", "closed"):
            kept = trial.consultation("biblioteche")
            trial.change(kept, replace(kept, stage=stage), NOON)
        assert [c.id for c in trial.contributions("biblioteche")] == ["nuova"]
        assert len(trial.steps("RIVA")) == len(trial.votes("RIVA")) == 1
        assert len(trial.moderations("biblioteche")) == 1
        assert trial.consultation("biblioteche") == replace(seen, stage="closed", erased_trials=1)

    @pytest.mark.parametrize("change", [{"stage": "open"}, {"plan": FEWER}], ids=["opened", "asks less"])
    def test_what_was_under_way_in_a_trial_is_not_kept_once_it_is_erased(
        self, trial: Store, change: dict[str, Any]
    ) -> None:
        seen = trial.consultation("biblioteche")
        trial.change(seen, replace(seen, **change), NOON)
        ask(trial, "RIVA", "b1")  # numbered from one again, about the same things
        before = trial.revision("biblioteche"), trial.pulse("RIVA")
        old, new = (
            said("biblioteche-0", 3, "Ciò che dissi per prova."),
            replace(said("nuova"), workshop="RIVA"),
        )
        for contribution in (old, replace(old, version=1), new):
            with pytest.raises(ErasedContribution, match="The trial is over: what you sent in it was erased"):
                trial.add(contribution, return_code=new_return_code(), erased_trials=seen.erased_trials)
        for voter in ("biblioteche-0", "nuova"):
            with pytest.raises(ErasedContribution, match="The trial is over"):
                trial.vote(replace(VOTE, voter=voter), seen.erased_trials)
        for after in (0, 1):
            with pytest.raises(ErasedContribution, match="This answer was erased meanwhile"):
                trial.moderate("biblioteche", replace(HIDDEN, answer="biblioteche-0/lettori/desideri"), after)
        assert (trial.revision("biblioteche"), trial.pulse("RIVA")) == before
        for nothing in ("contributions", "moderations"):
            assert list(getattr(trial, nothing)("biblioteche")) == []
        assert list(trial.votes("RIVA")) == []
        now = trial.consultation("biblioteche").erased_trials
        trial.add(new, erased_trials=now)
        trial.vote(replace(VOTE, voter="nuova"), now)
        assert [c.id for c in trial.came("RIVA")] == [vote.voter for vote in trial.votes("RIVA")] == ["nuova"]

    def test_whoever_sends_while_the_trial_is_erased_is_kept_nowhere(self, trial: Store) -> None:
        seen = trial.consultation("biblioteche")

        def sends(person: int) -> bool:
            try:
                if person == 4:
                    trial.change(seen, replace(seen, stage="open"), NOON)
                else:
                    trial.add(said(f"p{person}"), erased_trials=0)
            except ErasedContribution:
                return False
            return True

        with ThreadPoolExecutor(8) as room:
            assert list(room.map(sends, range(8)))[4]
        assert list(trial.contributions("biblioteche")) == []

    def test_a_trial_lasts_while_its_draft_is_changed_and_when_an_opening_is_refused(
        self, trial: Store
    ) -> None:
        first = seen = trial.consultation("biblioteche")
        for changed in ({"pilot": False}, {"plan": REWORDED}, {"opens": NOON}):
            trial.change(seen, replace(seen, **changed), NOON)
            seen = trial.consultation("biblioteche")
        with pytest.raises(ConsultationTaken):
            trial.change(first, replace(first, stage="open"), NOON)
        assert [c.version for c in trial.contributions("biblioteche")] == [2, 1]
        assert trial.returning(CODE).id == "biblioteche-0"
        assert len(trial.steps("RIVA")) == len(trial.votes("RIVA")) == 1

    def test_a_draft_that_asks_less_forgets_its_trial_and_the_rounds_about_the_rest(
        self, trial: Store
    ) -> None:
        seen = trial.consultation("biblioteche")
        other = trial.workshop("PONTE")
        before = trial.pulse("RIVA")
        fewer = replace(seen, plan=FEWER)
        trial.change(seen, fewer, NOON)
        assert trial.consultation("biblioteche") == replace(fewer, wording=2, erased_trials=1)
        assert list(trial.contributions("biblioteche")) == []
        for nothing in (trial.steps("RIVA"), trial.votes("RIVA")):
            assert list(nothing) == []
        assert trial.workshop("RIVA") == replace(EVENING, rounds=EVENING.rounds[1:2])
        assert trial.pulse("RIVA") != before
        assert trial.workshop("PONTE") == other
        assert [c.id for c in trial.contributions("altra")] == ["altra-0", "altra-1"]
        trial.add(said("biblioteche-9"))
        more = trial.consultation("biblioteche")
        trial.change(more, replace(more, plan=LIBRARIES), NOON)
        assert [c.id for c in trial.contributions("biblioteche")] == ["biblioteche-9"]

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

    def test_a_workshop_comes_back_whole(self, opened: Store) -> None:
        opened.add_workshop(EVENING)
        assert opened.workshop("riva") == EVENING
        assert list(opened.workshops("biblioteche")) == [EVENING]
        many = replace(EVENING, tables=tuple(Table(f"T{n}", f"Tavolo {n}") for n in range(1, 13)))
        opened.change_workshop(EVENING, many)
        assert opened.workshop("riva") == many

    @pytest.mark.parametrize("typed", ["TAV-UNO", "tavuno", " Tav uno "])
    def test_a_tables_word_leads_to_its_table_and_is_no_workshops(self, opened: Store, typed: str) -> None:
        opened.add_workshop(EVENING)
        assert opened.invited(typed) == Invitation(EVENING, "Tavolo 1")
        assert opened.invited("ri-va") == Invitation(EVENING)
        assert opened.workshop(typed) is None
        assert opened.invited("TAV") is opened.invited("") is opened.invited("?") is None

    def test_adding_the_same_workshop_twice_is_one(self, opened: Store) -> None:
        opened.add_workshop(EVENING)
        before = opened.revision("biblioteche"), opened.pulse("RIVA")
        opened.add_workshop(EVENING)
        assert (opened.revision("biblioteche"), opened.pulse("RIVA")) == before
        assert list(opened.workshops("biblioteche")) == [EVENING]

    @pytest.mark.parametrize(
        ("word", "tables"),
        [
            ("ri va", []),
            ("tav due", []),
            ("PONTE", ["riva"]),
            ("PONTE", ["Tav Due"]),
            ("PONTE", ["T1", "T2", "t-1"]),
            ("PONTE", ["Ponte"]),
            ("PONTE", ["?"]),
        ],
    )
    @pytest.mark.parametrize("where", ["biblioteche", "altra"])
    def test_every_word_leads_one_way(self, opened: Store, where: str, word: str, tables: list[str]) -> None:
        opened.add_consultation(consultation("altra"))
        opened.add_workshop(EVENING)
        seats = tuple(Table(word, f"Tavolo {n}") for n, word in enumerate(tables))
        refused = Workshop(word, where, "Al ponte", tables=seats)
        with pytest.raises(ValueError, match=r"leads elsewhere|no letter"):
            opened.add_workshop(refused)
        if word == "PONTE":
            bare = replace(refused, tables=())
            opened.add_workshop(bare)
            with pytest.raises(ValueError, match=r"leads elsewhere|no letter"):
                opened.change_workshop(bare, refused)
            assert opened.workshop("PONTE") == bare
        assert opened.workshop("RIVA") == EVENING
        assert opened.invited("TAVDUE") == Invitation(EVENING, TABLES[1].label)

    def test_tables_keep_trade_and_give_up_their_words(self, opened: Store) -> None:
        opened.add_workshop(EVENING)
        first, second = TABLES
        traded = (
            replace(second, word=first.word),
            Table("NUOVO", "Sul palco"),
            replace(first, word=second.word),
        )
        opened.change_workshop(EVENING, replace(EVENING, tables=traded))
        assert opened.invited("TAVUNO") == Invitation(replace(EVENING, tables=traded), second.label)
        opened.change_workshop(replace(EVENING, tables=traded), replace(EVENING, tables=traded[:1]))
        assert opened.invited("NUOVO") is None
        opened.add_workshop(Workshop("NUOVO", "biblioteche", "Un altro"))

    def test_whoever_has_not_seen_the_workshop_that_is_kept_cannot_change_it(self, opened: Store) -> None:
        opened.add_workshop(EVENING)
        for theirs in (
            replace(EVENING, title="Altro"),
            replace(EVENING, rounds=()),
            replace(EVENING, tables=TABLES[::-1]),
            replace(EVENING, invited=()),
        ):
            opened.change_workshop(EVENING, theirs)
            before = opened.revision("biblioteche"), opened.pulse("RIVA")
            opened.change_workshop(EVENING, theirs)  # twice the same is one
            assert (opened.revision("biblioteche"), opened.pulse("RIVA")) == before
            with pytest.raises(WorkshopTaken, match="Somebody else has changed the workshop meanwhile"):
                opened.change_workshop(EVENING, replace(EVENING, title="Mio"))
            assert opened.workshop("RIVA") == theirs
            opened.change_workshop(theirs, EVENING)

    def test_of_two_who_change_a_workshop_at_once_one_is_told(self, opened: Store) -> None:
        opened.add_workshop(EVENING)

        def renames(person: int) -> None:
            opened.change_workshop(EVENING, EVENING.renamed(f"Sera {person}"))

        assert opened.workshop("RIVA") == EVENING
        person = one_of_eight(renames, WorkshopTaken)
        assert opened.workshop("RIVA") == EVENING.renamed(f"Sera {person}")

    def test_a_changed_workshop_keeps_its_word_and_its_consultation(self, opened: Store) -> None:
        opened.add_consultation(consultation("altra"))
        opened.add_workshop(EVENING)
        for other in (replace(EVENING, word="riva"), replace(EVENING, consultation="altra")):
            with pytest.raises(ValueError, match="keeps its word"):
                opened.change_workshop(EVENING, other)
        never = Workshop("MAI", "biblioteche", "Mai")
        with pytest.raises(UnknownInvitation):
            opened.change_workshop(never, never.renamed("Mai più"))

    def test_a_round_that_began_stays_in_its_place_whenever_its_workshop_was_looked_at(
        self, opened: Store
    ) -> None:
        opened.add_workshop(EVENING)
        act(opened, "RIVA", OpenRound(2, 0))  # after the steps were read on the page that changes the rounds
        for rounds in (EVENING.rounds[::-1][:1], EVENING.rounds[1:], ()):
            before = opened.revision("biblioteche"), opened.pulse("RIVA")
            with pytest.raises(BrokenWorkshop, match="Round 2 has begun"):
                opened.change_workshop(EVENING, replace(EVENING, title="Altro", rounds=rounds))
            assert opened.workshop("RIVA") == EVENING
            assert (opened.revision("biblioteche"), opened.pulse("RIVA")) == before
        fitting = replace(EVENING, rounds=(Round("luoghi"), *EVENING.rounds[1:], Round("lettori")))
        opened.change_workshop(EVENING, fitting)
        act(opened, "RIVA", UndoStep(1))
        opened.change_workshop(fitting, replace(fitting, rounds=()))

    # What is done in a workshop

    @settings(
        max_examples=15,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.differing_executors],
    )
    @given(log=st.lists(_steps, min_size=1, max_size=25))
    def test_what_was_done_comes_back_whole_and_in_its_order(self, store: Store, log: list[Step]) -> None:
        name = str(uuid4())
        store.add_consultation(consultation(name))
        store.add_workshop(Workshop(name, name, "Una sera"))
        kept: list[Step] = []
        for step in log:
            store.act(name.lower(), step, len(kept))
            kept.append(step)
        assert list(store.steps(name)) == kept

    @pytest.fixture
    def evening(self, opened: Store) -> Store:
        """A store with one workshop, and another one beside it."""
        opened.add_workshop(EVENING)
        opened.add_workshop(Workshop("COLLE", "biblioteche", "Sul colle"))
        return opened

    @pytest.fixture
    def voting(self, evening: Store) -> Store:
        """Both workshops while people vote in them."""
        ask(evening, "RIVA", "b1", "b2", "b10")
        ask(evening, "COLLE", "b1")
        return evening

    @pytest.fixture
    def answered(self, opened: Store) -> Store:
        """A store with answers that somebody may read."""
        opened.add(*(said(f"c{n}") for n in range(1, 13)))
        return opened

    def test_steps_are_those_of_their_workshop(self, evening: Store) -> None:
        evening.act("RIVA", NOTED, 0)
        assert list(evening.steps("ri-va")) == [NOTED]
        for word in ("COLLE", "MAI", "TAVDUE"):
            assert list(evening.steps(word)) == []
        with pytest.raises(UnknownInvitation, match="No workshop has this invitation"):
            evening.act("MAI", NOTED, 0)

    def test_whoever_has_not_seen_what_was_done_can_do_nothing(self, evening: Store) -> None:
        mine = replace(NOTED, by="Bruno")
        evening.act("RIVA", NOTED, 0)
        for after in (0, 2):
            with pytest.raises(StepsTaken, match="Somebody else has done something in this workshop"):
                evening.act("RIVA", mine, after)
        assert list(evening.steps("RIVA")) == [NOTED]
        evening.act("RIVA", mine, 1)
        assert list(evening.steps("RIVA")) == [NOTED, mine]

    def test_doing_the_same_twice_is_one_even_a_minute_later(self, evening: Store) -> None:
        step = Step(AddTime(1, 60), NOON)
        evening.act("RIVA", step, 0)
        before = evening.pulse("RIVA")
        evening.act("RIVA", replace(step, at=NOON + timedelta(minutes=1)), 0)
        assert list(evening.steps("RIVA")) == [step]
        assert evening.pulse("RIVA") == before
        evening.act("RIVA", step, 1)  # another minute
        assert len(evening.steps("RIVA")) == 2

    def test_of_two_who_act_at_once_one_is_told(self, evening: Store) -> None:
        person = one_of_eight(lambda n: evening.act("RIVA", replace(NOTED, by=str(n)), 0), StepsTaken)
        assert [step.by for step in evening.steps("RIVA")] == [str(person)]

    def test_the_moment_of_a_step_and_a_vote_is_the_same_wherever_it_was(self, evening: Store) -> None:
        in_milan = datetime(2026, 7, 1, 9, 30, 5, 123456, tzinfo=timezone(timedelta(hours=2)))
        evening.add(said("c1"))
        evening.act("RIVA", replace(NOTED, at=in_milan), 0)
        ask(evening, "RIVA", "b1")
        evening.vote(replace(VOTE, at=in_milan))
        evening.moderate("biblioteche", replace(HIDDEN, at=in_milan), 0)
        (step, _), (vote,) = evening.steps("RIVA"), evening.votes("RIVA")
        (moderation,) = evening.moderations("biblioteche")
        for kept in (step, vote, moderation):
            assert kept.at == in_milan
            assert kept.at.utcoffset() == timedelta(0)
        writes: list[Callable[[], None]] = [
            lambda: evening.act("RIVA", replace(NOTED, at=datetime(2026, 7, 1)), 2),
            lambda: evening.vote(replace(VOTE, at=datetime(2026, 7, 1))),
            lambda: evening.moderate("biblioteche", replace(HIDDEN, at=datetime(2026, 7, 1)), 1),
        ]
        for write in writes:
            with pytest.raises(ValueError, match="time zone"):
                write()

    # Votes

    def test_a_vote_comes_back_whole(self, voting: Store) -> None:
        again = (Rating("lettori-1", "urgency", 5), Rating("lettori-2", "importance", None, 3, True))
        cast = [
            VOTE,
            replace(VOTE, voter="c2", points=(), unit="Più «luce»\n<b>"),
            replace(VOTE, ballot="b2", points=(), ratings=again),
        ]
        for vote in cast:
            voting.vote(vote)
        assert list(voting.votes("ri va")) == cast

    def test_the_latest_vote_of_a_voter_counts_in_each_ballot(self, voting: Store) -> None:
        later = replace(VOTE, points=(("lettori-2", 5),), group="scuole", at=NOON + timedelta(minutes=1))
        voting.vote(VOTE)
        voting.vote(replace(VOTE, ballot="b2"))
        voting.vote(replace(VOTE, voter="c2"))
        voting.vote(replace(VOTE, workshop="COLLE"))
        voting.vote(later)
        assert list(voting.votes("RIVA")) == [later, replace(VOTE, voter="c2"), replace(VOTE, ballot="b2")]
        assert list(voting.votes("COLLE")) == [replace(VOTE, workshop="COLLE")]

    def test_voting_the_same_twice_is_one_even_a_minute_later(self, voting: Store) -> None:
        voting.vote(VOTE)
        before = voting.pulse("RIVA")
        voting.vote(replace(VOTE, at=NOON + timedelta(minutes=1)))
        assert list(voting.votes("RIVA")) == [VOTE]
        assert voting.pulse("RIVA") == before

    def test_votes_come_by_ballot_as_these_were_made_then_by_voter(self, voting: Store) -> None:
        for ballot in ("b10", "b2", "b1"):
            for voter in ("z", "a"):
                voting.vote(replace(VOTE, ballot=ballot, voter=voter))
        assert [(vote.ballot, vote.voter) for vote in voting.votes("RIVA")] == [
            (ballot, voter) for ballot in ("b1", "b2", "b10") for voter in ("a", "z")
        ]

    def test_a_vote_is_given_in_a_workshop_that_there_is(self, voting: Store) -> None:
        for word in ("MAI", "TAVDUE", ""):
            with pytest.raises(UnknownInvitation):
                voting.vote(replace(VOTE, workshop=word))
            assert list(voting.votes(word)) == []
        voting.vote(replace(VOTE, workshop="ri-va"))
        assert list(voting.votes("RIVA")) == [VOTE]

    def test_a_room_that_votes_at_once_loses_no_vote(self, voting: Store) -> None:
        first = [replace(VOTE, voter=f"p{person}") for person in range(8)]
        second = [replace(vote, points=(("lettori-1", 1),)) for vote in first]
        with ThreadPoolExecutor(8) as room:
            list(room.map(voting.vote, first))
            list(room.map(voting.vote, second))
        assert list(voting.votes("RIVA")) == second

    @pytest.mark.parametrize(
        "closed",
        [(CloseBallot("b1"),), (CloseBallot("b1"), RevealBallot("b1")), (UndoStep(1),)],
        ids=["closed", "revealed", "undone"],
    )
    def test_a_vote_that_waited_until_its_ballot_was_closed_is_not_kept(
        self, voting: Store, closed: tuple[Action, ...]
    ) -> None:
        voting.vote(VOTE)
        act(voting, "RIVA", *closed)
        before = voting.pulse("RIVA")
        voting.vote(VOTE)  # a second tap
        for late in (replace(VOTE, voter="c2"), replace(VOTE, points=()), replace(VOTE, ballot="b3")):
            with pytest.raises(NotOpen, match="This vote"):
                voting.vote(late)
        assert list(voting.votes("RIVA")) == [VOTE]
        assert voting.pulse("RIVA") == before
        voting.vote(replace(VOTE, ballot="b2"))  # that one is open
        voting.vote(replace(VOTE, workshop="COLLE"))

    def test_nobody_votes_in_a_draft_on_no_trial_and_a_closed_consultation_may_still_decide(
        self, voting: Store
    ) -> None:
        seen = voting.consultation("biblioteche")
        voting.change(seen, replace(seen, stage="closed"), NOON)
        voting.vote(VOTE)
        voting.add_consultation(consultation(stage="draft"))
        with pytest.raises(NotOpen, match="is in preparation"):
            voting.vote(replace(VOTE, voter="c2"))
        assert list(voting.votes("RIVA")) == [VOTE]

    # Who came

    def test_who_came_are_the_latest_versions_sent_in_the_workshop(self, evening: Store) -> None:
        evening.add_consultation(consultation("altra"))
        here = [replace(said(f"c{n}"), workshop="RIVA", table="Tavolo 1") for n in range(3)]
        evening.add(*here, replace(said("z"), workshop="COLLE"), said("y"))
        evening.add(replace(said("x", where="altra"), workshop="RIVA"))  # the word of no workshop there
        assert list(evening.came("ri-va")) == here
        later = replace(here[1], version=2, table="")
        evening.add(later, replace(here[2], version=2, workshop="COLLE"))
        assert list(evening.came("RIVA")) == [here[0], later]
        assert [c.id for c in evening.came("COLLE")] == ["c2", "z"]
        assert list(evening.came("MAI")) == list(evening.came("TAVDUE")) == []

    # Moderation

    def test_moderations_come_back_whole_and_in_their_order(self, answered: Store) -> None:
        answered.add_consultation(consultation("altra"))
        shown = Moderation("c2/luoghi/aiuti", "f" * 16, NOON, by="Bruno")
        others = [replace(shown, answer=f"c{n}//") for n in range(3, 13)]
        log = [HIDDEN, shown, *others, replace(HIDDEN, reason=None)]
        for moderation in log[:-1]:
            answered.moderate("biblioteche", moderation, 0)
        answered.moderate("biblioteche", log[-1], 1)
        answered.add(said("a1", where="altra"))
        there = replace(HIDDEN, answer="a1/lettori/desideri")
        answered.moderate("altra", there, 0)
        assert list(answered.moderations("biblioteche")) == log
        assert list(answered.moderations("altra")) == [there]
        assert list(answered.moderations("nessuna")) == []
        with pytest.raises(UnknownConsultation):
            answered.moderate("nessuna", HIDDEN, 0)

    def test_whoever_has_not_seen_how_an_answer_was_moderated_cannot_moderate_it(
        self, answered: Store
    ) -> None:
        mine = replace(HIDDEN, reason=None, remark="")
        answered.moderate("biblioteche", HIDDEN, 0)
        for after in (0, 2):
            with pytest.raises(ModerationTaken, match="Somebody else has read this answer meanwhile"):
                answered.moderate("biblioteche", mine, after)
        other = replace(mine, answer="c2/lettori/desideri")
        answered.moderate("biblioteche", other, 0)  # of another answer nobody was in the way
        answered.moderate("biblioteche", mine, 1)
        assert list(answered.moderations("biblioteche")) == [HIDDEN, other, mine]

    def test_moderating_the_same_twice_is_one_even_when_others_were_moderated_between(
        self, answered: Store
    ) -> None:
        answered.moderate("biblioteche", HIDDEN, 0)
        answered.moderate("biblioteche", replace(HIDDEN, answer="c2//"), 0)
        before = answered.revision("biblioteche")
        answered.moderate("biblioteche", replace(HIDDEN, at=NOON + timedelta(minutes=1)), 0)
        assert [m.answer for m in answered.moderations("biblioteche")] == [HIDDEN.answer, "c2//"]
        assert answered.revision("biblioteche") == before
        for other in (replace(HIDDEN, by=""), replace(HIDDEN, remark=""), replace(HIDDEN, digest="1" * 16)):
            with pytest.raises(ModerationTaken):
                answered.moderate("biblioteche", other, 0)

    def test_who_hides_what_another_showed_and_hid_meanwhile_is_told_all_the_same(
        self, answered: Store
    ) -> None:
        answered.moderate("biblioteche", replace(HIDDEN, reason=None), 0)
        answered.moderate("biblioteche", HIDDEN, 1)
        with pytest.raises(ModerationTaken):
            answered.moderate("biblioteche", HIDDEN, 0)
        answered.moderate("biblioteche", HIDDEN, 2)  # seen, and hidden once more
        assert len(answered.moderations("biblioteche")) == 3

    @pytest.mark.parametrize("answer", ["c99/lettori/desideri", "a1/lettori/desideri", "c1", ""])
    def test_what_nobody_is_kept_of_here_cannot_be_moderated(self, answered: Store, answer: str) -> None:
        answered.add_consultation(consultation("altra"))
        answered.add(said("a1", where="altra"))
        if answer == "c1":
            answered.erase("c1", NOON)
        with pytest.raises(ErasedContribution, match="This answer was erased meanwhile"):
            answered.moderate("biblioteche", replace(HIDDEN, answer=answer), 0)
        assert list(answered.moderations("biblioteche")) == []

    def test_of_two_who_moderate_an_answer_at_once_one_is_told(self, answered: Store) -> None:
        def hides(person: int) -> None:
            answered.moderate("biblioteche", replace(HIDDEN, by=str(person)), 0)

        person = one_of_eight(hides, ModerationTaken)
        assert [m.by for m in answered.moderations("biblioteche")] == [str(person)]

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

    def test_erasure_reaches_votes_and_moderations(self, voting: Store) -> None:
        voting.add(said("c1"), said("c10"))  # c1 is no part of c10
        of_other = replace(HIDDEN, answer="c10/lettori/desideri")
        for vote in (VOTE, replace(VOTE, workshop="COLLE"), replace(VOTE, voter="c10")):
            voting.vote(vote)
        voting.moderate("biblioteche", HIDDEN, 0)
        voting.moderate("biblioteche", of_other, 0)
        voting.moderate("biblioteche", replace(HIDDEN, reason=None), 1)
        voting.erase("c1", NOON)
        assert list(voting.votes("RIVA")) == [replace(VOTE, voter="c10")]
        assert list(voting.votes("COLLE")) == []
        left = Moderation("", "", NOON, "personal_data", "", "Anna")
        assert list(voting.moderations("biblioteche")) == [left, of_other, replace(left, reason=None)]

    def test_a_page_left_open_votes_and_moderates_nothing_of_what_was_erased(self, voting: Store) -> None:
        voting.add(said("c1"))
        voting.erase("c1", NOON)
        with pytest.raises(ErasedContribution, match="The contribution of this voter was erased"):
            voting.vote(VOTE)
        with pytest.raises(ErasedContribution, match="This answer was erased meanwhile"):
            voting.moderate("biblioteche", HIDDEN, 0)
        assert list(voting.votes("RIVA")) == []
        assert list(voting.moderations("biblioteche")) == []

    def test_who_only_voted_can_be_erased_too(self, voting: Store) -> None:
        voting.vote(replace(VOTE, voter="only-here"))
        before = voting.pulse("RIVA")
        voting.erase("only-here", NOON)
        assert list(voting.votes("RIVA")) == []
        assert voting.pulse("RIVA") != before
        assert voting.erased("biblioteche") == 0  # of contributions

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

    def test_each_mark_changes_with_what_it_marks_and_only_then(self, evening: Store) -> None:
        evening.add_consultation(consultation("altra"))
        evening.add_workshop(Workshop("PONTE", "altra", "Al ponte"))
        evening.add(said("c1"))
        evening.decide("biblioteche", DISCARDED, 0)
        ask(evening, "RIVA", "b1")
        here, all_here = "here", "here beside"
        changes: list[tuple[Callable[[], None], str]] = [
            (lambda: evening.act("RIVA", NOTED, 1), here),
            (lambda: evening.vote(VOTE), here),
            (lambda: evening.vote(replace(VOTE, points=())), here),
            (lambda: evening.add(replace(said("c2"), workshop="RIVA")), f"revision said {here}"),
            (lambda: evening.add(said("c2", 2)), f"revision said {here}"),
            (lambda: evening.add(said("c3")), "revision said"),
            (lambda: evening.change_workshop(EVENING, EVENING.renamed("Altra sera")), f"revision {here}"),
            (lambda: evening.moderate("biblioteche", HIDDEN, 0), f"revision said {all_here}"),
            (lambda: evening.change(kept(), replace(kept(), closes=NOON), NOON), f"revision {all_here}"),
            (lambda: evening.change(kept(), replace(kept(), stage="closed"), NOON), f"revision {all_here}"),
            (
                lambda: evening.change(kept(), replace(kept(), plan=REWORDED), NOON),
                f"revision said {all_here}",
            ),
            (
                lambda: evening.declare("biblioteche", under(kept(), seed=8).declarations[0], 0),
                f"revision said {all_here}",
            ),
            (lambda: evening.erase("c1", NOON), f"revision said {all_here}"),
            (lambda: evening.decide("biblioteche", Decision(Discard("t2"), NOON), 1), "revision"),
            (lambda: evening.remove_consultation("biblioteche"), f"revision said {all_here}"),
        ]

        def kept() -> Consultation:
            return evening.consultation("biblioteche")

        def marked() -> dict[str, str]:
            return {
                "revision": evening.revision("biblioteche"),
                "said": evening.said("biblioteche"),
                "here": evening.pulse("ri-va"),
                "beside": evening.pulse("COLLE"),
                "revision there": evening.revision("altra"),
                "said there": evening.said("altra"),
                "there": evening.pulse("PONTE"),
            }

        seen: dict[str, set[str]] = {name: {mark} for name, mark in marked().items()}
        for number, (change, expected) in enumerate(changes):
            before = marked()
            change()
            after = marked()
            changed = {name for name in after if after[name] != before[name]}
            assert changed == set(expected.split()), number
            assert not any(after[name] in seen[name] for name in changed), number
            for name, mark in after.items():
                seen[name].add(mark)

    def test_opening_changes_every_mark_of_what_was_tried(self, trial: Store) -> None:
        seen = trial.consultation("biblioteche")
        before = trial.revision("biblioteche"), trial.said("biblioteche"), trial.pulse("RIVA")
        trial.change(seen, replace(seen, stage="open"), NOON)
        after = trial.revision("biblioteche"), trial.said("biblioteche"), trial.pulse("RIVA")
        assert not set(zip(before, after, strict=True)) & {(mark, mark) for mark in before}

    def test_a_word_of_no_workshop_has_a_mark_that_stays(self, evening: Store) -> None:
        before = evening.pulse("MAI")
        evening.act("RIVA", NOTED, 0)
        assert evening.pulse("MAI") == before != evening.pulse("RIVA")

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
