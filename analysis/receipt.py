"""The receipt: what a stranger needs to re-run an analysis and see whether the results are the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

import pandas as pd


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def table_digest(table: pd.DataFrame) -> str:
    """SHA-256 of a table's values, whatever the order of its rows; columns in their own order."""
    rows = sorted(
        json.dumps([None if pd.isna(value) else str(value) for value in row], ensure_ascii=False)
        for row in table.itertuples(index=False)
    )
    return digest("\n".join([json.dumps(list(table.columns)), *rows]).encode())


def content_digest(content: Mapping[str, object]) -> str:
    """SHA-256 of names and their values, whatever their order."""
    return digest(json.dumps(content, ensure_ascii=False, sort_keys=True).encode())


def receipt(
    rules: Mapping[str, object],
    parameters: Mapping[str, object],
    versions: Mapping[str, str],
    inputs: Mapping[str, str],
    paths: Mapping[str, str],
    outputs: Mapping[str, bytes],
    files: Mapping[str, bytes] | None = None,
    *,
    checks: str,
) -> bytes:
    """The receipt as JSON: rules (with the seed), parameters, versions, digests of inputs and of outputs.

    `paths` say where the inputs lie as seen from the receipt. `outputs` are what the analysis gives again;
    `files`, if any, were taken from a page. `checks` tells a reader what can be checked again, and `digests`
    are those of all rules and of all inputs together, as a page prints them at its foot. It holds no time and
    no other place, so that the same analysis of the same folder gives the same receipt, wherever that folder
    stands.
    """
    content = {
        "checks": checks,
        "digests": {"rules": content_digest(rules), "inputs": content_digest(inputs)},
        "rules": dict(rules),
        "parameters": dict(parameters),
        "versions": dict(versions),
        "inputs": dict(inputs),
        "paths": dict(paths),
        "outputs": {name: digest(written) for name, written in outputs.items()},
    }
    if files:
        content["files"] = {name: digest(written) for name, written in files.items()}
    return (json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
