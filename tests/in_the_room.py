"""A workshop that runs, for tests of its pages: who is let in, what is sent and read, what a screen holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from streamlit.testing.v1 import AppTest

from consultation.ballot import vote
from consultation.conducting import Conducting
from consultation.contribution import Consent, Contribution, Rating, Reply
from consultation.moderated import Moderated, moderation
from consultation.moderation import Reason
from consultation.permissions import Role
from consultation.room import Room
from consultation.steps import Step
from consultation.stores import Store
from consultation.workshop import Round, Table, Workshop
from pages.frame.staff_link import STAFF_LINK
from tests.conftest import PROJECT

MILAN = "milano-welfare"
WORD, TABLE = "KMPQRS", "TAVPLW"
RUN = "pages/facilitator/run.py"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ROUNDS = (Round("solitudini", ("visioni",), 7, rated=False), Round("protezione", (), 0))


def workshop_in(store: Store, rounds: tuple[Round, ...] = ROUNDS) -> Workshop:
    """The workshop of these rounds, with one table."""
    plain = Workshop(WORD, MILAN, "Municipio 2", tables=(Table(TABLE, "Tavolo 3"),))
    store.add_workshop(plain.with_rounds(rounds, store.consultation(MILAN)))
    return kept(store)


def kept(store: Store) -> Workshop:
    found = store.workshop(WORD)
    assert found is not None
    return found


def room(store: Store) -> Room:
    return Room.after(kept(store), store.steps(WORD))


def act(store: Store, *does: Callable[[Conducting], Step], at: datetime | None = None) -> None:
    """What somebody does in the workshop, on another screen."""
    for make in does:
        now, plan = room(store), store.consultation(MILAN).plan
        store.act(WORD, make(Conducting(now, plan, at or datetime.now(UTC))), now.number)


def say(
    store: Store,
    who: str,
    *texts: str,
    group: str = "cittadini",
    consent: Consent = "quotable_with_group",
    ratings: tuple[Rating, ...] = (),
    minute: int = 0,
) -> Contribution:
    """One person's answers in the workshop, to the plan's guiding questions in their order."""
    guides = list(store.consultation(MILAN).plan.guides)
    earlier = store.contribution(who)
    said = Contribution(
        who,
        earlier.version + 1 if earlier else 1,
        MILAN,
        group,
        consent,
        NOON.replace(minute=minute),
        "workshop",
        workshop=WORD,
        replies=tuple(Reply("solitudini", guide, text) for guide, text in zip(guides, texts, strict=False)),
        ratings=ratings,
    )
    store.add(said)
    return said


def read(
    store: Store, one: Contribution, reason: Reason | None = None, place: int = 0, minute: int = 0
) -> str:
    """Somebody else reads one answer of this contribution, and passes or hides it."""
    reply = one.replies[place]
    answer = one.answer_id(reply)
    seen = Moderated.after(store.moderations(MILAN)).seen(answer)
    at = NOON.replace(minute=minute)
    store.moderate(MILAN, moderation(answer, reply.text, at, reason, "perché" if reason else ""), seen)
    return answer


def give(store: Store, voter: str, points: dict[str, int], ballot: str = "b1") -> None:
    """One vote with points or dots."""
    plan, on = store.consultation(MILAN).plan, room(store).ballots[ballot].ballot
    store.vote(vote(plan, on, WORD, voter, "cittadini", "", NOON, points))


def staff(*roles: Role) -> AppTest:
    """The app, opened by a link that gives these roles."""
    app = AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=20)
    link = STAFF_LINK.invite(roles, "http://localhost:8501")
    app.query_params["staff"] = link.rpartition("=")[2]
    return app.run()


def facilitator() -> AppTest:
    """The page on which a facilitator runs the workshop."""
    return staff("facilitator").switch_page(RUN).run()


def part(app: AppTest, name: str) -> AppTest:
    """One of the parts of that page."""
    control = next(group for group in app.button_group if group.key == "typed/run-part")
    return control.set_value(name).run()


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def keys(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


def told(app: AppTest) -> str:
    """Every problem that is told."""
    return " ".join(str(error.value).replace("\\", "") for error in app.error)


def words(app: AppTest) -> str:
    """All that stands on the screen in words."""
    elements = (*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.text)
    return " ".join(str(element.value) for element in elements).replace("\\", "")


def everything(app: AppTest) -> bytes:
    """All that was sent to the browser: the data of charts and tables, names and tooltips too."""
    protos = [getattr(node, "proto", None) for node in app._tree]
    sent = [proto.SerializeToString() for proto in protos if proto is not None]
    assert sent
    return b"\n".join(sent)
