"""Return codes in a SQL database: only the seal of each, under a key that is this store's own."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, insert, select

from consultation.codes import sealed
from consultation.stores.schema import return_codes, secret_keys

NAME = "return codes"


def opened(connection: Connection, return_code: str) -> str | None:
    """The id of the contribution that this code opens, however it is typed."""
    secret = _secret(connection)
    return None if secret is None else _sealed(connection, sealed(return_code, secret))


def keep(connection: Connection, return_code: str, contribution_id: str) -> None:
    """From now on this code opens this contribution; `ValueError` if it opens another one."""
    secret = _secret(connection)
    if secret is None:
        secret = secrets.token_bytes(32)
        connection.execute(insert(secret_keys).values(name=NAME, key=secret))
    seal = sealed(return_code, secret)
    before = _sealed(connection, seal)
    if before is None:
        connection.execute(insert(return_codes).values(seal=seal, contribution=contribution_id))
    elif before != contribution_id:
        raise ValueError("this return code opens another contribution already")


def _sealed(connection: Connection, seal: str) -> str | None:
    query = select(return_codes.c.contribution).where(return_codes.c.seal == seal)
    return connection.execute(query).scalar_one_or_none()


def _secret(connection: Connection) -> bytes | None:
    """The key under which return codes are sealed here, made with the first of them."""
    query = select(secret_keys.c.key).where(secret_keys.c.name == NAME)
    return connection.execute(query).scalar_one_or_none()
