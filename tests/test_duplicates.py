"""Copies are found as if all texts were compared with all, and nobody stands among them twice."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.clusters import present
from analysis.text import links as search
from analysis.text.duplicates import Copies, find_copies
from analysis.text.links import links
from analysis.text.shingles import jaccard, normalised, shingle_sets, words_in
from benchmarks import duplicates as benchmark
from tests.f1 import answer_table

SPACES = "Chiediamo più spazi di socializzazione per gli anziani soli nei quartieri periferici."
SPACES_AGAIN = "Chiediamo più spazi di socializzazione per gli anziani soli nei quartieri della periferia!"
DESKS = "Servono sportelli unici multilingue per accedere ai servizi."
BUSES = "La sera gli autobus passano troppo di rado e chi lavora di notte torna a casa a piedi."
LETTER = (
    "Noi sottoscritti cittadini del quartiere chiediamo che la biblioteca resti aperta anche la domenica e "
    "che il giardino accanto sia curato insieme alle scuole e alle associazioni della zona"
)


def table(rows: Sequence[tuple[str, str, str]], at: Sequence[str] | None = None) -> pd.DataFrame:
    """Rows of contribution, question and text."""
    made = answer_table([(f"{who}/{question}", who, who, "G") for who, question, _ in rows])
    made = made.assign(text=pd.Series([text for *_, text in rows], dtype="str"))
    return made if at is None else made.assign(at=list(at))


def everyone(texts: Sequence[str], at: Sequence[str] | None = None) -> pd.DataFrame:
    """An answer each of so many people, p00 the first."""
    return table([(f"p{n:02}", "q", text) for n, text in enumerate(texts)], at)


def who(copies: Copies) -> list[list[str]]:
    return [
        sorted(set(copies.members.loc[copies.members["cluster"] == cluster, "contribution_id"]))
        for cluster in copies.clusters["cluster"]
    ]


def index(left: str, right: str, run: int = 5) -> float:
    return float(jaccard(shingle_sets(normalised([left, right]), run), np.array([0]), np.array([1]))[0])


# what is alike


def test_the_published_indices() -> None:
    assert index("ABCD", "BCDE", run=1) == pytest.approx(0.6)
    assert index(SPACES, SPACES_AGAIN) == pytest.approx(0.8333, abs=5e-5)
    assert index(SPACES, DESKS) == pytest.approx(0.0150, abs=5e-5)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Più  CASE,\nsubito!", "più case subito"),
        ("perche\u0301", "perché"),
        ("ﬁnestra ②", "finestra 2"),
        ("Straße", "STRASSE"),
        ("socio-sanitario", "socio sanitario"),
        ("l\u2019asilo", "l'asilo"),
        ("as\u00adilo ❤️", "asilo"),
        ("مُدرّسة", "مُدرّسة!"),
        ("हिन्दी।", "हिन्दी"),
        ("…", ""),
    ],
)
def test_case_punctuation_and_blanks_make_no_difference(text: str, other: str) -> None:
    assert normalised([text]) == normalised([other])


def test_accents_and_vowel_marks_make_a_difference() -> None:
    assert len(set(normalised(["papà", "papa", "हि", "हु", "مَن", "مِن"]))) == 6


@settings(deadline=None)
@given(st.lists(st.text(max_size=12), max_size=6))
def test_a_normalised_text_stays_as_it_is(texts: list[str]) -> None:
    assert normalised(normalised(texts)) == normalised(texts)


def test_two_signs_of_a_script_without_blanks_are_a_word() -> None:
    assert words_in("più spazi per gli anziani") == 5
    assert words_in("我们需要更多的社区活动空间") == 1 + 13 // 2
    assert words_in("نحتاج إلى مساحات أكثر") == 4


def test_runs_of_a_large_alphabet_are_told_apart() -> None:
    """Ten thousand signs: five of them do not fit one integer of 64 bits as they are."""
    signs = "".join(chr(0x4E00 + n) for n in range(10_000))
    sets = shingle_sets([signs, signs[::-1], signs[4_000:]])
    assert sets.sum(axis=1).tolist() == [9_996, 9_996, 5_996]
    np.testing.assert_allclose(
        jaccard(sets, np.array([0, 0, 1]), np.array([1, 2, 2])), [0, 5_996 / 9_996, 0], atol=1e-12
    )


# who stands together


def test_equal_near_and_other_texts() -> None:
    copies = find_copies(everyone([SPACES, DESKS, SPACES_AGAIN, BUSES, BUSES.upper() + "!!"]))
    assert who(copies) == [["p00", "p02"], ["p03", "p04"]]
    assert copies.clusters["kind_found"].tolist() == ["near", "exact"]
    assert copies.clusters["similarity"].tolist() == [0.833333, 1]
    assert copies.members["likeness"].tolist() == [1, 0.833333, 1, 1]
    assert copies.clusters["cluster"].tolist() == ["p00/q", "p03/q"]


def test_eight_tenths_are_enough_and_no_less() -> None:
    """36 of 45 runs are in common, 80 %; with one letter more, 36 of 46."""
    base = "uno due tre quattro cinque sei sette otto nove"
    assert index(base[:40], base[:45] + "z" * 4) == 36 / 45
    texts = [base[:40], base[:45] + "zzzz"]
    assert who(find_copies(everyone(texts))) == [["p00", "p01"]]
    assert who(find_copies(everyone([texts[0], texts[1] + "y"]))) == []


@pytest.mark.parametrize("text", ["Ascolto.", "Più case popolari", "a b c d e f g h", "x" * 200])
def test_short_texts_are_no_copies_by_themselves(text: str) -> None:
    """Under 40 characters, or under 8 words."""
    assert find_copies(everyone([text] * 9)).clusters.empty


def test_short_copies_join_those_who_copied_more() -> None:
    rows = [(f"p{n}", "q", BUSES) for n in range(3)] + [(f"p{n}", "r", "Ascolto!") for n in (0, 1, 7, 8)]
    copies = find_copies(table([*rows, ("p2", "r", "Cura")]))
    assert who(copies) == [["p0", "p1", "p2"]]
    assert copies.members["answer_id"].tolist() == ["p0/q", "p0/r", "p1/q", "p1/r", "p2/q"]
    assert copies.members["model"].tolist() == ["p0/q", "p0/r", "p0/q", "p0/r", "p0/q"]
    assert copies.clusters["model"].tolist() == ["p0/q"]
    assert copies.clusters[["n_contributions", "n_answers"]].to_numpy().tolist() == [[3, 5]]


def test_a_template_that_was_added_to_is_found_by_what_it_holds() -> None:
    added = LETTER + ". Da parte mia aggiungo che " + BUSES + " " + DESKS
    assert index(LETTER, added) < 0.8
    copies = find_copies(everyone([LETTER, added]))
    assert copies.clusters["kind_found"].tolist() == ["template"]
    assert copies.clusters["similarity"].tolist() == [round(index(LETTER, added), 6)]


def test_a_template_is_long() -> None:
    for length, found in ((119, []), (120, [["p00", "p01"]])):
        part = LETTER[:length]
        assert len(normalised([part])[0]) == length
        assert who(find_copies(everyone([part, LETTER + BUSES + DESKS]))) == found


def test_copies_of_copies_stand_together() -> None:
    words = BUSES.split()
    chain = [" ".join(words[n : n + 13]) for n in range(5)]
    assert index(chain[0], chain[-1]) < 0.8
    assert who(find_copies(everyone(chain))) == [[f"p{n:02}" for n in range(5)]]


def test_nobody_copies_herself() -> None:
    alone = table([("p", "q", BUSES), ("p", "r", BUSES), ("p", "s", BUSES), ("o", "q", DESKS)])
    assert find_copies(alone).clusters.empty
    copies = find_copies(pd.concat([alone, table([("o", "r", BUSES)])]))
    assert copies.clusters[["n_contributions", "n_answers"]].to_numpy().tolist() == [[2, 4]]


def test_a_campaign_with_three_answers_is_one_cluster() -> None:
    """Not everybody copied all three."""
    texts = {"q": BUSES, "r": LETTER, "s": SPACES}
    rows = [(f"p{n}", question, text) for n in range(6) for question, text in texts.items()]
    copies = find_copies(table([row for row in rows if row[:2] not in (("p0", "q"), ("p1", "r"))]))
    assert who(copies) == [[f"p{n}" for n in range(6)]]
    assert copies.clusters["n_answers"].tolist() == [16]
    assert copies.members.groupby("model").size().to_dict() == {"p0/r": 5, "p0/s": 6, "p1/q": 5}


def test_who_joins_two_campaigns_stands_where_most_of_her_text_is() -> None:
    rows = [(f"a{n}", "q", BUSES) for n in range(4)] + [(f"b{n}", "q", LETTER) for n in range(4)]
    both = [("both", "q", BUSES), ("both", "r", LETTER)]
    copies = find_copies(table([*rows, *both]))
    assert who(copies) == [["b0", "b1", "b2", "b3", "both"], ["a0", "a1", "a2", "a3"]]
    assert "both/q" not in set(copies.members["answer_id"])
    present(copies.members.drop_duplicates("contribution_id"), rows_of(copies))


def test_as_much_text_in_two_counts_in_the_first() -> None:
    rows = [("a0", "q", BUSES), ("a1", "q", BUSES), ("b0", "q", BUSES[::-1]), ("b1", "q", BUSES[::-1])]
    both = [("both", "q", BUSES[::-1]), ("both", "r", BUSES)]
    assert who(find_copies(table([*rows, *both]))) == [["a0", "a1", "both"], ["b0", "b1"]]


def test_a_cluster_left_with_one_contribution_is_none() -> None:
    rows = [("a", "q", BUSES), ("both", "q", BUSES), ("both", "r", LETTER), ("b", "q", LETTER)]
    assert who(find_copies(table(rows))) == [["b", "both"]]


def rows_of(copies: Copies) -> pd.Series:
    return copies.members["contribution_id"]


# what is told of them


@pytest.mark.parametrize(("copied", "others", "flagged"), [(4, 0, False), (5, 245, True), (5, 246, False)])
def test_five_contributions_and_two_percent_are_flagged(copied: int, others: int, flagged: bool) -> None:
    answers = everyone([BUSES] * copied + [f"risposta {n}" for n in range(others)])
    assert find_copies(answers).clusters["flagged"].tolist() == [flagged]


def test_groups_and_units_of_the_members_are_counted() -> None:
    answers = everyone([BUSES] * 4 + [DESKS])
    answers["unit"] = ["coop", "coop", "x", "y", "z"]
    answers["group"] = ["G", "G", "G", "H", "I"]
    assert find_copies(answers).clusters[["n_groups", "n_units"]].to_numpy().tolist() == [[2, 3]]


def test_the_model_is_the_text_most_like_all_the_others() -> None:
    """What many gave in the same words; or, if each left out something else, what lies between them."""
    copies = find_copies(everyone([SPACES_AGAIN, SPACES, SPACES.upper()]))
    assert copies.clusters["model"].tolist() == ["p01/q"]
    assert copies.members["likeness"].tolist() == [0.833333, 1, 1]
    words = BUSES.split()
    variants = [" ".join(words[:n] + words[n + 1 :]) for n in (4, 16, 10)]
    copies = find_copies(everyone([*variants, BUSES]))
    assert copies.clusters["model"].tolist() == ["p03/q"]
    assert copies.members["likeness"].tolist() == [
        round(index(text, BUSES), 6) for text in (*variants, BUSES)
    ]


@pytest.mark.parametrize(
    ("minutes", "burst"),
    [
        (["00:00", "02:00", "04:00", "06:00", "10:00", "59:00"], True),
        (["00:00", "02:00", "04:00", "06:00", "10:01", "59:00"], False),
        (["00:00", "02:00", "04:00", "06:00", "10:01", None], pd.NA),
        (["00:00", "02:00", "04:00", "06:00", "10:00", None], True),
    ],
)
def test_five_within_ten_minutes_are_a_burst(minutes: list[str | None], burst: object) -> None:
    at = [f"2026-09-14T09:{time}+02:00" if time else "" for time in minutes]
    at[0] = "2026-09-14T07:00:00Z"
    found = find_copies(everyone([BUSES] * 6, at)).clusters["burst"].tolist()
    assert found == [burst] if burst is not pd.NA else found[0] is pd.NA


def test_several_answers_of_one_contribution_are_no_burst() -> None:
    rows = [(f"p{n}", question, text) for n in range(3) for question, text in (("q", BUSES), ("r", LETTER))]
    found = find_copies(table(rows, ["2026-09-14T07:00:00Z"] * 6))
    assert found.clusters["burst"].tolist() == [False]


def test_a_day_without_a_time_of_day_is_no_burst() -> None:
    assert find_copies(everyone([BUSES] * 6, ["2026-09-14"] * 6)).clusters["burst"].isna().all()
    assert find_copies(everyone([BUSES] * 6)).clusters["burst"].isna().all()


def rated(values: dict[str, Sequence[int | None]]) -> pd.DataFrame:
    rows = [(who, f"o{n}", "importance", v) for who, given in values.items() for n, v in enumerate(given)]
    made = pd.DataFrame(rows, columns=["contribution_id", "objective", "dimension", "value"])
    return made.astype({"value": "Int64"})


def test_the_share_that_gave_the_same_ratings() -> None:
    answers = everyone([BUSES] * 5 + [DESKS])
    ratings = rated({"p00": [5, None], "p01": [5, None], "p02": [5], "p03": [5, 4], "p05": [1, 1]})
    assert find_copies(answers, ratings).clusters["same_ratings"].tolist() == [0.5]
    assert find_copies(answers, ratings.iloc[::-1]).clusters["same_ratings"].tolist() == [0.5]
    assert find_copies(answers, ratings.astype({"value": "float64"})).clusters["same_ratings"].item() == 0.5


def test_one_rating_contribution_is_not_the_same_as_any() -> None:
    answers = everyone([BUSES] * 5)
    assert find_copies(answers, rated({"p00": [5, 5]})).clusters["same_ratings"].isna().all()
    assert find_copies(answers, rated({})).clusters["same_ratings"].isna().all()
    assert find_copies(answers).clusters["same_ratings"].isna().all()


# whatever comes


@pytest.mark.parametrize(
    "text",
    [
        "نطلب مساحات أكثر للقاء كبار السن الوحيدين في أحياء الضواحي وخدمات أقرب إلى بيوتهم",
        "我们希望在郊区为独居老人提供更多的社交空间,并且希望服务窗口能够使用多种语言,让每个人都能方便地获得帮助和信息。",
        "เราต้องการพื้นที่พบปะสำหรับผู้สูงอายุที่อยู่คนเดียวในย่านชานเมืองมากขึ้น",
        "Мы просим больше мест для встреч одиноких пожилых людей на окраинах города",
    ],
)
def test_copies_are_found_in_any_script(text: str) -> None:
    assert who(find_copies(everyone([text, DESKS, text + "!", text[:-1]]))) == [["p00", "p02", "p03"]]


def test_nothing_said_is_nothing_copied() -> None:
    for answers in (everyone([]), everyone(["", "…", "🙂"] * 4), everyone(["", BUSES])):
        copies = find_copies(answers, rated({}))
        assert copies.clusters.empty
        assert copies.members.empty
        full = find_copies(everyone([BUSES, BUSES]), rated({}))
        assert copies.clusters.dtypes.equals(full.clusters.dtypes)
        assert copies.members.dtypes.equals(full.members.dtypes)


def test_a_table_that_lacks_a_column_and_a_share_that_is_none_are_refused() -> None:
    with pytest.raises(ValueError, match="no column unit"):
        find_copies(everyone([BUSES]).drop(columns="unit"))
    for share in (0, 1.01, float("nan")):
        with pytest.raises(ValueError, match="in common"):
            find_copies(everyone([BUSES]), at_least=share)


def test_very_many_equal_texts_are_one_text() -> None:
    copies = find_copies(everyone([BUSES] * 50_000 + [DESKS]))
    assert copies.clusters["n_contributions"].tolist() == [50_000]


# the same as all with all

WORDS = (
    "casa",
    "anziani",
    "autobus",
    "sera",
    "scuola",
    "quartiere",
    "giardino",
    "è",
    "più",
    "servizi",
    "le",
    "di",
)


@st.composite
def campaigns(draw: st.DrawFn) -> list[str]:
    """Distinct normalised texts: some invented, and variants of them with words left out or added."""
    texts = set()
    for base in draw(
        st.lists(st.lists(st.sampled_from(WORDS), min_size=7, max_size=40), min_size=1, max_size=4)
    ):
        for edits in draw(st.lists(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12))), max_size=6)):
            variant = list(base)
            for place, word in edits[:4]:
                if word < len(WORDS):
                    variant.insert(min(place, len(variant)), WORDS[word])
                else:
                    del variant[place % len(variant)]
            texts.add(" ".join(variant))
        texts.add(" ".join(base))
    return sorted(texts)


def by_comparing_all(texts: Sequence[str], long: Sequence[bool], at_least: float) -> list[tuple[int, float]]:
    """Kruskal's forest of all pairs: for each text the first of its family, and the family's weakest link."""
    runs = [{text[n : n + 5] for n in range(len(text) - 4)} for text in texts]
    found = []
    for left, right in combinations(range(len(texts)), 2):
        both, smaller = len(runs[left] & runs[right]), min(len(runs[left]), len(runs[right]))
        share = both / len(runs[left] | runs[right])
        template = long[left] and long[right] and both / smaller >= at_least - 1e-9
        if share >= at_least - 1e-9 or template:
            found.append((share, left, right))
    family = list(range(len(texts)))
    weakest = [1.0] * len(texts)
    for share, left, right in sorted(found, reverse=True):
        ends = sorted((family[left], family[right]))
        if ends[0] != ends[1]:
            family = [ends[0] if one == ends[1] else one for one in family]
            weakest[ends[0]] = share
    return [(own, weakest[own]) for own in family]


@settings(max_examples=150, deadline=None)
@given(campaigns(), st.sampled_from([0.3, 0.5, 0.75, 0.8, 0.9, 1.0]), st.sampled_from([1, 300, 10_000_000]))
def test_families_and_their_weakest_links_are_those_of_all_pairs(
    texts: list[str], at_least: float, cells: int
) -> None:
    """However little is held at a time."""
    long = [len(text) >= 120 for text in texts]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(search, "_CELLS", cells)
        found = links(shingle_sets(texts), np.array(long, dtype=np.bool_), at_least)
    families = found.families()
    first = {family: place for place, family in reversed(list(enumerate(families)))}
    weakest = pd.Series(found.likeness).groupby(families[found.left]).min()
    expected = by_comparing_all(texts, long, at_least)
    assert [first[family] for family in families] == [family for family, _ in expected]
    np.testing.assert_allclose(
        [weakest.get(family, 1.0) for family in families], [share for _, share in expected], atol=1e-12
    )


@settings(max_examples=25, deadline=None)
@given(campaigns(), st.data())
def test_clusters_are_those_of_all_pairs(texts: list[str], data: st.DataObject) -> None:
    """One answer each; some texts are given by several people."""
    given_texts = texts + data.draw(st.lists(st.sampled_from(texts), max_size=4))
    told = [text for text in texts if len(text) >= 40 and len(text.split()) >= 8]
    expected = by_comparing_all(told, [len(text) >= 120 for text in told], 0.8)
    clusters: dict[int, list[str]] = {}
    for n, text in enumerate(given_texts):
        if text in told:
            clusters.setdefault(expected[told.index(text)][0], []).append(f"p{n:02}")
    copies = find_copies(everyone(given_texts))
    assert sorted(who(copies)) == sorted(members for members in clusters.values() if len(members) > 1)
    similarity = {members[0]: expected[family][1] for family, members in clusters.items()}
    for cluster, found in zip(copies.clusters["cluster"], copies.clusters["similarity"], strict=True):
        assert found == pytest.approx(similarity[cluster.split("/")[0]], abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(campaigns(), st.data())
def test_a_contribution_stands_in_one_cluster_whatever_the_order_of_rows(
    texts: list[str], data: st.DataObject
) -> None:
    people = data.draw(st.lists(st.integers(0, 6), min_size=len(texts), max_size=len(texts)))
    answers = table([(f"p{n}", f"q{i}", text) for i, (n, text) in enumerate(zip(people, texts, strict=True))])
    copies = find_copies(answers)
    membership = copies.members[["cluster", "contribution_id"]].drop_duplicates()
    assert len(present(membership, answers["contribution_id"])) == len(membership)
    assert (membership.groupby("cluster").size() >= 2).all()
    shuffled = find_copies(answers.iloc[data.draw(st.permutations(range(len(answers))))])
    pd.testing.assert_frame_equal(shuffled.clusters, copies.clusters, check_exact=True)
    pd.testing.assert_frame_equal(shuffled.members, copies.members, check_exact=True)


def test_the_benchmark_compares_the_project_with_all_pairs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    own, cosine, all_pairs = benchmark.measure(330, petition=15, runs=1)
    assert (own.name, cosine.name, all_pairs.name) == ("project", "cosine", "all pairs")
    assert own.clusters == all_pairs.clusters
    assert own.found(330)[0] > 200
    monkeypatch.setattr(benchmark, "PETITIONS", (15,))
    assert benchmark.main(["310", "--runs", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["310", "project", "cosine", "all"]
