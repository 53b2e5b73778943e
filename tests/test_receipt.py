"""The receipt says the same of the same analysis, and something else of any other."""

from __future__ import annotations

import json

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.receipt import content_digest, digest, receipt, table_digest

TABLE = pd.DataFrame({"id": ["a", "b", "c"], "value": pd.array([1, None, 3], dtype="Int64")})


@given(st.permutations([0, 1, 2]))
def test_the_order_of_rows_does_not_matter(order: list[int]) -> None:
    assert table_digest(TABLE.iloc[order]) == table_digest(TABLE)


def test_any_other_value_or_column_does() -> None:
    other_value = TABLE.assign(value=pd.array([1, 2, 3], dtype="Int64"))
    other_column = TABLE.rename(columns={"value": "rating"})
    assert len({table_digest(t) for t in (TABLE, other_value, other_column, TABLE.iloc[:2])}) == 4


def test_a_missing_value_is_not_the_word_none() -> None:
    assert table_digest(pd.DataFrame({"a": [None]})) != table_digest(pd.DataFrame({"a": ["None"]}))


def test_values_do_not_run_into_each_other() -> None:
    split = pd.DataFrame({"a": ["x,y"], "b": ["z"]})
    other = pd.DataFrame({"a": ["x"], "b": ["y,z"]})
    assert table_digest(split) != table_digest(other)


def test_it_names_rules_versions_and_digests_and_nothing_of_where_or_when() -> None:
    content = json.loads(
        receipt(
            {"seed": 7},
            {"language": "it"},
            {"alleanza": "0.1.0"},
            {"answers": "ab"},
            {"answers": "../answers.csv"},
            {"priorities.csv": b"x\n"},
            checks="All.",
        )
    )
    assert content == {
        "checks": "All.",
        "digests": {
            "rules": digest(b'{"seed": 7}'),
            "inputs": digest(b'{"answers": "ab"}'),
        },
        "rules": {"seed": 7},
        "parameters": {"language": "it"},
        "versions": {"alleanza": "0.1.0"},
        "inputs": {"answers": "ab"},
        "paths": {"answers": "../answers.csv"},
        "outputs": {"priorities.csv": "73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac"},
    }


def test_files_of_a_page_stand_apart_from_what_the_analysis_gives_again() -> None:
    written = receipt({}, {}, {}, {}, {}, {"a.csv": b"a"}, {"p.html": b"p"}, checks="")
    content = json.loads(written)
    assert content["outputs"] == {"a.csv": digest(b"a")}
    assert content["files"] == {"p.html": digest(b"p")}


def test_one_digest_of_many_values_changes_with_each_and_not_with_their_order() -> None:
    rules: dict[str, object] = {"seed": 7, "lines": "mean"}
    assert content_digest(rules) == content_digest(dict(reversed(rules.items())))
    others = [rules | {"seed": 8}, rules | {"seed": "7"}, dict(list(rules.items())[:1])]
    assert content_digest(rules) not in [content_digest(other) for other in others]
