"""The project's key, for hashes that must say nothing to whoever has only the warehouse."""

import os
import secrets
from hashlib import blake2b
from pathlib import Path

from warehouse.lock import beside


def key(path: Path) -> bytes:
    """The key of the warehouse at `path`, from `<warehouse>.key` beside it; made when first asked for.

    It is for the project's owner only: whoever shares the warehouse keeps it back.
    """
    file = key_file(path)
    try:
        made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return bytes.fromhex(file.read_text().strip())
    with os.fdopen(made, "w") as content:
        content.write(secrets.token_hex(32))
    return bytes.fromhex(file.read_text())


def key_file(path: Path) -> Path:
    return beside(path, ".key")


def digest(secret: bytes, *parts: str) -> str:
    """Keyed BLAKE2b of some words."""
    return blake2b("\x1f".join(parts).encode("utf-8", "replace"), key=secret, digest_size=16).hexdigest()
