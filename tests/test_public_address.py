"""The address that phones are given: a setting, else the browser's, else the machine's on its network."""

from __future__ import annotations

import re
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
import segno
from streamlit.testing.v1 import AppTest

from consultation.errors import Problem
from consultation.language import Language
from pages.frame import public_address
from pages.frame.guesses import GUESSES
from pages.frame.public_address import VARIABLE, Process, here_only, lan_addresses, whole_address
from pages.frame.qr import QUIET, code_of, picture

IT = Language("it").say
LAPTOP = ("192.168.1.7", "172.17.0.1")
PUBLIC = "https://ascolta.example"


def offering() -> None:
    """A page that shows an invitation."""
    from pages.frame.problems import told
    from pages.frame.public_address import offer

    with told():
        offer("KMPQRS")


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """That page under plain `streamlit run`, looked at on the machine itself, which has two addresses."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(public_address, "_lately", lambda _period: [*LAPTOP])
    monkeypatch.setattr(public_address, "_process", None)
    monkeypatch.setattr(public_address, "_chosen", "")
    page = AppTest.from_function(offering, default_timeout=20)
    page.context["url"] = "http://localhost:8501/conduci"
    return page


def listening(monkeypatch: pytest.MonkeyPatch, host: str, public_url: str = "") -> None:
    monkeypatch.setattr(public_address, "_process", Process(host, 8501, public_url))


def link(app: AppTest) -> str:
    return str(app.code[0].value)


def test_without_a_setting_the_address_in_the_browser_is_given(app: AppTest) -> None:
    app.context["url"] = "https://comune.example:8443/conduci?workshop=KMPQRS"
    app.run()
    assert link(app) == "https://comune.example:8443/?workshop=KMPQRS"
    assert not app.warning
    assert not app.selectbox


def test_settings_come_in_their_order(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    app.context["url"] = "https://comune.example/"
    app.secrets["public_url"] = "https://secret.example/"
    assert link(app.run()) == "https://secret.example/?workshop=KMPQRS"
    monkeypatch.setenv(VARIABLE, "https://environment.example")
    assert link(app.run()) == "https://environment.example/?workshop=KMPQRS"
    listening(monkeypatch, "127.0.0.1", PUBLIC)  # --public-url
    assert link(app.run()) == f"{PUBLIC}/r/KMPQRS"
    assert not app.warning


def test_a_setting_that_is_no_address_is_told(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "comune.example/ascolta")
    app.run()
    assert "comune.example/ascolta" in app.error[0].value.replace("\\", "")
    assert not app.code


def test_on_this_machine_alone_phones_cannot_join_and_it_is_said(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.run()
    assert link(app) == "http://localhost:8501/?workshop=KMPQRS"
    assert "make run ARGS=--lan" in app.warning[0].value
    listening(monkeypatch, "127.0.0.1")
    assert link(app.run()) == "http://localhost:8501/r/KMPQRS"
    assert app.warning


def test_on_the_network_the_likeliest_address_is_given_and_another_can_be_chosen(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    listening(monkeypatch, "0.0.0.0")
    app.run()
    assert link(app) == "http://192.168.1.7:8501/r/KMPQRS"
    assert not app.warning
    (choice,) = app.selectbox
    assert choice.options == [f"http://{address}:8501" for address in LAPTOP]
    choice.select("http://172.17.0.1:8501").run()
    assert link(app) == "http://172.17.0.1:8501/r/KMPQRS"
    assert app.selectbox[0].value == "http://172.17.0.1:8501"
    assert link(app.run()) == "http://172.17.0.1:8501/r/KMPQRS"


def test_the_address_that_was_chosen_holds_in_every_browser_and_as_long_as_it_serves(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    listening(monkeypatch, "0.0.0.0")
    other = AppTest.from_function(offering, default_timeout=20)
    other.context["url"] = "http://192.168.1.7:8501/muro"
    assert link(other.run()) == "http://192.168.1.7:8501/r/KMPQRS"
    app.run().selectbox[0].select("http://172.17.0.1:8501").run()
    assert link(other.run()) == "http://172.17.0.1:8501/r/KMPQRS"
    assert other.selectbox[0].value == "http://172.17.0.1:8501"
    monkeypatch.setattr(public_address, "_lately", lambda _period: ["192.168.1.7"])  # another network
    assert link(other.run()) == "http://192.168.1.7:8501/r/KMPQRS"


def test_the_address_that_the_browser_shows_comes_before_likelier_ones(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    listening(monkeypatch, "0.0.0.0")
    app.context["url"] = "http://172.17.0.1:8501/conduci"
    assert link(app.run()) == "http://172.17.0.1:8501/r/KMPQRS"
    app.context["url"] = "http://laptop.local:8501/conduci"  # reached by a name: its numbers may not serve
    assert link(app.run()) == "http://laptop.local:8501/r/KMPQRS"
    assert not app.selectbox


def test_the_word_is_shown_as_text_and_comes_in_at_once(app: AppTest) -> None:
    app.run()
    assert [text.value for text in app.text] == ["KMPQRS"]
    assert "KMPQRS" in vars(GUESSES)["_found"]


@pytest.mark.parametrize(
    ("address", "alone"),
    [
        ("http://localhost:8501", True),
        ("http://app.localhost", True),
        ("http://127.0.0.1:8501", True),
        ("http://[::1]:8501", True),
        ("http://0.0.0.0:8501", True),
        ("http://192.168.1.7:8501", False),
        (PUBLIC, False),
        ("http://localhost.example", False),
    ],
)
def test_it_is_known_which_addresses_stay_on_this_machine(address: str, alone: bool) -> None:
    assert here_only(address) == alone


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://ascolta.example/", PUBLIC),
        ("HTTP://Ascolta.Example:8080", "http://ascolta.example:8080"),
        ("https://[2001:db8::1]", "https://[2001:db8::1]"),
        ("ascolta.example", None),
        ("https://ascolta.example/path", None),
        ("https://ascolta.example?x", None),
        ("https://someone@ascolta.example", None),
        ("https://ascolta.example:99999", None),
        ("http://[", None),
        ("javascript:alert(1)", None),
        ("https://", None),
    ],
)
def test_an_address_is_whole_and_nothing_more(text: str, address: str | None) -> None:
    if address is not None:
        assert whole_address(text) == address
        return
    with pytest.raises(Problem):
        whole_address(text)


def test_the_lan_is_opened_on_request_only() -> None:
    assert Process("127.0.0.1", 8501).addresses == ["http://localhost:8501"]
    assert Process("::1", 80).addresses == ["http://[::1]:80"]
    here = [f"http://{name}:8501" for name in (*lan_addresses(), "localhost")]
    assert Process("0.0.0.0", 8501).addresses == here
    assert Process("0.0.0.0", 8501, PUBLIC).addresses == [PUBLIC, *here]
    assert not [address for address in lan_addresses() if address.startswith("127.")]


class ToTheNetwork:
    """A socket on a machine of which two addresses are known; the network is behind the second."""

    def __init__(self, *_kind: object) -> None: ...
    def __enter__(self) -> ToTheNetwork:
        return self

    def __exit__(self, *_error: object) -> None: ...
    def connect(self, _address: object) -> None: ...
    def getsockname(self) -> tuple[str, int]:
        return "192.168.1.7", 0


def test_the_address_that_phones_reach_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    known = [(0, 0, 0, "", (address, 0)) for address in ("172.17.0.1", "127.0.0.1", "192.168.1.7")]
    machine = SimpleNamespace(
        AF_INET=0,
        SOCK_DGRAM=0,
        gethostname=lambda: "here",
        getaddrinfo=lambda *_asked: known,
        socket=ToTheNetwork,
    )
    monkeypatch.setattr(public_address, "socket", machine)
    assert lan_addresses() == ["192.168.1.7", "172.17.0.1"]


def test_the_code_that_is_drawn_is_the_link_with_its_quiet_margin() -> None:
    drawn = picture(f"{PUBLIC}/r/KMPQRS")
    assert dark_modules(drawn) == dark_modules_of(segno.make_qr(f"{PUBLIC}/r/KMPQRS", error="m"))
    code = code_of(f"{PUBLIC}/r/KMPQRS")
    assert str(code.error) in ("M", "Q", "H")
    assert not code.is_micro
    width = len(code.matrix) + 2 * QUIET
    assert ElementTree.fromstring(drawn).get("viewBox") == f"0 0 {width} {width}"
    assert QUIET == 4


def dark_modules_of(code: segno.QRCode) -> set[tuple[int, int]]:
    return {(x + QUIET, y + QUIET) for y, row in enumerate(code.matrix) for x, dark in enumerate(row) if dark}


def dark_modules(svg: str) -> set[tuple[int, int]]:
    """The squares that the black path of the picture covers: runs along rows, as segno draws them."""
    path = next(p.get("d", "") for p in ElementTree.fromstring(svg).iter() if p.get("stroke") == "#000")
    found, x, y = set(), 0.0, 0.0
    for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?", path):
        if command == "h":
            found |= {(int(x) + step, int(y)) for step in range(int(first))}
            x += float(first)
        else:
            x, y = (float(first), float(second)) if command == "M" else (x + float(first), y + float(second))
    return found
