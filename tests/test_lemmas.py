"""Which forms are counted together, and the word lists that a person may edit."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.folding import folded
from analysis.text.lemmas import keys, plain_form
from analysis.text.lexicon import Lexicon, read_lexicon, read_lexicons
from analysis.text.tokens import tokens
from tests.conftest import PROJECT

LEXICONS = PROJECT / "data" / "lexicon"

_WELFARE = """
accoglienze>accoglienza adolescenti>adolescente affidi>affido affitti>affitto alloggi>alloggio ambiti>ambito
amiche>amico anziane>anziano anziana>anziano anziani>anziano aperte>aperto ascolto>ascolto asili>asilo
assegni>assegno assistenti>assistente assistenza>assistenza associazioni>associazione attese>attesa
badante>badante badanti>badante bambine>bambino bandi>bando biblioteche>biblioteca bilanci>bilancio
bisogni>bisogno caregiver>caregiver caregivers>caregiver case>casa citta>citta città>citta
cittadine>cittadino cittadini>cittadino competenze>competenza comuni>comune connessioni>connessione
connettori>connettore conoscenze>conoscenza cooperative>cooperativa coprogettazione>coprogettazione
co-progettazione>coprogettazione cortili>cortile criteri>criterio cure>cura custodi>custode dati>dato
difficoltà>difficolta dipendenze>dipendenza diritti>diritto disabili>disabile disabilità>disabilita
disoccupate>disoccupato donne>donna educatrice>educatore educatrici>educatore educatori>educatore
équipe>equipe equipe>equipe esclusi>escluso facilitatrici>facilitatore famiglie>famiglia
farmacisti>farmacista figlie>figlio filiere>filiera fondazioni>fondazione fondi>fondo fragili>fragile
fragilità>fragilita genitori>genitore giovani>giovane graduatorie>graduatoria immigrate>immigrato
impresa>impresa imprese>impresa incontri>incontro informazioni>informazione innovativa>innovativo
innovative>innovativo insegnanti>insegnante interculturali>interculturale
intergenerazionali>intergenerazionale interventi>intervento isolate>isolato isolati>isolato
laboratori>laboratorio lavori>lavoro lavoratrici>lavoratore legami>legame letti>letto liste>lista
luoghi>luogo madri>madre mediatrici>mediatore medici>medico mense>mensa migranti>migrante minori>minore
moduli>modulo municipi>municipio neomamme>neomamma nonne>nonno operatrici>operatore operatori>operatore
opportunità>opportunita opportunita>opportunita orari>orario oratori>oratorio orti>orto ospedali>ospedale
parchi>parco periferie>periferia persone>persona piazze>piazza portinaia>portinaio portinerie>portineria
povertà>poverta precarie>precario prevenzione>prevenzione psicologhe>psicologo quartieri>quartiere
ragazze>ragazzo redditi>reddito relazioni>relazione requisiti>requisito reti>rete rette>retta
ricercatrici>ricercatore risorse>risorsa rifugiate>rifugiato scuole>scuola sentinelle>sentinella
servizi>servizio socioassistenziali>socioassistenziale sociosanitari>sociosanitario
sociosanitarie>sociosanitario socio-sanitaria>sociosanitario soggetti>soggetto soglie>soglia sola>solo
sole>solo soli>solo solitudini>solitudine spazi>spazio sportelli>sportello spreco>spreco sprechi>spreco
stato>stato stranieri>straniero straniera>straniero studentesse>studente tavoli>tavolo tempestiva>tempestivo
turni>turno uomini>uomo utenti>utente vedove>vedovo vicine>vicino volontarie>volontario volontari>volontario
welfare>welfare
"""
WELFARE_WORDS = _WELFARE.split()


def key(surface: str, lexicon: Lexicon) -> str:
    return keys([surface], lexicon)[surface]


@pytest.fixture(scope="module")
def italian() -> Lexicon:
    return read_lexicon(LEXICONS / "it")


@pytest.fixture(scope="module")
def english() -> Lexicon:
    return read_lexicon(LEXICONS / "en")


def test_there_are_enough_welfare_words() -> None:
    assert len(WELFARE_WORDS) >= 100


@pytest.mark.parametrize("pair", WELFARE_WORDS)
def test_welfare_words_keep_their_headword(pair: str, italian: Lexicon) -> None:
    form, headword = pair.split(">")
    assert key(form, italian) == headword


def test_forms_written_down_without_sight_of_the_lists_get_their_headword(italian: Lexicon) -> None:
    """A function word is its own key."""
    with (PROJECT / "tests" / "plan_words.csv").open(encoding="utf-8") as lines:
        lemmas = {row["form"]: folded(row["lemma"]) for row in csv.DictReader(lines)}
    key_of = keys(lemmas, italian)
    assert len(lemmas) >= 190
    assert {
        form for form, key in key_of.items() if key not in {lemmas[form], *italian.function_words}
    } == set()


@pytest.mark.parametrize(
    "forms",
    [
        "chiuso chiusa chiusi chiuse chiudere",
        "ascoltare ascoltiamo ascoltarli",
        "accorgersi accorgerci accorge",
        "presa prese preso presi prendere prendersi",
        "consumo consumi",
        "integrato integrati integrate",
        "ragazz* ragazzə ragazzi RAGAZZE",
        "Città citta CITTA' città",
        "online on-line",
        "raccolta raccolte",
        "proposta proposte",
        "richiesta richieste",
        "contratto contratti",
        "rifugio rifugi",
        "utile utilissimo utilissime",
        "felice felicissima",
        "grande grandissimi",
        "adeguato adeguata adeguate",
        "autistico autistici autistica autistiche",
        "tenere tengono tenendo",
        "svolgere svolto svolte",
        "dividere divisa divisi",
    ],
)
def test_forms_of_one_word_have_one_key(forms: str, italian: Lexicon) -> None:
    assert len(set(keys(forms.split(), italian).values())) == 1


@pytest.mark.parametrize(
    "forms",
    [
        "casa caso",
        "donna uomo",
        "madre padre",
        "solo sala",
        "modo moda",
        "parte partito",
        "raccolta raccogliere",
        "parti parto",
        "salute saluti",
        "leggere leggero",
        "autista autistico",
        "notte note",
    ],
)
def test_words_that_only_look_alike_stay_apart(forms: str, italian: Lexicon) -> None:
    assert len(set(keys(forms.split(), italian).values())) == len(forms.split())


@pytest.mark.parametrize(
    ("word", "headword"),
    [("volunteers", "volunteer"), ("children", "child"), ("people's", "people"), ("meetings", "meeting"),
     ("centers", "centre"), ("needs", "need")],
)  # fmt: skip
def test_english_too(word: str, headword: str, english: Lexicon) -> None:
    assert key(word, english) == headword


def test_the_city_keeps_its_words(italian: Lexicon) -> None:
    """Ready-made lists take these away."""
    kept = """
    città persone lavoro casa tempo gruppo stato parte anni nuovo nuovi buono bene governo uomo ultimo
    solo soli sole
    """
    assert not {folded(word) for word in kept.split()} & italian.function_words


@pytest.mark.parametrize(
    "word",
    ["dell'", "L’", "c'", "è", "e'", "po'", "perche'", "Perché", "tutt*", "con", "hanno", "può", "due"],
)
def test_function_words_are_known_however_typed(word: str, italian: Lexicon) -> None:
    assert key(word, italian) in italian.function_words


def test_accents_typed_as_apostrophes_break_neither_elision_nor_quotes(italian: Lexicon) -> None:
    text = "E' vero, c'e' un po' piu' d'aiuto: l'unita' di strada, la 'casa' e la citta' perche' e' cosi'"
    words = [token.surface for token in tokens(text)]
    key_of = keys(words, italian)
    assert [key_of[word] for word in words if key_of[word] not in italian.function_words] == [
        "vero", "aiuto", "unita", "strada", "casa", "citta"
    ]  # fmt: skip


@given(st.text(max_size=20))
def test_a_key_is_folded_and_steady(text: str) -> None:
    """Folding twice changes nothing more, and a key names itself alone."""
    assert folded(folded(text)) == folded(text)
    nothing = Lexicon("it", frozenset(), {folded(plain_form(text, "it")): "x"})
    assert key(text, nothing) == "x"


@pytest.mark.parametrize(
    ("form", "headword"),
    [
        ("broltabili", "broltabile"),
        ("broltissimi", "brolto"),
        ("broltantissime", "broltante"),
        ("abili", "abile"),
        ("personali", "personale"),
    ],
)
def test_a_word_unknown_to_the_dictionary_goes_by_its_longest_ending(
    form: str, headword: str, italian: Lexicon
) -> None:
    assert key(form, italian) == headword


def test_every_shipped_override_names_a_headword_that_stays(italian: Lexicon, english: Lexicon) -> None:
    for lexicon in (italian, english):
        for form, headword in lexicon.lemma_overrides.items():
            assert key(headword, lexicon) == headword, f"{form} is sent on from {headword}"
            assert form not in lexicon.function_words


def test_every_language_folder_is_read() -> None:
    assert list(read_lexicons(LEXICONS)) == ["en", "fr", "it"]


def write(folder: Path, words: str = "", lemmas: str = "form,lemma\n") -> Path:
    place = folder / "it"
    place.mkdir()
    (place / "function_words.txt").write_text(words, encoding="utf-8")
    (place / "lemmas.csv").write_text(lemmas, encoding="utf-8")
    return place


def test_comments_and_blank_lines_say_nothing(tmp_path: Path) -> None:
    lexicon = read_lexicon(
        write(tmp_path, "# a list\n\nil Perché # and why\n", "# pairs\nform,lemma\n\n Soli , solo # alone\n")
    )
    assert lexicon == Lexicon("it", frozenset({"il", "perche"}), {"soli": "solo"})


@pytest.mark.parametrize(
    ("words", "lemmas", "place"),
    [
        ("il\nla, lo", "", "function_words.txt, line 2: 'la,'"),
        ("il\n\n3", "", "function_words.txt, line 3: '3'"),
        ("", "form,lemma\nsoli", "lemmas.csv, line 2: 'soli' is no pair"),
        ("", "form,lemma\nsoli,solo,sole", "lemmas.csv, line 2"),
        ("", "form,lemma\nsoli,", "lemmas.csv, line 2: ''"),
        ("", "form,lemma\nda soli,solo", "lemmas.csv, line 2: 'da soli'"),
        ("", "form,lemma\n-bili,bile", "lemmas.csv, line 2: '-bili'"),
        (
            "",
            "form,lemma\n-bili,-bile\n-bili,-bilo",
            "lemmas.csv, line 3: 'bili' already has the lemma 'bile'",
        ),
        ("", "form,lemma\nsoli,solo\nsoli,sole", "lemmas.csv, line 3: 'soli' already has the lemma 'solo'"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, words: str, lemmas: str, place: str) -> None:
    with pytest.raises(ValueError, match=r"line \d") as told:
        read_lexicon(write(tmp_path, words, lemmas))
    assert place in str(told.value)


def test_a_list_in_another_encoding_is_named(tmp_path: Path) -> None:
    place = write(tmp_path)
    (place / "function_words.txt").write_bytes("perché".encode("latin-1"))
    with pytest.raises(ValueError, match=r"function_words.txt is not UTF-8"):
        read_lexicon(place)
