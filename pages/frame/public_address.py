"""By which address phones reach this app, and the links and codes that lead to a workshop.

Where no setting names it, it is the address that the browser of whoever prepares the workshop shows; and
where that is this machine itself, one of its addresses on the network, if the process listens there. Links
for staff never rest on what a browser says: `own_address`.
"""

from __future__ import annotations

import functools
import os
import socket
import time
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal
from urllib.parse import quote, urlsplit

import streamlit as st

from consultation.errors import Problem
from pages.frame import qr
from pages.frame.guesses import GUESSES
from pages.frame.language import language

VARIABLE = "ALLEANZA_PUBLIC_URL"
SECRET = "public_url"
_CHOICE = "join-address"
_FRESH = 30  # seconds for which the machine's addresses hold: a laptop may move to another network

_LARGE = """<style>.stApp .st-key-invitation-word [data-testid="stText"] {
  font-size: clamp(2.2rem, 5vw, 4.2rem); font-weight: 700; letter-spacing: 0.2em; line-height: 1.2;
  white-space: nowrap; }</style>"""

Source = Literal["setting", "browser", "network", "machine"]


@dataclass(frozen=True)
class Process:
    """What `server.py` says of itself: where it listens, and the address by which people know it, if any."""

    host: str
    port: int
    public_url: str = ""

    @property
    def addresses(self) -> list[str]:
        """What to type to get here, the most useful first."""
        own = [f"http://{name}:{self.port}" for name in names(self.host)]
        return [self.public_url, *own] if self.public_url else own


@dataclass(frozen=True)
class Joining:
    """Where links lead: to `address`, one of `choice`, all of which serve; none has a slash at its end.

    `why` it is this one: a setting names it, the browser shows it, it is the machine's on its network, or
    the machine's own. With `short` the process has the route by which links are short.
    """

    address: str
    why: Source
    choice: tuple[str, ...]
    short: bool = False

    @property
    def others(self) -> tuple[str, ...]:
        """The other addresses, the likeliest first."""
        return tuple(address for address in self.choice if address != self.address)

    @property
    def reachable(self) -> bool:
        """Whether another device gets anywhere by this address; whether it gets here, nobody can know."""
        return not here_only(self.address)

    def link(self, word: str) -> str:
        """What a participant opens: never a page's own address, for that loses the word."""
        return f"{self.address}/{'r/' if self.short else '?workshop='}{quote(word)}"


_process: Process | None = None
_chosen = ""  # for everybody: the wall of a room is looked at in another browser


def serve(process: Process) -> None:
    """From now on this is the process; until then it is one of plain `streamlit run`."""
    global _process
    _process = process


def joining() -> Joining:
    """How to join from where this page is looked at; among several addresses, by the one chosen.

    Raises `Problem` where a setting is no address.
    """
    short = _process is not None and not _base()
    if setting := public_url():
        return Joining(setting, "setting", (setting,), short)
    browser, network = _in_browser(), _on_the_network()
    if browser and not here_only(browser) and browser not in network:
        return Joining(browser, "browser", (browser,), short)
    if not network:
        here = browser or own_address()
        return Joining(here, "machine", (here,), short)
    wanted = (_chosen, browser, network[0])
    address = next(one for one in wanted if one in network)
    return Joining(address, "browser" if address == browser else "network", tuple(network), short)


def choose(address: str) -> None:
    """For as long as this process runs, have links lead to this one of the addresses, whoever shows them."""
    global _chosen
    _chosen = address


def offer(word: str) -> None:
    """The invitation `word` three ways, for whoever prepares or runs a workshop, with a choice of addresses
    where there is one, and a warning where phones cannot join.

    Raises `Problem` where the setting of the public address is none.
    """
    say, joined = language().say, joining()
    link = joined.link(word)
    GUESSES.found(word)  # staff show it: those who come do not wait behind others' guesses
    st.html(_LARGE)
    picture, words = st.columns([2, 3], gap="medium", vertical_alignment="center")
    picture.image(qr.picture(link), width="stretch", alt=say("QR code of {link}", link=link))
    with words:
        st.markdown(say("Point a phone's camera at the code, or open this address:"))
        st.code(link, language=None, wrap_lines=True)
        st.markdown(say("The word to call out:"))
        st.container(key="invitation-word").text(word)
        choose_address(joined)
    warn(joined)


