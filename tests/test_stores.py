"""The SQL keeper: the contract of every keeper, then its file, its neighbours and its failures."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import event, update

from consultation.codes import new_return_code
from consultation.errors import BrokenStore, UnknownConsultation
from consultation.occasion import PlanVersion
from consultation.rules import Rules
from consultation.steps import Note, Step
from consultation.stores import Store, addresses, embedded, schema
from consultation.stores.addresses import open_store, store_address
from consultation.stores.sql import PATIENCE, SqlStore
from consultation.workshop import Invitation, Table, Workshop
from tests.store_contract import (
    DISCARDED,
    EVENING,
    HIDDEN,
    LIBRARIES,
    NOON,
    NOTED,
    REWORDED,
    VOTE,
    WORD_FOR_WORD,
    StoreContract,
    ask,
    consultation,
    said,
    under,
)

PROJECT = Path(__file__).parent.parent


class Reopening:
    """Opens the file anew for every call, as after a restart: nothing may live in memory only."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*values: Any, **named: Any) -> Any:
            store = SqlStore(self._path)
            try:
                return getattr(store, name)(*values, **named)
            finally:
                store.close()

        return call


class TestSqlStore(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        store = SqlStore(tmp_path / "alleanza.sqlite")
        yield store
        store.close()


class TestSqlStoreAfterRestarts(StoreContract):
    sendings = 5

    @pytest.fixture
    def store(self, tmp_path: Path) -> Store:
        return cast(Store, Reopening(tmp_path / "alleanza.sqlite"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "alleanza.sqlite"


@pytest.fixture(params=["TRUNCATE", "WAL"])
def journal(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(embedded, "journal_mode", lambda _version: request.param)
    return str(request.param)


# The file


def test_the_file_is_made_with_its_folder_for_its_owner_only(path: Path) -> None:
    SqlStore(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_only_the_seal_of_a_return_code_is_in_the_file(path: Path) -> None:
    code, store = new_return_code(), SqlStore(path)
    store.add_consultation(consultation())
    store.add(said(), return_code=code)
    store.close()
    kept = path.read_bytes()
    assert WORD_FOR_WORD.encode() in kept
    for spelling in (code, code.replace("-", ""), code.lower(), code[:9]):
        assert spelling.encode() not in kept


def test_each_store_seals_with_its_own_secret(tmp_path: Path) -> None:
    code, seals = new_return_code(), set()
    for name in ("one", "two"):
        store = SqlStore(tmp_path / name)
        store.add_consultation(consultation())
        store.add(said(), return_code=code)
        store.close()
        with sqlite3.connect(tmp_path / name) as file:
            seals |= set(file.execute("SELECT seal FROM return_codes").fetchall())
            ((key,),) = file.execute("SELECT key FROM secret_keys").fetchall()
        file.close()
        assert len(key) == 32
    assert len(seals) == 2


def opens(store: SqlStore) -> None:
    seen = store.consultation("biblioteche")
    store.change(seen, replace(seen, stage="open"), NOON)


@pytest.mark.parametrize(
    ("forget", "everything"),
    [
        (lambda s: s.erase("c1", NOON), False),
        (lambda s: s.remove_consultation("biblioteche"), True),
        (opens, True),
    ],
    ids=["erased", "removed", "opened"],
)
def test_forgotten_words_are_not_left_in_the_file(
    path: Path, journal: str, forget: Callable[[SqlStore], None], everything: bool
) -> None:
    store = SqlStore(path)
    store.add_consultation(replace(consultation(stage="draft"), pilot=True))
    store.add_workshop(EVENING)
    store.add(said(text=WORD_FOR_WORD * 50), said("c2", text="Altro."))
    store.add(said(version=2))
    ask(store, "RIVA", *(f"b{n}" for n in range(30)))
    for n in range(30):  # more than a page of each
        store.vote(replace(VOTE, ballot=f"b{n}", points=((WORD_FOR_WORD, n),), unit=WORD_FOR_WORD))
        store.moderate("biblioteche", replace(HIDDEN, remark=WORD_FOR_WORD), n)
        if everything:
            store.act("RIVA", Step(Note("harvest", WORD_FOR_WORD * (1 + n)), NOON), 30 + n)
    forget(store)
    # as they lie on the disk while the store is still in use
    left = on_the_disk(path)
    store.close()
    assert WORD_FOR_WORD.encode() not in left
    assert b"c1/lettori/desideri" not in left


@pytest.mark.parametrize("then", ["write", "close", "start again"])
def test_a_reader_puts_off_forgetting_and_keeps_nobody_waiting(
    path: Path, monkeypatch: pytest.MonkeyPatch, then: str
) -> None:
    monkeypatch.setattr(embedded, "journal_mode", lambda _version: "WAL")
    store = SqlStore(path)
    store.add_consultation(consultation())
    store.add(said(text=WORD_FOR_WORD * 50))
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM contributions").fetchall()

    begun = time.monotonic()
    store.erase("c1", NOON)
    store.add(said("c2", text="Altro."))
    assert time.monotonic() - begun < PATIENCE / 3
    assert store.contribution("c1") is None
    if then == "start again":
        store.close()  # with the reader still there
    assert WORD_FOR_WORD.encode() in on_the_disk(path)

    reader.execute("COMMIT")
    if then == "write":
        store.add(said("c3", text="Altro."))
    elif then == "close":
        store.close()
    else:
        store = SqlStore(path)
    assert WORD_FOR_WORD.encode() not in on_the_disk(path)
    reader.close()
    store.close()


def on_the_disk(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


def test_a_new_file_in_the_same_place_is_another_revision(path: Path) -> None:
    marks = set()
    for _ in range(2):
        store = SqlStore(path)
        store.add_consultation(consultation())
        marks.add(store.revision("biblioteche"))
        store.close()
        path.unlink()
    assert len(marks) == 2


def test_every_commit_reaches_the_disk_and_unknown_parents_are_refused(path: Path, journal: str) -> None:
    store = SqlStore(path)
    with store.database.writing() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    store.close()
    assert pragmas == {
        "journal_mode": journal.lower(),
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 15_000,
    }


@pytest.mark.parametrize(
    ("version", "mode"),
    [((3, 40, 1), "TRUNCATE"), ((3, 51, 2), "TRUNCATE"), ((3, 51, 3), "WAL"), ((4, 0), "WAL")],
)
def test_the_write_ahead_log_waits_for_a_sound_sqlite(version: tuple[int, ...], mode: str) -> None:
    assert embedded.journal_mode(version) == mode


# A file of an earlier Alleanza

SCHEMA_1 = """
CREATE TABLE about_store (
    identity TEXT NOT NULL, schema_number INTEGER NOT NULL, changes INTEGER NOT NULL, PRIMARY KEY (identity)
);
CREATE TABLE secret_keys (name TEXT NOT NULL, "key" BLOB NOT NULL, PRIMARY KEY (name));
CREATE TABLE notes (name TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (name));
CREATE TABLE consultations (
    id TEXT NOT NULL, "plan" TEXT NOT NULL, stage TEXT NOT NULL, invented BOOLEAN NOT NULL,
    changed INTEGER NOT NULL, answered INTEGER NOT NULL, PRIMARY KEY (id)
);
CREATE TABLE return_codes (seal TEXT NOT NULL, contribution TEXT NOT NULL, PRIMARY KEY (seal));
CREATE INDEX ix_return_codes_contribution ON return_codes (contribution);
CREATE TABLE workshops (
    spelling TEXT NOT NULL, word TEXT NOT NULL, consultation TEXT NOT NULL, title TEXT NOT NULL,
    PRIMARY KEY (spelling), FOREIGN KEY (consultation) REFERENCES consultations (id)
);
CREATE INDEX ix_workshops_consultation ON workshops (consultation);
CREATE TABLE contributions (
    id TEXT NOT NULL, version INTEGER NOT NULL, consultation TEXT NOT NULL, stakeholder_group TEXT NOT NULL,
    organisation TEXT NOT NULL, consent TEXT NOT NULL, channel TEXT NOT NULL, language TEXT NOT NULL,
    workshop TEXT NOT NULL, at TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (id, version), FOREIGN KEY (consultation) REFERENCES consultations (id)
);
CREATE INDEX contributions_of ON contributions (consultation, id, version);
CREATE TABLE erasures (
    contribution TEXT NOT NULL, consultation TEXT NOT NULL, versions INTEGER NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (contribution), FOREIGN KEY (consultation) REFERENCES consultations (id)
);
CREATE INDEX ix_erasures_consultation ON erasures (consultation);
"""
SCHEMA_2 = """
CREATE TABLE declarations (
    consultation TEXT NOT NULL, number INTEGER NOT NULL, rules TEXT NOT NULL, at TEXT NOT NULL,
    stage TEXT NOT NULL, reason TEXT NOT NULL, "by" TEXT NOT NULL, PRIMARY KEY (consultation, number),
    FOREIGN KEY (consultation) REFERENCES consultations (id)
);
"""
SCHEMA_3 = """
CREATE TABLE decisions (
    consultation TEXT NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, payload TEXT NOT NULL,
    at TEXT NOT NULL, "by" TEXT NOT NULL, PRIMARY KEY (consultation, number),
    FOREIGN KEY (consultation) REFERENCES consultations (id)
);
ALTER TABLE consultations ADD COLUMN said INTEGER DEFAULT '0' NOT NULL;
"""
SCHEMA_4 = """
CREATE TABLE wordings (
    consultation TEXT NOT NULL, number INTEGER NOT NULL, "plan" TEXT NOT NULL, at TEXT, "by" TEXT NOT NULL,
    PRIMARY KEY (consultation, number), FOREIGN KEY (consultation) REFERENCES consultations (id)
);
CREATE TABLE workshop_tables (
    spelling TEXT NOT NULL, workshop TEXT NOT NULL, number INTEGER NOT NULL, word TEXT NOT NULL,
    label TEXT NOT NULL, PRIMARY KEY (spelling), FOREIGN KEY (workshop) REFERENCES workshops (spelling)
);
CREATE INDEX ix_workshop_tables_workshop ON workshop_tables (workshop);
CREATE TABLE steps (
    workshop TEXT NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, payload TEXT NOT NULL,
    at TEXT NOT NULL, "by" TEXT NOT NULL, PRIMARY KEY (workshop, number),
    FOREIGN KEY (workshop) REFERENCES workshops (spelling)
);
CREATE TABLE votes (
    workshop TEXT NOT NULL, ballot TEXT NOT NULL, voter TEXT NOT NULL, stakeholder_group TEXT NOT NULL,
    unit TEXT NOT NULL, at TEXT NOT NULL, points TEXT NOT NULL, ratings TEXT NOT NULL,
    PRIMARY KEY (workshop, ballot, voter), FOREIGN KEY (workshop) REFERENCES workshops (spelling)
);
CREATE INDEX ix_votes_voter ON votes (voter);
CREATE TABLE moderations (
    consultation TEXT NOT NULL, number INTEGER NOT NULL, answer TEXT NOT NULL, digest TEXT NOT NULL,
    reason TEXT NOT NULL, remark TEXT NOT NULL, at TEXT NOT NULL, "by" TEXT NOT NULL,
    PRIMARY KEY (consultation, number), FOREIGN KEY (consultation) REFERENCES consultations (id)
);
CREATE INDEX moderations_of ON moderations (consultation, answer);
CREATE INDEX contributions_in ON contributions (consultation, workshop, id);
ALTER TABLE consultations ADD COLUMN opens TEXT;
ALTER TABLE consultations ADD COLUMN closes TEXT;
ALTER TABLE consultations ADD COLUMN pilot BOOLEAN DEFAULT 0 NOT NULL;
ALTER TABLE consultations ADD COLUMN wording INTEGER DEFAULT '1' NOT NULL;
ALTER TABLE consultations ADD COLUMN pulse INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE workshops ADD COLUMN rounds TEXT DEFAULT '[]' NOT NULL;
ALTER TABLE workshops ADD COLUMN invited TEXT DEFAULT '[]' NOT NULL;
ALTER TABLE workshops ADD COLUMN pulse INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE contributions ADD COLUMN table_label TEXT DEFAULT '' NOT NULL;
INSERT INTO wordings SELECT id, wording, "plan", NULL, '' FROM consultations;
"""
BODY_1 = (
    '{"ratings":[["lettori-1","urgency",5],["lettori-2","importance",null]],'
    f'"replies":[["lettori","desideri","{WORD_FOR_WORD}",["lettori-1"]]]}}'
)


def made_by_an_earlier_alleanza(path: Path, number: int) -> Path:
    """A file of that schema, with one contribution and whatever else that schema could keep."""
    path.parent.mkdir()
    with sqlite3.connect(path) as file:
        for script in (SCHEMA_1, SCHEMA_2, SCHEMA_3)[:number]:
            file.executescript(script)
        file.execute("INSERT INTO about_store VALUES ('3334768635b7294e', ?, 4)", [number])
        file.execute("INSERT INTO notes VALUES ('opening', 'done')")
        file.execute(
            "INSERT INTO consultations (id, plan, stage, invented, changed, answered) "
            "VALUES ('biblioteche', ?, 'open', 0, 3, 2)",
            [LIBRARIES.source],
        )
        file.execute("INSERT INTO workshops VALUES ('RIVA', 'Riva', 'biblioteche', 'Una sera a Riva')")
        file.execute("INSERT INTO erasures VALUES ('c0', 'biblioteche', 2, '2026-11-22T11:00:00+00:00')")
        file.execute(
            "INSERT INTO contributions VALUES ('c1', 1, 'biblioteche', 'abitanti', 'Circolo Arcimboldi', "
            "'quotable_with_group', 'online', 'it', 'Riva', '2026-11-22T12:00:00.000000+00:00', ?)",
            [BODY_1],
        )
        if number > 1:
            file.execute(
                "INSERT INTO declarations VALUES ('biblioteche', 1, ?, '2026-11-22T12:00:00.000000+00:00', "
                "'open', 'Deciso in giunta.', 'Ufficio piani')",
                [json.dumps(replace(LIBRARIES.rules, seed=8).as_dict())],
            )
        if number > 2:
            file.execute("UPDATE consultations SET said = 2")
            file.execute(
                "INSERT INTO decisions VALUES ('biblioteche', 1, 'discard', '{\"theme\":\"t1\"}', "
                "'2026-11-22T12:00:00.000000+00:00', '')"
            )
        if number > 3:
            file.executescript(SCHEMA_4)
    file.close()
    return path


@pytest.fixture(params=[1, 2, 3, 4])
def earlier(path: Path, request: pytest.FixtureRequest) -> int:
    """The number of the schema of which there is a file at `path`."""
    made_by_an_earlier_alleanza(path, request.param)
    return int(request.param)


@pytest.fixture
def first_schema(path: Path) -> Path:
    return made_by_an_earlier_alleanza(path, 1)


def number_of(path: Path) -> int:
    with sqlite3.connect(path) as file:
        ((number,),) = file.execute("SELECT schema_number FROM about_store").fetchall()
    file.close()
    return int(number)


IN_RIVA = replace(said(), workshop="Riva")


def test_a_store_of_an_earlier_alleanza_loses_nothing(path: Path, earlier: int) -> None:
    for _ in range(2):  # brought up once, then opened as it is
        store = SqlStore(path)
        assert number_of(path) == schema.SCHEMA
        assert store.consultation("biblioteche") == (
            under(consultation(), seed=8) if earlier > 1 else consultation()
        )
        assert list(store.contributions("biblioteche")) == [IN_RIVA]
        assert list(store.decisions("biblioteche")) == ([DISCARDED] if earlier > 2 else [])
        assert store.invited("riva") == Invitation(Workshop("Riva", "biblioteche", "Una sera a Riva"))
        assert (store.erased("biblioteche"), store.note("opening")) == (1, "done")
        # nothing has changed
        assert store.revision("biblioteche") == "3334768635b7294e-3"
        assert store.said("biblioteche") == f"3334768635b7294e-{2 if earlier > 2 else 3}"
        store.close()


def test_a_store_of_an_earlier_alleanza_takes_what_it_could_not_keep(path: Path, earlier: int) -> None:
    store = SqlStore(path)
    before, workshop = store.consultation("biblioteche"), store.workshop("riva")
    assert workshop is not None
    assert list(store.wordings("biblioteche")) == [PlanVersion(1, LIBRARIES)]
    assert list(store.came("riva")) == [IN_RIVA]
    decided, pulse = len(store.decisions("biblioteche")), store.pulse("riva")
    store.decide("biblioteche", replace(DISCARDED, by="Anna"), decided)
    declared = replace(under(before, seed=9), opens=NOON, plan=REWORDED)
    store.declare("biblioteche", declared.declarations[-1], len(before.declarations))
    store.change(store.consultation("biblioteche"), declared, NOON, "Anna")
    store.change_workshop(workshop, replace(workshop, tables=(Table("TAV", "Tavolo 1"),)))
    store.act("riva", NOTED, 0)
    ask(store, "RIVA", "b1")
    store.vote(VOTE)
    store.moderate("biblioteche", HIDDEN, 0)
    store.close()
    store = SqlStore(path)
    assert store.consultation("biblioteche") == replace(declared, wording=2)
    assert [(v.number, v.plan, v.at, v.by) for v in store.wordings("biblioteche")] == [
        (1, LIBRARIES, None, ""),
        (2, REWORDED, NOON, "Anna"),
    ]
    assert len(store.decisions("biblioteche")) == decided + 1
    assert [step.kind for step in store.steps("riva")] == ["note", "open_ballot"]
    assert list(store.votes("riva")) == [replace(VOTE, workshop="Riva")]
    assert list(store.moderations("biblioteche")) == [HIDDEN]
    assert store.invited("tav") == Invitation(store.workshops("biblioteche")[0], "Tavolo 1")
    assert store.pulse("riva") != pulse
    store.close()


def test_a_store_brought_up_is_as_a_new_one(
    path: Path, earlier: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    new = tmp_path_factory.mktemp("new") / "alleanza.sqlite"
    described = []
    for at in (path, new):
        SqlStore(at).close()
        with sqlite3.connect(at) as file:
            tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            described.append(
                {
                    (table, *column[1:6])
                    for table in tables
                    for column in file.execute(f"PRAGMA table_info({table})").fetchall()
                }
                | set(file.execute("SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE INDEX%'"))
            )
        file.close()
    assert described[0] == described[1]


def test_an_older_store_is_brought_up_once_when_two_open_it_at_once(first_schema: Path) -> None:
    opens = "import sys; from consultation.stores.sql import SqlStore; SqlStore(sys.argv[1])"
    starters = [
        subprocess.Popen([sys.executable, "-c", opens, str(first_schema)], cwd=PROJECT) for _ in range(3)
    ]
    assert [process.wait() for process in starters] == [0, 0, 0]
    assert number_of(first_schema) == schema.SCHEMA


def test_a_store_is_brought_up_wholly_or_not_at_all(first_schema: Path) -> None:
    with sqlite3.connect(first_schema) as file:
        file.execute(
            "CREATE TRIGGER full BEFORE UPDATE ON about_store BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
    file.close()
    with pytest.raises(BrokenStore, match="no room"):
        SqlStore(first_schema)
    with sqlite3.connect(first_schema) as file:
        tables = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        columns = {row[1] for row in file.execute("PRAGMA table_info(consultations)")}
    file.close()
    assert number_of(first_schema) == 1
    assert not {"declarations", "decisions", "wordings", "votes"} & tables
    assert "said" not in columns


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        ({"seed": 8}, Rules(seed=8)),
        ({}, Rules()),
        (
            {"custom_weights": {"scuole": 2, "abitanti": 1}},
            Rules(custom_weights=(("abitanti", 1), ("scuole", 2))),
        ),
    ],
)
def test_a_rule_younger_than_a_declaration_is_the_recommended_one(
    path: Path, kept: dict[str, object], read: Rules
) -> None:
    assert with_rules(path, kept).consultation("biblioteche").rules == read


def test_rules_of_a_newer_alleanza_are_not_taken_for_others(path: Path) -> None:
    store = with_rules(path, {**Rules().as_dict(), "moon_phase": 0.5})
    for reads in (lambda: store.consultation("biblioteche"), store.consultations):
        with pytest.raises(BrokenStore, match="biblioteche were declared with a newer Alleanza: update"):
            reads()


@pytest.mark.parametrize(
    ("kind", "payload"),
    [("dream", {"theme": "t1"}), ("discard", {"theme": "t1", "moon_phase": 0.5}), ("discard", {})],
)
def test_decisions_of_a_newer_alleanza_are_not_taken_for_others(
    path: Path, kind: str, payload: dict[str, object]
) -> None:
    store = SqlStore(path)
    store.add_consultation(consultation())
    store.decide("biblioteche", DISCARDED, 0)
    with store.database.writing() as connection:
        connection.execute(update(schema.decisions).values(kind=kind, payload=json.dumps(payload)))
    with pytest.raises(BrokenStore, match="decided of the consultation biblioteche with a newer Alleanza"):
        store.decisions("biblioteche")
    store.close()


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("dream", {"round": 1}),
        ("close_round", {"round": 1, "moon_phase": 0.5}),
        ("open_ballot", {"ballot": {"id": "b1", "moon_phase": 0.5}}),
    ],
)
def test_steps_of_a_newer_alleanza_are_not_taken_for_others(
    path: Path, kind: str, payload: dict[str, object]
) -> None:
    store = SqlStore(path)
    store.add_consultation(consultation())
    store.add_workshop(EVENING)
    store.act("RIVA", NOTED, 0)
    with store.database.writing() as connection:
        connection.execute(update(schema.steps).values(kind=kind, payload=json.dumps(payload)))
    with pytest.raises(BrokenStore, match="done in the workshop RIVA with a newer Alleanza: update"):
        store.steps("RIVA")
    store.close()


def test_a_reason_of_a_newer_alleanza_is_not_taken_for_another(path: Path) -> None:
    store = SqlStore(path)
    store.add_consultation(consultation())
    store.add(said())
    store.moderate("biblioteche", HIDDEN, 0)
    with store.database.writing() as connection:
        connection.execute(update(schema.moderations).values(reason="full_moon"))
    with pytest.raises(BrokenStore, match="consultation biblioteche was moderated with a newer Alleanza"):
        store.moderations("biblioteche")
    store.close()


def with_rules(path: Path, rules: dict[str, object]) -> SqlStore:
    """A store with one consultation, whose last declaration holds `rules` as JSON."""
    store = SqlStore(path)
    store.add_consultation(under(consultation(), seed=9))
    with store.database.writing() as connection:
        connection.execute(update(schema.declarations).values(rules=json.dumps(rules)))
    return store


# What a room asks for every few seconds


def queries(store: SqlStore, read: Callable[[], object]) -> list[tuple[str, Any]]:
    """Those by which it is read, each with its values."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        asked.append((statement, values))

    with store.database.reading() as connection:
        engine = connection.engine
    event.listen(engine, "before_cursor_execute", note)
    read()
    event.remove(engine, "before_cursor_execute", note)
    return [query for query in asked if query[0].startswith("SELECT")]


@pytest.mark.parametrize("earlier_schema", [None, 3])
def test_what_a_room_asks_for_is_found_without_reading_everything(
    path: Path, earlier_schema: int | None
) -> None:
    if earlier_schema:
        made_by_an_earlier_alleanza(path, earlier_schema)
    store = SqlStore(path)
    store.add_consultation(consultation())
    workshop = store.workshop("RIVA") or EVENING
    store.add_workshop(workshop)
    store.add(*(replace(said(f"d{n}"), workshop=workshop.word) for n in range(20)))
    assert len(queries(store, lambda: store.pulse("riva"))) == 1
    for read in (store.pulse, store.came, store.steps, store.votes, store.invited):
        for statement, values in queries(store, partial(read, "riva")):
            with sqlite3.connect(path) as file:
                plan = [row[3] for row in file.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
            file.close()
            whole = {step.split()[1] for step in plan if step.startswith("SCAN")}
            assert whole <= {"about_store", "anon_1"}, statement  # of one row; of what was found
    store.close()


# Neighbours

WRITER = """
import sys
from consultation.stores.sql import SqlStore
from tests.store_contract import said

store = SqlStore(sys.argv[1])
for n in range(int(sys.argv[3])):
    store.add(said(f"{sys.argv[2]}-{n:05}"), said(f"{sys.argv[2]}-{n:05}", 2, "Di più."))
    print(n, flush=True)
"""


def writer(path: Path, name: str, many: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), name, str(many)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_processes_write_into_one_file(path: Path) -> None:
    store = SqlStore(path)
    store.add_consultation(consultation())
    processes = [writer(path, name, 60) for name in ("a", "b")]
    while any(process.poll() is None for process in processes):
        store.contributions("biblioteche")
    for process in processes:
        process.communicate()
    assert [process.returncode for process in processes] == [0, 0]
    assert [(c.id, c.version) for c in store.contributions("biblioteche")] == [
        (f"{name}-{n:05}", 2) for name in ("a", "b") for n in range(60)
    ]
    store.close()


ACTOR = """
import sys
from dataclasses import replace
from consultation.errors import StepsTaken
from consultation.stores.sql import SqlStore
from tests.store_contract import NOTED, VOTE

store, name = SqlStore(sys.argv[1]), sys.argv[2]
for n in range(25):
    store.vote(replace(VOTE, voter=f"{name}-{n:02}", points=(("lettori-1", n),)))
    while True:
        try:
            store.act("RIVA", replace(NOTED, by=f"{name}-{n:02}"), len(store.steps("RIVA")))
            break
        except StepsTaken:
            pass
"""


def test_two_processes_run_one_workshop(path: Path) -> None:
    store = SqlStore(path)
    store.add_consultation(consultation())
    store.add_workshop(EVENING)
    ask(store, "RIVA", "b1")
    actors = [
        subprocess.Popen([sys.executable, "-c", ACTOR, str(path), name], cwd=PROJECT) for name in ("a", "b")
    ]
    marks = {store.pulse("RIVA")}
    while any(actor.poll() is None for actor in actors):
        marks.add(store.pulse("RIVA"))
    assert [actor.wait() for actor in actors] == [0, 0]
    hands = [step.by for step in store.steps("RIVA")[1:]]
    for name in ("a", "b"):
        assert [hand for hand in hands if hand.startswith(name)] == [f"{name}-{n:02}" for n in range(25)]
    assert len(hands) == len(store.votes("RIVA")) == 50
    assert len(marks) > 2  # what others do is seen while they do it
    store.close()


def test_a_killed_process_loses_nothing_it_has_acknowledged(path: Path) -> None:
    store = SqlStore(path)
    store.add_consultation(consultation())
    store.close()
    for name in ("a", "b", "c"):
        process = writer(path, name, 100_000)
        assert process.stdout is not None
        acknowledged = [process.stdout.readline() for _ in range(40)]
        process.send_signal(signal.SIGKILL)
        acknowledged += process.stdout.readlines()
        process.communicate()
        last = max(int(line) for line in acknowledged if line.endswith("\n"))
        store = SqlStore(path)
        kept = [c for c in store.contributions("biblioteche") if c.id.startswith(name)]
        assert [c.id for c in kept[: last + 1]] == [f"{name}-{n:05}" for n in range(last + 1)]
        assert {c.version for c in kept} == {2}  # never one of two that were sent together
        store.add(said(f"{name}-after"))
        store.close()


def test_a_store_made_by_two_at_once_is_one_store(path: Path) -> None:
    makes = "import sys; from consultation.stores.sql import SqlStore; SqlStore(sys.argv[1])"
    starters = [subprocess.Popen([sys.executable, "-c", makes, str(path)], cwd=PROJECT) for _ in range(3)]
    assert [process.wait() for process in starters] == [0, 0, 0]
    store = SqlStore(path)
    assert list(store.consultations()) == []
    store.close()


# Failures, each with what to mend


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(BrokenStore, match=r"is a folder: name a file in it"):
        SqlStore(tmp_path)


def test_a_device_in_its_place() -> None:
    with pytest.raises(BrokenStore, match=r"is not a file: name another"):
        SqlStore(os.devnull)


@pytest.mark.parametrize("under", ["file/alleanza.sqlite", "file/folder/alleanza.sqlite"])
def test_a_file_where_its_folder_should_be(tmp_path: Path, under: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BrokenStore, match=r"cannot be made \(.+\): choose another place"):
        SqlStore(tmp_path / under)


def test_a_place_where_one_may_not_write() -> None:
    place = "/proc/alleanza/alleanza.sqlite"  # not even root may
    if not Path("/proc").is_dir():
        pytest.skip("no /proc on this machine")
    with pytest.raises(BrokenStore, match="cannot be made"):
        SqlStore(place)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_one_may_only_read(path: Path) -> None:
    SqlStore(path).close()
    path.chmod(0o400)
    with pytest.raises(BrokenStore, match="ask for the right to write this file and its folder"):
        SqlStore(path)


def test_a_file_that_is_no_database(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("risposta;testo\n" * 100)
    with pytest.raises(BrokenStore, match="is not a store of Alleanza: name another file"):
        SqlStore(path)
    assert path.read_text() == "risposta;testo\n" * 100


def test_a_database_of_another_program(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE bookmarks (url TEXT)")
    file.close()
    with pytest.raises(BrokenStore, match="database of another program: name another place"):
        SqlStore(path)
    with sqlite3.connect(path) as file:
        assert file.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]
    file.close()


def test_a_store_of_a_newer_alleanza(path: Path) -> None:
    SqlStore(path).close()
    with sqlite3.connect(path) as file:
        file.execute("UPDATE about_store SET schema_number = schema_number + 1")
    file.close()
    with pytest.raises(BrokenStore, match="made by a newer Alleanza: update this one"):
        SqlStore(path)


def test_a_damaged_file(path: Path) -> None:
    store = SqlStore(path)
    store.add_consultation(consultation())
    store.add(*(said(f"c{n}") for n in range(200)))
    store.close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(BrokenStore, match="damaged"):
        SqlStore(path).contributions("biblioteche")


def test_a_neighbour_that_does_not_let_go(path: Path) -> None:
    store = SqlStore(path, patience=0.1)
    store.add_consultation(consultation())
    neighbour = sqlite3.connect(path, isolation_level=None)
    neighbour.execute("BEGIN IMMEDIATE")
    with pytest.raises(BrokenStore, match="busy for too long: try again"):
        store.add(said())
    assert list(store.contributions("biblioteche")) == []  # reading goes on
    neighbour.execute("ROLLBACK")
    neighbour.close()
    store.add(said())
    assert store.contribution("c1") == said()
    store.close()


def test_a_full_disk_keeps_what_there_was(path: Path) -> None:
    store = SqlStore(path)
    store.add_consultation(consultation())
    store.add(said())
    with store.database.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(BrokenStore, match=r"No room is left on the disk .*: make room"):
        store.add(*(said(f"d{n}") for n in range(1_000)))
    assert [c.id for c in store.contributions("biblioteche")] == ["c1"]
    with store.database.writing() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    store.add(said("c2"))
    assert [c.id for c in store.contributions("biblioteche")] == ["c1", "c2"]
    store.close()


def test_readers_cannot_write(path: Path) -> None:
    store = SqlStore(path)
    store.keep_note("opening", "done")
    with (
        pytest.raises(BrokenStore, match=r"cannot be written .*: ask for the right"),
        store.database.reading() as connection,
    ):
        connection.exec_driver_sql("DELETE FROM notes")
    assert store.note("opening") == "done"
    store.close()


def test_a_file_deleted_under_a_running_store(path: Path) -> None:
    store = SqlStore(path)
    store.add_consultation(consultation())
    path.unlink()
    with pytest.raises(BrokenStore, match="moved or deleted while in use"):
        store.add(said())
    store.close()


def test_a_refused_sending_leaves_the_store_usable(path: Path) -> None:
    store = SqlStore(path)
    with pytest.raises(UnknownConsultation, match="this store holds none yet"):
        store.add(said())
    store.add_consultation(consultation())
    store.add(said())
    assert store.contribution("c1") == said()
    store.close()


# Which store


def test_the_store_is_the_first_one_named() -> None:
    environment, secrets = {"ALLEANZA_STORE": "env.sqlite"}, {"store": "secret.sqlite"}
    assert store_address("named.sqlite", environment, secrets) == "named.sqlite"
    assert store_address(None, environment, secrets) == "env.sqlite"
    assert store_address("", {"ALLEANZA_STORE": ""}, secrets) == "secret.sqlite"
    assert store_address(None, {}, {}) == str(PROJECT / "var" / "alleanza.sqlite")
    assert store_address(None, {}) == str(addresses.DEFAULT)


def test_the_environment_is_read_when_the_store_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLEANZA_STORE", "later.sqlite")
    assert store_address() == "later.sqlite"


def test_a_store_in_the_secrets_must_be_a_text() -> None:
    with pytest.raises(BrokenStore, match='write store = "…"'):
        store_address(None, {}, {"store": {"url": "x"}})


def test_a_path_and_its_sqlite_address_are_one_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "città di prova" / "a.sqlite"
    first = open_store(path)
    first.add_consultation(consultation())
    first.close()
    for address in (
        str(path),
        f"sqlite:///{path}",
        "sqlite:///città di prova/a.sqlite",
        "città di prova/a.sqlite",
    ):
        store = open_store(address)
        assert [c.id for c in store.consultations()] == ["biblioteche"]
        store.close()


def test_home_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    open_store("~/alleanza.sqlite").close()
    assert (tmp_path / "alleanza.sqlite").is_file()


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://localhost/alleanza",
        "https://example.org/x",
        "sqlite://",
        "sqlite:///",
        ":memory:",
        "",
        " ",
        "a\0b",
    ],
)
def test_any_other_address_is_told_in_plain_words(address: str) -> None:
    with pytest.raises(BrokenStore, match="give the path of a file, or sqlite:/// and a path"):
        open_store(address)
