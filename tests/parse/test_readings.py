"""A name is found in the bytes of a page however they are written."""

import pytest

from parse.readings import readings

PAGE = '<html><meta charset="{}"><p>Said by {} of the mill.</p>'


@pytest.mark.parametrize(
    ("charset", "name"),
    [
        ("utf-8", "Zoë"),
        ("windows-1252", "Zoë"),
        ("windows-1251", "Иван"),
        ("koi8-r", "Иван"),
        ("gb18030", "王小明"),
        ("utf-16", "Zoë"),
        ("utf-16-le", "Zoë"),
    ],
)
def test_in_whatever_characters_it_stands(charset, name):
    page = PAGE.format(charset, name).encode(charset)
    assert any(f"by {name} of" in text for text in readings(page))


@pytest.mark.parametrize("written", ["Zo&euml;", "Zo\\u00eb", "Zo%C3%AB", "Z<b>o</b>ë"])
def test_in_whatever_escapes_it_stands(written):
    assert any("Zoë" in text for text in readings(written.encode()))


def test_in_a_page_of_which_some_bytes_are_broken():
    assert any("Zoë" in text for text in readings("Zoë \xff".encode() + b"\xff"))
