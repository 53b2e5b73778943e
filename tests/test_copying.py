"""Stores copied, backed up, put back and checked: nothing is lost, doubled, or comes back that was erased."""

from __future__ import annotations

import multiprocessing
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli import app
from consultation.codes import new_return_code
from consultation.errors import BrokenStore, CannotWrite, UnknownReturnCode
from consultation.stores import comparing
from consultation.stores.addresses import open_store
from consultation.stores.backups import backup, restore
from consultation.stores.checking import check
from consultation.stores.copying import copy, require_finished
from consultation.stores.sql import SqlStore
from tests.store_contract import (
    DISCARDED,
    EVENING,
    HIDDEN,
    NOON,
    NOTED,
    VOTE,
    ask,
    consultation,
    said,
    under,
)

CODE = new_return_code()


def silent(_table: str, _done: int, _of: int) -> None:
    """Nobody looks on."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """One of everything, and more contributions than are copied at a time."""
    store = SqlStore(tmp_path / "store.sqlite")
    store.add_consultation(consultation())
    store.declare("biblioteche", under(consultation(), seed=8).declarations[0], 0)
    store.add(said(), return_code=CODE)
    store.add(said(version=2, text="Anche la domenica."), *(said(f"p{n:02}") for n in range(20)))
    store.add_workshop(EVENING)
    ask(store, "RIVA", "b1")
    store.act("RIVA", NOTED, 1)
    store.vote(VOTE)
    store.moderate("biblioteche", HIDDEN, 0)
    store.decide("biblioteche", DISCARDED, 0)
    store.add(said("gone"))
    store.erase("gone", NOON)
    store.keep_note("opening", "done")
    yield store
    store.close()


@pytest.fixture
def target(tmp_path: Path) -> Iterator[SqlStore]:
    target = SqlStore(tmp_path / "target.sqlite")
    yield target
    target.close()


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "AT_ONCE", 7)


def holds(store: SqlStore) -> list[comparing.Held]:
    with store.database.reading() as moment:
        return comparing.held(moment)


# A copy


def test_a_copy_holds_the_same_under_an_identity_of_its_own(store: SqlStore, target: SqlStore) -> None:
    compared = copy(store, target, silent)
    assert all(table.same for table in compared)
    assert [table.source for table in compared] == holds(store) == holds(target)
    assert {table.source.table: table.source.rows for table in compared}["contributions"] == 22
    assert target.returning(CODE) == store.returning(CODE)
    assert target.versions("c1") == store.versions("c1")
    assert target.revision("biblioteche") != store.revision("biblioteche")
    assert target.pulse("RIVA") != store.pulse("RIVA")
    before = target.revision("biblioteche")
    target.add(said("new"))
    assert target.revision("biblioteche") != before


def test_a_copy_that_was_cut_short_is_told_and_taken_up_again(store: SqlStore, target: SqlStore) -> None:
    def cut(table: str, done: int, of: int) -> None:
        if table == "contributions" and done > of / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(store, target, cut)
    assert 0 < len(target.contributions("biblioteche")) < 21
    with pytest.raises(BrokenStore, match="run copy again"), target.database.reading() as moment:
        require_finished(moment)
    with pytest.raises(BrokenStore, match="run copy again"):
        open_store(target.database.name)
    # meanwhile the source changes: one more, one less, one otherwise, and a whole consultation less
    store.erase("p01", NOON)
    store.add(said("p005"))
    store.decide("biblioteche", DISCARDED, 1)
    store.keep_note("opening", "begun")
    assert all(table.same for table in copy(store, target, silent))
    assert holds(target) == holds(store)
    open_store(target.database.name).close()


def test_what_the_source_holds_no_more_is_taken_out_with_what_belongs_to_it(
    store: SqlStore, target: SqlStore
) -> None:
    def cut(table: str, done: int, of: int) -> None:
        if done == of:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(store, target, cut)
    store.remove_consultation("biblioteche")
    assert all(table.same for table in copy(store, target, silent))
    assert list(target.consultations()) == []


def test_a_store_that_holds_something_is_not_copied_into(store: SqlStore, target: SqlStore) -> None:
    target.add_consultation(consultation("altra"))
    before = holds(target)
    with pytest.raises(BrokenStore, match="new store only"):
        copy(store, target, silent)
    with pytest.raises(BrokenStore, match="into itself"):
        copy(store, store, silent)
    assert holds(target) == before


def test_a_half_copy_is_neither_a_source_nor_the_target_of_another(
    store: SqlStore, target: SqlStore, tmp_path: Path
) -> None:
    def cut(_table: str, done: int, _of: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(store, target, cut)
    third = SqlStore(tmp_path / "third.sqlite")
    with pytest.raises(BrokenStore, match="run copy again"):
        copy(target, third, silent)
    third.add_consultation(consultation())
    with pytest.raises(BrokenStore, match="new store only"):
        copy(third, target, silent)
    third.close()


# A backup


def _writes(path: str, begun: multiprocessing.Queue[str]) -> None:
    """Each contribution in two versions, one after the other, until it is ended."""
    store = SqlStore(path)
    for number in range(100_000):
        store.add(said(f"w{number:06}"))
        store.add(said(f"w{number:06}", 2, "Di nuovo."))
        if number == 5:
            begun.put("begun")


def test_a_backup_while_another_process_writes_is_one_moment(store: SqlStore, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    begun: multiprocessing.Queue[str] = context.Queue()
    writer = context.Process(target=_writes, args=(str(tmp_path / "store.sqlite"), begun))
    writer.start()
    try:
        begun.get(timeout=60)
        backup(store, tmp_path / "backup.sqlite", silent)
    finally:
        writer.kill()
        writer.join()
    kept = SqlStore(tmp_path / "backup.sqlite")
    versions = [
        [one.version for one in kept.versions(latest.id)]
        for latest in kept.contributions("biblioteche")
        if latest.id.startswith("w")
    ]
    kept.close()
    assert len(versions) > 5
    # whoever wrote had finished one before the next: only the last may lack its second version
    assert all(numbers == [1, 2] for numbers in versions[:-1])
    assert versions[-1] in ([1], [1, 2])
    assert check(str(tmp_path / "backup.sqlite")).problems == []


def test_a_backup_is_its_owners_and_never_takes_the_place_of_a_file(store: SqlStore, tmp_path: Path) -> None:
    path = tmp_path / "backups" / "monday.sqlite"
    with pytest.raises(CannotWrite):
        backup(store, path, silent)
    path.parent.mkdir()
    backup(store, path, silent)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    with pytest.raises(CannotWrite, match="there already"):
        backup(store, path, silent)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_backup_is_kept_on_a_stick_that_knows_no_links(
    store: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refused)
    backup(store, tmp_path / "stick.sqlite", silent)
    assert check(str(tmp_path / "stick.sqlite")).tables == holds(store)


# Put back


def damage(path: Path) -> None:
    """As a failing disk does: the beginning of every page but the first is lost."""
    content = bytearray(path.read_bytes())
    for start in range(4096, len(content), 4096):
        content[start : start + 200] = b"\xff" * 200
    path.write_bytes(content)


def test_what_is_put_back_is_all_there_is_and_what_was_there_is_kept(store: SqlStore, tmp_path: Path) -> None:
    path = tmp_path / "backup.sqlite"
    backup(store, path, silent)
    content = path.read_bytes()
    before = holds(store)
    store.add(said("later"))
    store.add_consultation(consultation("altra"))
    marks = (store.revision("biblioteche"), store.said("biblioteche"), store.pulse("RIVA"))
    changed = holds(store)
    other = SqlStore(tmp_path / "store.sqlite")  # as another process has it open
    done = restore(path, other, NOON, silent)
    other.close()
    assert holds(store) == before
    now = (store.revision("biblioteche"), store.said("biblioteche"), store.pulse("RIVA"))
    assert all(one != another for one, another in zip(marks, now, strict=True))
    assert store.returning(CODE).id == "c1"
    assert path.read_bytes() == content
    assert done.before == tmp_path / "backup-before-20261122T120000Z.sqlite"
    kept = SqlStore(done.before)
    assert holds(kept) == changed
    kept.close()


def test_whoever_was_erased_since_the_backup_stays_erased(store: SqlStore, tmp_path: Path) -> None:
    path = tmp_path / "backup.sqlite"
    backup(store, path, silent)
    store.add(said("later"))
    store.erase("c1", NOON)
    store.erase("later", NOON)
    assert restore(path, store, NOON, silent).erased_again == 1
    assert store.contribution("c1") is None
    assert list(store.votes("RIVA")) == []
    assert [one.answer for one in store.moderations("biblioteche")] == [""]
    with pytest.raises(UnknownReturnCode):
        store.returning(CODE)
    assert store.erased("biblioteche") == 3
    assert check(str(tmp_path / "store.sqlite")).problems == []


def test_a_trial_that_was_erased_since_the_backup_stays_erased(store: SqlStore, tmp_path: Path) -> None:
    path = tmp_path / "backup.sqlite"
    draft = consultation("prova", "draft")
    store.add_consultation(draft)
    store.add(said("trial", where="prova"))
    backup(store, path, silent)
    store.change(draft, replace(draft, stage="open"), NOON)
    store.add(said("real", where="prova"))
    store.erase("real", NOON)
    restore(path, store, NOON, silent)
    assert store.consultation("prova").stage == "draft"
    assert list(store.contributions("prova")) == []
    assert store.consultation("prova").erased_trials == 1
    assert store.erased("prova") == 1
    assert len(store.contributions("biblioteche")) == 21


def test_a_file_that_is_no_store_changes_nothing(store: SqlStore, tmp_path: Path) -> None:
    before = holds(store)
    (tmp_path / "note.sqlite").write_text("Una nota, e non un archivio. " * 50, encoding="utf-8")
    backup(store, tmp_path / "damaged.sqlite", silent)
    damage(tmp_path / "damaged.sqlite")
    for name in ("missing.sqlite", "note.sqlite", "damaged.sqlite"):
        with pytest.raises(BrokenStore, match=name):
            restore(tmp_path / name, store, NOON, silent)
    assert holds(store) == before


# A check


def spoil(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("update contributions set body = '{' where id = 'p03'", "p03 (1)"),
        ("update consultations set plan = 'no plan'", "biblioteche"),
        ("update declarations set rules = '[]'", "declarations"),
        ("update steps set payload = '[]'", "steps"),
        ("update decisions set kind = 'unheard'", "decisions"),
        ("update return_codes set contribution = 'nobody'", "nobody"),
        ("update moderations set answer = 'nobody/lettori/desideri'", "nobody"),
        ("insert into erasures select 'p03', id, 1, '' from consultations", "p03"),
        ("update contributions set consultation = 'lost' where id = 'p03'", "contributions"),
    ],
)
def test_a_check_names_what_is_wrong(statement: str, told: str, store: SqlStore, tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    found = check(str(path))
    assert found.problems == []
    assert found.tables == holds(store)
    store.close()
    spoil(path, statement)
    assert any(told in str(problem) for problem in check(str(path)).problems)


# From the terminal


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments), "--language", "en"])


def test_a_damaged_file_fails_the_check(store: SqlStore, tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    store.close()
    assert run("check", "--store", path).exit_code == 0
    damage(path)
    result = run("check", "--store", path)
    assert result.exit_code == 1, result.output
    assert "damaged" in result.output
    assert run("check", "--store", tmp_path / "typo.sqlite").exit_code == 2


def test_a_store_goes_round_through_the_terminal(store: SqlStore, tmp_path: Path) -> None:
    path, saved, moved = (tmp_path / name for name in ("store.sqlite", "saved.sqlite", "moved.sqlite"))
    before = holds(store)
    assert run("backup", saved, "--store", path).exit_code == 0
    assert run("backup", saved, "--store", path).exit_code == 2
    store.add(said("later"))
    refused = run("restore", saved, "--store", path)
    assert (refused.exit_code, "--yes" in refused.stderr) == (2, True)
    assert holds(store) != before
    done = run("restore", saved, "--store", path, "--yes")
    assert done.exit_code == 0, done.output
    assert "saved-before-" in done.output
    assert holds(store) == before
    done = run("copy", path, moved)
    assert done.exit_code == 0, done.output
    assert before[-1].digest[:12] in done.output
    assert run("copy", path, moved).exit_code == 2
    assert run("copy", tmp_path / "typo.sqlite", tmp_path / "new.sqlite").exit_code == 2
    assert not (tmp_path / "new.sqlite").exists()
