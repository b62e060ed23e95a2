"""Which characters the bytes of a page stand for."""

import pytest

from parse.charset import decode

LATIN = "Grüße".encode("windows-1252")


@pytest.mark.parametrize("declared", ["undefined", "idna", "hex", "no-such-thing", ""])
def test_a_charset_that_is_none_is_not_believed(declared):
    assert decode(LATIN, f"text/html; charset={declared}") == "Grüße"


def test_utf_8_is_known_whatever_is_declared():
    assert decode("Grüße".encode(), "text/html; charset=iso-8859-1") == "Grüße"


def test_a_declared_charset_is_believed_where_the_bytes_fit_even_if_one_is_broken():
    cyrillic = "Привет".encode("koi8-r")
    assert decode(cyrillic, "text/html; charset=koi8-r") == "Привет"
    assert decode(b"<meta charset='koi8-r'>" + cyrillic, "text/html").endswith("Привет")
    assert decode("日本".encode("shift_jis") + b"\xff", "text/html; charset=shift_jis").startswith("日本")
