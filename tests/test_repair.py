"""Marks that scanning leaves, and what only looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.repair import MENDS, damaged, repaired


@pytest.mark.parametrize(
    ("scanned", "meant"),
    [
        ("comunicazione e I'accountability", "comunicazione e l'accountability"),
        ("Rafforzare I’approccio", "Rafforzare l’approccio"),
        ("I’laccountability del lavoro", "L’accountability del lavoro"),
        ("che |'ascolto sia", "che l'ascolto sia"),
        ("Basta. I'ascolto manca", "Basta. L'ascolto manca"),
        (". I’accessibilita conta", ". L’accessibilita conta"),
        ("il costo deI servizio, moIto aIto", "il costo del servizio, molto alto"),
        ("della filantropia. |l valore espresso", "della filantropia. Il valore espresso"),
        ("| sistemi di protezione", "I sistemi di protezione"),
        ("tutelare € un magnete", "tutelare è un magnete"),
        ("Questa € determinata principalmente", "Questa è determinata principalmente"),
        ("I’accessibilita & una variabile critica", "L’accessibilita è una variabile critica"),
        (". & cruciale promuovere", ". È cruciale promuovere"),
        ("& importante che", "È importante che"),
        ("non si pud fare", "non si può fare"),
        ("il mondo delleducazione", "il mondo dell'educazione"),
        ("Sullincontro tra", "Sull'incontro tra"),
        ("nellambito e allinizio, dallutenza", "nell'ambito e all'inizio, dall'utenza"),
        ("la comu-\nnicazione", "la comunicazione"),
        ("la comu-\r\n  nicazione", "la comunicazione"),
        ("la comu\u00adnica\u00ad\nzione", "la comunicazione"),
        ("ﬁducia, conﬂitto, eﬃcacia", "fiducia, conflitto, efficacia"),
        ("leggere ed individuare il\nbisogno", "leggere ed individuare il bisogno"),
        ("accoglierli, tutelarli,\ne ascoltarli", "accoglierli, tutelarli, e ascoltarli"),
    ],
)
def test_marks_of_scanning_are_mended(scanned: str, meant: str) -> None:
    assert repaired(scanned) == meant


@pytest.mark.parametrize(
    "text",
    [
        "€ 500 al mese, 500 € l'anno, 3 € a testa",
        "un contributo in € per persona",
        "costa € tanti",
        "R&D, ricerca & sviluppo, bed & breakfast, Dolce & Gabbana",
        "Io non so. I servizi, II guerra, IV piano, Municipio VII, secolo XXI",
        "I'm here, I'd like, I've seen, I'll come",
        "scrivere a Ida.Ilari@example.org o a dellarte@example.org",
        "OpenAI, WiFi, iPhone, NEET, RSA, ISEE",
        "a | b | c",
        "| servizi | costi |",
        "i più fragili | persone straniere | molti anziani",
        "allora, alloro, allarme, alleanza, allegato, allergia, alloggio, alluvione, allenatore, allievo",
        "lutenza non si tocca: manca la preposizione",
        "L'ascolto, l'ascolto, dell'educazione",
        "- primo punto\n- secondo punto",
        "Titolo\nTesto che segue",
        "fine.\nnuova riga",
        "palestre\nteatri\nbocciofile",
        "CuraItalia, TuttiInsieme, PosteInteractive",
        "un paragrafo\n\naltro paragrafo",
        "12\n\nCOMUNE DI MILANO",
        "la Co-\nMilano",
        "",
    ],
)
def test_what_may_be_meant_stays(text: str) -> None:
    assert repaired(text) == text
    assert not damaged(text)


def test_a_scanned_page_is_offered_its_repair_and_one_slip_is_not() -> None:
    page = "Occorre rendicontare i dati e I'efficacia dei sistemi.\nLa capacita € un magnete delleducazione."
    assert damaged(page)
    assert not damaged(repaired(page))
    assert not damaged("Una volta sola si pud sbagliare.")
    assert not damaged(page + " parola" * 2000)


def test_broken_lines_alone_are_no_damage() -> None:
    assert not damaged("leggere ed individuare il\nbisogno della citta e\ncomu-\nnicarlo a chi\nascolta")


@given(st.text(alphabet=st.sampled_from("aeIl|€& '’.-\nndpu"), max_size=60))
def test_repairing_twice_changes_nothing_more(text: str) -> None:
    once = repaired(text)
    assert repaired(once) == once


def test_every_mend_says_why() -> None:
    assert len({mend.name for mend in MENDS}) == len(MENDS)
    assert all(mend.why.endswith(".") for mend in MENDS)
