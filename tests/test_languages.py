"""The language of an answer: Milan's languages, very short answers, and Italian however typed."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.text.folding import folded
from analysis.text.languages import SHORTEST_TO_TELL, answer_languages
from analysis.text.lemmas import plain_form
from analysis.text.lexicon import read_lexicons
from analysis.text.tokens import tokens
from tests.conftest import PROJECT

LEXICONS = read_lexicons(PROJECT / "data" / "lexicon")
KNOWN = sorted(LEXICONS)


def languages(texts: list[str], declared: str = "it") -> list[str]:
    counts = np.zeros((len(texts), len(KNOWN)), dtype=np.int64)
    words = np.zeros(len(texts), dtype=np.int64)
    for row, text in enumerate(texts):
        for token in tokens(text):
            words[row] += 1
            told = [
                column
                for column, language in enumerate(KNOWN)
                if folded(plain_form(token.surface, language)) in LEXICONS[language].function_words
            ]
            if len(told) == 1:
                counts[row, told[0]] += 1
    return answer_languages(texts, counts, words, [declared] * len(texts), KNOWN)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Necesitamos más ayuda para las familias con niños pequeños en el barrio.", "es"),
        ("Me gustaría que hubiera un lugar donde los ancianos puedan encontrarse y hablar.", "es"),
        ("La casa es muy cara y el trabajo no es seguro para nosotros.", "es"),
        ("Una red de vecinos con una persona que escucha.", "es"),
        ("Avem nevoie de mai mult ajutor pentru copii la școală.", "ro"),
        ("Am nevoie de un loc unde sa pot vorbi cu cineva in limba mea.", "ro"),
        ("Kailangan namin ng tulong para sa mga bata at matatanda.", "tl"),
        ("Sana may lugar kung saan puwedeng magkita ang mga kababayan natin.", "tl"),
        ("Precisamos de mais apoio para as famílias com crianças.", "pt"),
        ("Kemi nevojë për më shumë ndihmë për fëmijët tanë.", "sq"),
        ("Wir brauchen mehr Hilfe für Familien mit kleinen Kindern.", "de"),
        ("نحتاج إلى مساعدة في تعلم اللغة الإيطالية", "ar"),
        ("مساعدة", "ar"),
        ("ہمیں اردو میں معلومات چاہیے", "ur"),
        ("我们需要更多的帮助", "zh"),
        ("需要中文翻译", "zh"),
        ("Нам потрібна допомога з документами і житлом", "uk"),
        ("Нужна помощь с документами", "ru"),
        ("আমাদের সাহায্য দরকার", "bn"),
        ("ልጆቻችን እርዳታ ይፈልጋሉ", "am"),
        ("We need a place where people can meet their neighbours.", "en"),
        ("Il nous faut un lieu où les voisins peuvent se rencontrer.", "fr"),
        ("Plus d'aide pour les familles qui cherchent un logement.", "fr"),
    ],
)
def test_the_languages_of_the_city_are_told(text: str, language: str) -> None:
    assert languages([text]) == [language]


@pytest.mark.parametrize(
    "text",
    [
        "la casa il lavoro le cose",
        "Piu ascolto x gli anziani ke sono soli!!",
        "nn cè nessuno ke risponde al telefono",
        "piu' posti x i bambini e meno burocrazia perche' cosi' nn si va avanti",
        "Serve un caregiver manager e più housing first",
        "Coworking e babysitting di quartiere",
        "Smart working e welfare per i caregiver",
        "Bar, palestre, parrucchieri, portinerie",
        "Questure e prefettura, grandi assenti.",
        "1) palestre 2) parrucchieri 3) lavanderie a gettone 4) bar, tabaccai",
        "ascoltare i giovani nei loro posti, non nei nostri",
        "Sciur del bar soto ca, la custode, el prestinee",
        "CENTRO ANZIANI APERTO ANCHE LA DOMENICA",
        "scuola-quartiere in rete col comune Σ",
    ],
)
def test_italian_stays_italian_however_it_is_typed_and_whatever_it_borrows(text: str) -> None:
    assert languages([text]) == ["it"]


@pytest.mark.parametrize(
    "text",
    ["", "?", "boh", "OK", "More help", "Más ayuda", "housing first", "les voisins", "ayuda por favor"],
)
@pytest.mark.parametrize("declared", ["it", "en", "es"])
def test_a_few_words_in_latin_letters_are_of_the_form_s_language(text: str, declared: str) -> None:
    assert len(tokens(text)) < SHORTEST_TO_TELL
    assert languages([text], declared) == [declared]


def test_where_no_form_is_known_most_answers_decide() -> None:
    texts = [
        "Non so che cosa fare con la casa di mia madre",
        "boh",
        "I do not know what to do with it",
        "Nessuno che ci ascolti",
    ]
    assert languages(texts, declared="") == ["it", "it", "en", "it"]


def test_an_even_choice_is_the_form_s() -> None:
    """One word of each; the model has no opinion on words that are none."""
    counts, words = np.array([[1, 0, 1]]), np.array([6])
    for declared in ("en", "it"):
        assert answer_languages(["zzz qqq xxx zzz qqq xxx"], counts, words, [declared], KNOWN) == [declared]


def test_neighbours_change_nothing_and_no_answers_give_no_languages() -> None:
    texts = [
        "Nessuno che ci ascolti",
        "Necesitamos más ayuda para las familias con niños",
        "我们需要更多的帮助",
    ]
    assert languages(texts[::-1]) == languages(texts)[::-1] == ["zh", "es", "it"]
    assert languages([]) == []


def test_an_answer_whose_words_others_use_is_of_their_language() -> None:
    """Without function words counting asks the clear answers, not the model; loan words change nothing."""
    counts, words = np.array([[0, 0, 0]]), np.array([5])
    text = ["Badanti, sportelli, portinerie, welfare manager"]
    familiar = np.zeros((1, 3))
    familiar[0, KNOWN.index("it")] = 0.8
    assert answer_languages(text, counts, words, ["en"], KNOWN, familiar) == ["it"]


def test_an_answer_that_shares_words_with_two_languages_is_of_neither_for_that() -> None:
    text = ["Necesitamos más ayuda para las familias con niños pequeños en el barrio."]
    familiar = np.array([[0.7, 0.6, 0.7]])
    assert answer_languages(text, np.array([[0, 0, 0]]), np.array([12]), ["it"], KNOWN, familiar) == ["es"]
