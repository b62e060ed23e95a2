"""Account ids that turned out to be none: remembered for a site, and what is held under them filed anew."""

from collections.abc import Collection

import pyarrow as pa

from parse.model import Author
from warehouse.load import staged
from warehouse.migrate import sql_file
from warehouse.store import Warehouse

EVERY = "*"
"""Stands for all ids of a site."""


def doubted(db: Warehouse, site_id: str) -> set[str]:
    """The ids of the site that are known to be none; `EVERY` among them where no id is one."""
    return set(db.query(sql_file("doubting/doubted"), {"site": site_id})["user_id"].to_pylist())


def called(db: Warehouse, site_id: str, user_ids: Collection[str]) -> dict[str, str]:
    """What the accounts of these ids are known as (`Author.called`), by id; nothing of strangers."""
    return {author.user_id or "": author.called for author in _accounts(db, site_id, user_ids).values()}


def shared(db: Warehouse, site_id: str) -> int:
    """How many accounts of the site stand in more than one thread."""
    return int(db.query(sql_file("doubting/shared"), {"site": site_id})["accounts"][0].as_py())


def doubt(db: Warehouse, site_id: str, user_ids: Collection[str]) -> None:
    """Remembers that these ids are none, and files what is held under them by login or name."""
    accounts = _accounts(db, site_id, user_ids)
    filed = {author_id: f"{site_id}:{author.called}" for author_id, author in accounts.items()}
    tables = {
        "filed": pa.table({"from_id": [*filed], "to_id": [*filed.values()]}, _IDS),
        "doubted": pa.table({"site_id": [site_id] * len(user_ids), "user_id": [*user_ids]}),
    }
    with staged(db, tables):
        db.connection.execute(sql_file("doubting/file_anew"))


_IDS = pa.schema([("from_id", pa.string()), ("to_id", pa.string())])


def _accounts(db: Warehouse, site_id: str, user_ids: Collection[str]) -> dict[str, Author]:
    asked = {"site": site_id, "ids": list(user_ids), "every": EVERY in user_ids}
    return {
        row.pop("author_id"): Author(**row)
        for row in db.query(sql_file("doubting/accounts"), asked).to_pylist()
    }
