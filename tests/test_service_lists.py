"""The lists of services and cues: each language's own, and told where a line is wrong."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from analysis.text.service_lists import NOT, WANTS, Cue, ServiceList, read_service_list, read_service_lists
from tests.conftest import PROJECT

SHIPPED = read_service_lists(PROJECT / "data" / "lexicon")


def written(folder: Path, services: str = "nido = asilo nido\n", cues: str = "cue,kind\n") -> Path:
    (folder / "services.txt").write_text(services, encoding="utf-8")
    (folder / "cues.csv").write_text(cues, encoding="utf-8")
    return folder


def test_the_lists_that_ship_are_whole() -> None:
    assert 80 <= len(SHIPPED["it"].services) <= 150
    assert len(SHIPPED["en"].services) >= 30
    for lists in SHIPPED.values():
        kinds = Counter(cue.kind for cue in lists.cues)
        assert {"start", "change", "keep", NOT} <= set(kinds) <= {*WANTS, NOT}


def test_what_lists_say(tmp_path: Path) -> None:
    cues = "cue,kind\n# a line that says nothing\nnon,not\nnon chiudere,keep # mind the 'non'\nPiù _,start\n"
    cues += "_ non c'è,start\n^ un _,start\n^ _,start\n"
    assert read_service_list(written(tmp_path, "Nido=asilo   nido\n\nCAF # fiscale\n", cues)) == ServiceList(
        (("Nido", "asilo nido"), ("CAF",)),
        (
            Cue("non", "not"),
            Cue("non chiudere", "keep"),
            Cue("Più", "start", after=True),
            Cue("non c'è", "start", before=True),
            Cue("un", "start", after=True, first=True),
            Cue("", "start", after=True, first=True),
        ),
    )


@pytest.mark.parametrize(
    ("services", "told"),
    [
        ("nido\nsportello = \n", r"services\.txt, line 2: 'sportello =' is no service"),
        ("nido 7\n", r"line 1: 'nido 7' is no service: write its name"),
        ("nido = asilo\nasilo\n", r"line 2: 'asilo' already names the service 'nido'"),
        ("nido = Nido\n", r"line 1: 'Nido' already names the service 'nido'"),
    ],
)
def test_a_wrong_service_names_the_line_and_the_mend(services: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=told):
        read_service_list(written(tmp_path, services))


@pytest.mark.parametrize(
    ("cue", "told"),
    [
        (
            "aprire,apri",
            r"cues\.csv, line 2: 'apri' is no kind: write one of start, change, keep, named, not",
        ),
        ("aprire", r"line 2: 'aprire' is no kind"),
        (",start", r"line 2: '' is no cue"),
        ("_,start", r"line 2: '_' is no cue"),
        ("_ e _,start", r"line 2: '_ e _' is no cue"),
        ("a _ b,start", r"line 2: 'a _ b' is no cue"),
        ("^,start", r"line 2: '\^' is no cue"),
        ("non _,not", r"line 2: 'non _' turns nothing round"),
        ("aprire,start\nAprire,keep", r"line 3: 'Aprire' already has the kind 'start': keep one of them"),
    ],
)
def test_a_wrong_cue_names_the_line_and_the_mend(cue: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=told):
        read_service_list(written(tmp_path, cues=f"cue,kind\n{cue}\n"))


def test_a_cue_may_say_one_thing_beside_the_service_and_another_elsewhere(tmp_path: Path) -> None:
    lists = read_service_list(written(tmp_path, cues="cue,kind\ntenere _,keep\ntenere,change\n"))
    assert [cue.kind for cue in lists.cues] == ["keep", "change"]


def test_a_language_without_services_has_no_list_and_one_without_cues_is_told(tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    assert read_service_lists(tmp_path) == {}
    (tmp_path / "fr" / "services.txt").write_text("crèche\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"there is no .*cues\.csv"):
        read_service_lists(tmp_path)


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "cues.csv").write_bytes("più _,start".encode("latin-1"))
    with pytest.raises(ValueError, match=r"cues\.csv is not UTF-8 text \(byte 2\)"):
        read_service_list(tmp_path)