def choose_address(joined: Joining) -> None:
    """The choice among several addresses, where there is one."""
    if not joined.others:
        return
    key = f"{_CHOICE}-{joined.address}"  # another field when somebody else has chosen meanwhile
    st.selectbox(
        language().say("If phones do not get there: another address of this computer"),
        joined.choice,
        index=joined.choice.index(joined.address),
        key=key,
        on_change=lambda: choose(str(st.session_state[key])),
    )


def warn(joined: Joining) -> None:
    """What phones need to join; nothing where an address of its own leads here."""
    say = language().say
    if not joined.reachable:
        st.warning(
            say(
                "Phones cannot join: these links open on this computer only. Stop Alleanza and start it with "
                "`make run ARGS=--lan` to let phones on the same network in; behind an address of its own, "
                "with `--public-url https://…`."
            )
        )
    elif joined.why == "network":
        st.markdown(say("Phones must be on the same network (Wi-Fi) as this computer."))


def public_url() -> str:
    """The address by which people know this app, if a setting names one; else nothing.

    Raises `Problem` where the setting is no address.
    """
    if _process is not None:
        return _process.public_url
    setting = setting_given()
    return whole_address(setting) if setting else ""


def setting_given() -> str:
    """The setting as it is written, in the environment or else in Streamlit's secrets."""
    given = os.environ.get(VARIABLE, "")
    if not given and st.secrets.load_if_toml_exists():
        given = str(st.secrets.get(SECRET, ""))
    return given.strip()


def whole_address(text: str) -> str:
    """`text` without a slash at its end; raises `Problem` unless it is an address, and no more than that."""
    try:
        parts = urlsplit(text)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port or a number that cannot be
        whole = False
    written = text.rstrip("/").lower()
    if not whole or "@" in written or written != f"{parts.scheme}://{parts.netloc.lower()}":
        raise Problem(
            "{address} is not the address of a whole site: write it as https://example.org, with no path.",
            address=text,
        )
    return written


def own_address() -> str:
    """Where this app answers, as far as it knows itself: never from what a browser claims."""
    if _process is not None:
        return _process.addresses[0]
    try:
        setting = public_url()
    except Problem:  # told where links are made
        setting = ""
    return setting or f"http://localhost:{st.get_option('server.port')}{_base()}"


def here_only(address: str) -> bool:
    """Whether no other machine gets anywhere by this address."""
    host = urlsplit(address).hostname or "localhost"
    try:
        number = ip_address(host)
    except ValueError:  # a name
        return host == "localhost" or host.endswith(".localhost")
    return number.is_loopback or number.is_unspecified


def lan_addresses() -> list[str]:
    """The addresses by which others on the same network reach this machine, the likeliest first."""
    found = {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    usual = ""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))  # sends nothing: only asks which way it would go
            found.add(usual := probe.getsockname()[0])
        except OSError:
            pass  # no network at all
    others = (address for address in found if not address.startswith("127."))
    return sorted(others, key=lambda address: (address != usual, address))


def names(host: str) -> list[str]:
    """What this machine is called when the process listens at `host`, the most useful first."""
    if host in ("0.0.0.0", "::"):
        return [*_lately(int(time.monotonic() // _FRESH)), "localhost"]
    return ["localhost" if host == "127.0.0.1" else f"[{host}]" if ":" in host else host]


@functools.lru_cache(maxsize=1)
def _lately(_period: int) -> list[str]:
    """Every run of a page asks, and some machines take seconds to answer."""
    return lan_addresses()


def _on_the_network() -> list[str]:
    """The addresses at which the process listens for others, the likeliest first."""
    if _process is not None:
        host, port = _process.host, _process.port
    else:
        host, port = str(st.get_option("server.address") or "0.0.0.0"), int(st.get_option("server.port"))
    addresses = (f"http://{name}:{port}{_base()}" for name in names(host))
    return [address for address in addresses if not here_only(address)]


def _in_browser() -> str:
    """The address of the app that this page's browser shows, without page and query; or nothing."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}{_base()}" if parts.scheme in ("http", "https") else ""


def _base() -> str:
    """The path under which Streamlit's settings put the app, beginning with a slash; mostly nothing."""
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""
