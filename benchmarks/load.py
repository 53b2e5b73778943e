"""How many people one process serves who send their answers, and whether everything thanked for is kept.

    python benchmarks/load.py [--quick] [--store-address STORE] [--address http://…]

Virtual people speak Streamlit's own protocol with a `python server.py` that is started on this machine with
a new store: each opens the answer page, says who is speaking, opens a question, rates, writes a text of its
own, sends it and waits for the thanks. In the lines `without pauses` each goes back at once to correct what
it sent and sends it anew, a version each time; in the lines `once` each comes at a time of its own within 30
seconds and sends once. Then each is looked up in the store: every text thanked for must be there, once.

Printed are the sendings and those kept, sendings a second, seconds from the tap to the thanks (the middle
one and the 95th of a hundred), errors, runs of the page for each sending, and memory of the server for each
session. Beside every line without pauses the same payload goes to a bare endpoint, a process of its own on a
store of its own, that parses, checks with the same `contribute()` and stores. The generator is a third
process on the same processors. `--store-address` names the store of the app, `--address` an app that runs
already, on that store. Ends with 1 if anything was lost or doubled, or went wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import load_servers  # noqa: E402
from benchmarks.load_person import GUIDE, QUESTION, RATED, LoadError, Person  # noqa: E402
from consultation.codes import new_return_code  # noqa: E402
from consultation.stores import Store  # noqa: E402
from consultation.stores.addresses import open_store  # noqa: E402

TOGETHER, ONCE = (1, 10, 50, 100), (10, 1_000)
SECONDS = 8.0  # for a line without pauses
WITHIN = 30.0  # seconds in which everybody comes once
MOST = 2_000  # sendings in a line
_ERRORS = (LoadError, OSError, TimeoutError, httpx.HTTPError)


@dataclass
class Line:
    """What came of one way of sending."""

    name: str
    people: list[Person] = field(default_factory=list)
    seconds: float = 0.0
    errors: list[str] = field(default_factory=list)
    grown: float = 0.0

    @property
    def waits(self) -> list[float]:
        return sorted(wait for person in self.people for wait in person.waits)

    @property
    def rate(self) -> float:
        return len(self.waits) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        waits = self.waits
        return waits[min(int(share * len(waits)), len(waits) - 1)] if waits else float("nan")

    def kept(self, store: Store) -> int:
        """How many of the texts thanked for are in the store; -1 if one is there twice or unasked."""
        kept = 0
        for person in self.people:
            texts = [
                reply.text for version in store.versions(person.contribution) for reply in version.replies
            ]
            if len(texts) != len(set(texts)) or (not self.errors and len(texts) > len(person.sent)):
                return -1
            kept += len(set(texts) & set(person.sent))
        return kept


async def without_pauses(address: str, many: int, seconds: float) -> Line:
    """All are in the form before the first sends; then each sends as fast as it is thanked."""
    line = Line(f"{many} without pauses", [Person(address, f"{many}-{n}") for n in range(many)])
    for person in line.people:
        await person.come_in()
    start = time.perf_counter()
    rounds = MOST // many

    async def go_on(person: Person) -> None:
        person.runs = 0
        for number in range(rounds):
            if number:
                await person.go_back()
            await person.send(_text(person, number))
            if time.perf_counter() - start > seconds:
                return

    await _all(line, go_on)
    line.seconds = time.perf_counter() - start
    return line


async def once(address: str, many: int, within: float) -> Line:
    """Each comes at a time of its own, is through the form at once, and stays to the end."""
    line = Line(
        f"{many:,} once in {within:.0f} s", [Person(address, f"once-{many}-{n}") for n in range(many)]
    )
    chance = random.Random(many)
    start = time.perf_counter()

    async def come(person: Person) -> None:
        await asyncio.sleep(chance.uniform(0, within))
        await person.come_in()
        await person.send(_text(person, 0))

    await _all(line, come)
    line.seconds = time.perf_counter() - start
    return line


async def to_the_bare(address: str, many: int, seconds: float) -> Line:
    """The same payload, as fast as it is answered."""
    line = Line(f"{many} to the bare endpoint", [Person(address, f"bare-{many}-{n}") for n in range(many)])
    limits = httpx.Limits(max_connections=many, max_keepalive_connections=many)
    start = time.perf_counter()
    async with httpx.AsyncClient(limits=limits, timeout=60) as client:

        async def go_on(person: Person) -> None:
            person.contribution, code = f"{random.getrandbits(128):032x}", new_return_code()
            ratings = [[*place.split("/"), 1 + n] for n, place in enumerate(RATED)]
            said = {"id": person.contribution, "code": code, "question": QUESTION, "guide": GUIDE,
                    "group": "terzo_settore", "ratings": ratings}  # fmt: skip
            for number in range(MOST * 10):
                text = _text(person, number)
                tapped = time.perf_counter()
                (await client.post(address, json={**said, "text": text})).raise_for_status()
                person.waits.append(time.perf_counter() - tapped)
                person.sent.append(text)
                if time.perf_counter() - start > seconds:
                    return

        await _all(line, go_on)
    line.seconds = time.perf_counter() - start
    return line


async def _all(line: Line, each: Callable[[Person], Awaitable[None]]) -> None:
    async def safely(person: Person) -> None:
        try:
            await each(person)
        except _ERRORS as error:
            line.errors.append(f"{person.name}: {error!r}")

    await asyncio.gather(*(safely(person) for person in line.people))


def _text(person: Person, number: int) -> str:
    return f"Più luoghi dove incontrarsi, aperti la sera, vicino a casa: {person.name} lo dice, {number}."


def measure(
    app: str, store: Store, process: int, bare: str, kept_bare: Store, asked: argparse.Namespace
) -> bool:
    """Every line, printed when it is done; whether all that was sent is kept. One person warms the app up."""
    asyncio.run(without_pauses(app, 1, 0))
    well, least = True, 0.0
    for many in asked.together:
        own = _ended(without_pauses(app, many, asked.seconds), process)
        well &= _tell(own, store)
        beside = _ended(to_the_bare(bare, many, asked.seconds), 0)
        well &= _tell(beside, kept_bare)
        print(f"  the app serves {own.rate / beside.rate:.3f} of the bare endpoint", flush=True)
    for many in asked.once:
        own = _ended(once(app, many, asked.within), process)
        well &= _tell(own, store)
        least = least or own.percentile(0.95)
        print(
            f"  its p95 is {own.percentile(0.95) / least:.1f} times that of the first such line", flush=True
        )
    return well


def _ended(measuring: Coroutine[None, None, Line], process: int) -> Line:
    """The line once everybody has left; memory is looked at while all are still there."""
    before = load_servers.memory(process) if process else 0.0

    async def through() -> Line:
        line = await measuring
        line.grown = (load_servers.memory(process) - before) / len(line.people) if process else 0.0
        await asyncio.gather(*(person.leave() for person in line.people))
        return line

    return asyncio.run(through())


def _tell(line: Line, store: Store) -> bool:
    sent, kept = len(line.waits), line.kept(store)
    runs = sum(person.runs for person in line.people) / max(sent, 1)
    print(
        f"{line.name:26} sent {sent:6,}  kept {kept:6,}  {line.rate:6.1f}/s p50 {line.percentile(0.5):.3f} s"
        f"  p95 {line.percentile(0.95):7.3f} s  errors {len(line.errors)}  runs {runs:.1f}"
        f"  MB each {line.grown:.2f}",
        flush=True,
    )
    for error in line.errors[:3]:
        print(f"  {error}", flush=True)
    return sent == kept > 0 and not line.errors


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Times the answer page when many people send at once.")
    parser.add_argument("--quick", action="store_true", help="a few people, a second each")
    parser.add_argument("--store-address", metavar="STORE", default="", help="default: a new SQLite file")
    parser.add_argument("--address", default="", help="of an app that runs already, on --store-address")
    asked = parser.parse_args(arguments)
    if asked.address and not asked.store_address:
        parser.error("--address needs --store-address: what was sent is looked up there")
    asked.together, asked.once = ((1, 3), (3,)) if asked.quick else (TOGETHER, ONCE)
    asked.seconds, asked.within = (0.5, 0.5) if asked.quick else (SECONDS, WITHIN)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        address = asked.store_address or str(Path(folder) / "app.sqlite")
        app, process = asked.address.rstrip("/"), 0
        if not app:
            app, process = running.enter_context(load_servers.app(address))
        bare_store = str(Path(folder) / "bare.sqlite")
        bare = running.enter_context(load_servers.bare(bare_store))
        store = running.enter_context(closing(open_store(address)))
        kept_bare = running.enter_context(closing(open_store(bare_store)))
        return 0 if measure(app, store, process, bare, kept_bare, asked) else 1


if __name__ == "__main__":
    sys.exit(main())
