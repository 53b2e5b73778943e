"""Who keeps the consultations: what staff may do, and what a visitor never meets."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from consultation.contribution import Contribution, Reply
from consultation.language import Language
from consultation.opening import EXAMPLE
from consultation.stores import Store
from consultation.stores.sql import SqlStore
from consultation.workshop import Workshop
from pages.frame import public_address
from pages.frame import store as keeping
from pages.frame.public_address import Process
from pages.frame.staff_link import STAFF_LINK
from tests.conftest import PROJECT

MILAN = "milano-welfare"
PAGE = "pages/administrator/consultations.py"
IT = Language("it").say


def fresh_token(printed: str) -> str:
    return str(re.findall(r"\?staff=(\S+)", printed)[-1])


def visit() -> AppTest:
    return AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=20)


@pytest.fixture
def staff(store: Store, capsys: pytest.CaptureFixture[str]) -> AppTest:
    """The app, opened by a staff link, at the page of the consultations."""
    STAFF_LINK.announce("http://localhost:8501")
    app = visit()
    app.query_params["staff"] = fresh_token(capsys.readouterr().out)
    app.run()
    return app.switch_page(PAGE).run()


def keys(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


def headings(app: AppTest) -> str:
    return " | ".join(str(header.value).replace("\\", "") for header in app.header)


def told(app: AppTest) -> str:
    return " ".join(str(error.value).replace("\\", "") for error in app.error)


def test_a_visitor_sees_the_example_only_and_can_change_nothing(store: Store) -> None:
    app = visit().run()
    app.switch_page(PAGE).run()
    assert len(app.header) == 1
    assert IT("Example: {name}", name="").strip() in headings(app)
    assert not app.text_input
    assert not keys(app) & {"remove-example", f"prepare-{EXAMPLE}", "leave-staff"}
    assert not app.code  # not where the store is, either


def test_naming_a_real_consultation_opens_it_to_no_visitor(store: Store) -> None:
    app = visit()
    app.query_params["consultation"] = MILAN
    app.run()
    app.switch_page(PAGE).run()
    assert len(app.header) == 1
    store.remove_consultation(EXAMPLE)
    app.run()
    assert told(app) == IT("This page is for staff. Their link is in the window where Alleanza was started.")
    assert not app.header


def test_staff_see_every_consultation_and_where_it_is_kept(staff: AppTest, store: SqlStore) -> None:
    assert len(staff.header) == 4
    assert staff.code[0].value == store.database.name


def test_preparing_begins_at_the_consultation_that_was_looked_at(staff: AppTest, store: Store) -> None:
    assert f"prepare-{EXAMPLE}" not in keys(staff)
    staff.button(key=f"prepare-{MILAN}").click().run()
    assert not staff.exception
    assert staff.title[0].value == IT("Prepare")
    assert staff.selectbox[0].value == MILAN


@pytest.mark.parametrize(
    ("shown", "link", "warned"),
    [
        ("http://localhost:8501/consultazioni", "http://localhost:8501/?workshop=KMPQRS", True),
        ("http://192.168.1.7:8501/consultazioni", "http://192.168.1.7:8501/?workshop=KMPQRS", False),
        ("https://ascolta.example/consultazioni?x=1", "https://ascolta.example/?workshop=KMPQRS", False),
    ],
)
def test_links_that_phones_cannot_open_say_so(
    staff: AppTest, store: Store, shown: str, link: str, warned: bool
) -> None:
    staff.context["url"] = shown
    staff.run()
    assert not staff.warning  # nobody has a link yet
    store.add_workshop(Workshop("KMPQRS", MILAN, "Municipio 2"))
    staff.run()
    assert bool(staff.warning) == warned
    assert staff.dataframe[0].value.iloc[0].tolist()[2] == link


def test_the_last_answer_came_at_the_time_of_the_place(
    staff: AppTest, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add(
        Contribution(
            "p", 1, MILAN, "cittadini", "counted_only", datetime(2099, 12, 31, 23, 38, tzinfo=UTC),
            replies=(Reply("solitudini", "visioni", "Più luoghi."),),
        )
    )  # fmt: skip
    monkeypatch.setenv("TZ", "CET-1")
    time.tzset()
    staff.run()
    monkeypatch.undo()
    time.tzset()
    shown = IT("last answer on {day} at {time}", day="01/01/2100", time="00:38")
    assert any(shown in str(m.value) for m in staff.markdown)


def test_the_example_goes_at_one_click(staff: AppTest, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    told_of: list[str] = []
    monkeypatch.setattr(keeping, "_FORGETTING", [told_of.append])
    staff.button(key="remove-example").click().run()
    assert [c.id for c in store.consultations()] == [MILAN]
    assert EXAMPLE not in vars(keeping._opened(keeping.address())[1])["_read"]
    assert told_of == [EXAMPLE]
    assert "remove-example" not in keys(staff)
    said = IT("The example was removed, for everyone. Your own consultations are as they were.")
    assert [str(success.value) for success in staff.success] == [said]
    assert not staff.run().success
    staff.switch_page("pages/stakeholder/welcome.py").run()
    assert "real-map" in keys(staff)
    visitor = visit().run()
    assert not keys(visitor) & {"example", "real-map"}
    visitor.switch_page("pages/analyst/priority_map.py").run()
    assert {link.proto.page for link in visitor.get("page_link")} == {"", "partecipa", "il-mio-contributo"}


def test_staff_access_ends_when_asked(staff: AppTest) -> None:
    staff.button(key="leave-staff").click().run()
    assert len(staff.header) == 1
    assert not staff.code


def test_a_link_is_good_once_and_the_next_one_is_printed(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    STAFF_LINK.announce("http://localhost:8501")
    used = fresh_token(capsys.readouterr().out)
    app = visit()
    app.query_params["staff"] = used
    app.run()
    assert "staff" in keys(app)
    assert "staff" not in app.query_params
    fresh = fresh_token(capsys.readouterr().out)
    assert fresh != used
    late = visit()
    late.query_params["staff"] = used
    late.run()
    assert "staff" not in keys(late)
    assert late.warning[0].value == IT(
        "This staff link has been used already, or its time is over. Ask whoever gave it to you for another; "
        "a fresh one for administrators is in the terminal window."
    )


def let_in(staff: AppTest, role: str) -> AppTest:
    """The app, opened by a link that the administrator has made just now."""
    staff.button(key=f"let-in-{role}").click().run()
    app = visit()
    app.query_params["staff"] = staff.code[0].value.split("?staff=")[1]
    return app.run()


def test_a_facilitator_is_let_into_the_room_and_no_further(staff: AppTest, store: Store) -> None:
    facilitator = let_in(staff, "facilitator")
    assert facilitator.button(key="staff").label == IT("Open the room")
    assert not staff.run().code[0].value.count("?staff=")  # used up: it stands there no more
    facilitator.switch_page(PAGE).run()
    assert len(facilitator.header) == 2
    assert not keys(facilitator) & {"let-in-facilitator", "let-in-analyst", "remove-example"}
    assert not facilitator.code  # not where the store is, either
    facilitator.button(key="leave-staff").click().run()
    assert len(facilitator.header) == 1


def test_an_analyst_reads_what_is_real_and_prepares_nothing(staff: AppTest, store: Store) -> None:
    analyst = let_in(staff, "analyst")
    assert analyst.button(key="staff").label == IT("Open the results")
    assert "leave-staff" in keys(analyst)
    analyst.switch_page(PAGE).run()
    assert len(analyst.header) == 1  # the example
    assert f"make-workshop-{MILAN}" not in keys(analyst)


def test_a_link_never_rests_on_what_a_browser_says(staff: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    staff.context["url"] = "https://evil.example/consultazioni"
    staff.button(key="let-in-analyst").click().run()
    assert staff.code[0].value.startswith("http://localhost:")
    assert "--lan" in staff.warning[0].value
    monkeypatch.setattr(public_address, "_process", Process("127.0.0.1", 8501, "https://ascolta.example"))
    staff.button(key="let-in-analyst").click().run()
    assert staff.code[0].value.startswith("https://ascolta.example/?staff=")
    assert not staff.warning
