"""Links that let staff in: good once, for a time, each for its roles."""

from __future__ import annotations

import re

import pytest

from consultation.permissions import STAFF
from pages.frame.staff_link import LIFETIME, StaffLink

HERE = "http://a.example"


class Clock:
    """Seconds that pass only when told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def printed_token(capsys: pytest.CaptureFixture[str]) -> str:
    return str(re.findall(r"\?staff=(\S+)", capsys.readouterr().out)[-1])


def token_of(link: str) -> str:
    return link.split("?staff=")[1]


def test_links_and_sessions_are_not_each_others(capsys: pytest.CaptureFixture[str]) -> None:
    link = StaffLink()
    assert link.redeem("") is None  # before any was printed
    link.announce("http://a.example/", again=False)
    link.announce("http://b.example/", again=False)
    printed = capsys.readouterr().out
    assert printed.count("?staff=") == 1
    assert "http://a.example/?staff=" in printed
    token = str(re.findall(r"\?staff=(\S+)", printed)[-1])
    assert len(token) >= 22  # 128 bits in base 64
    session = link.redeem(token)
    assert session is not None
    assert link.roles(session) == STAFF
    assert not link.roles(token)
    assert not link.roles("")
    assert link.redeem(session) is None
    link.forget(session)
    assert not link.roles(session)


def test_staff_access_ends_after_half_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    link = StaffLink(clock)
    link.announce(HERE)
    first = link.redeem(printed_token(capsys))
    assert first is not None
    clock.now += LIFETIME - 1
    assert link.roles(first)
    second = link.redeem(printed_token(capsys))
    assert second is not None
    clock.now += 1
    assert not link.roles(first)
    assert link.roles(second)
    assert LIFETIME == 12 * 60 * 60
    clock.now += LIFETIME
    assert not link.roles(second)
    assert vars(link)["_sessions"] == {}  # nothing is piled up


def test_a_made_link_gives_its_roles_once_and_is_printed_nowhere(
    capsys: pytest.CaptureFixture[str],
) -> None:
    links = StaffLink()
    links.announce(HERE)
    token = printed_token(capsys)
    for roles in ({"facilitator"}, {"analyst"}):
        made = links.invite(roles, "https://ascolta.example/")  # type: ignore[arg-type]
        assert made.startswith("https://ascolta.example/?staff=")
        assert links.waits(token_of(made))
        session = links.redeem(token_of(made))
        assert session is not None
        assert links.roles(session) == roles
        assert not links.waits(token_of(made))
        assert links.redeem(token_of(made)) is None
    assert not capsys.readouterr().out  # and the printed one is still good
    assert not links.waits(token)
    assert links.redeem(token) is not None


def test_a_made_link_that_nobody_used_is_over_after_half_a_day() -> None:
    clock = Clock()
    links = StaffLink(clock)
    token = token_of(links.invite({"facilitator"}, HERE))
    clock.now += LIFETIME - 1
    assert links.waits(token)
    clock.now += 1
    assert not links.waits(token)
    assert links.redeem(token) is None
    assert vars(links)["_made"] == {}


def test_whoever_tries_the_link_they_made_loses_nothing_and_gains_no_time(
    capsys: pytest.CaptureFixture[str],
) -> None:
    clock = Clock()
    links = StaffLink(clock)
    links.announce(HERE)
    own = links.redeem(printed_token(capsys))
    assert own is not None
    clock.now += LIFETIME - 1
    both = links.redeem(token_of(links.invite({"facilitator"}, HERE)), own, "another's guess")
    assert both is not None
    assert links.roles(both) == STAFF
    assert not links.roles(own)
    clock.now += 1
    assert links.roles(both) == {"facilitator"}
    links.forget(both)
    assert not links.roles(both)
