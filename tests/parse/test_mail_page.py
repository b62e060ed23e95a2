"""The list that a page of a mail archive stands in is told by its address."""

import pytest

from parse.software.mail_page import board_at


@pytest.mark.parametrize(
    ("url", "name", "home"),
    (
        (
            "https://lists.example.org/buses/2020/03/msg00001.html",
            "buses",
            "https://lists.example.org/buses/",
        ),
        (
            "https://ex.org/archive/html/buses/2020-03/msg1.html",
            "buses",
            "https://ex.org/archive/html/buses/",
        ),
        ("https://ex.edu/Archives/bridge/2016JanMar/0043.html", "bridge", "https://ex.edu/Archives/bridge/"),
        ("https://ex.edu/bridge/March2016/0043.html", "bridge", "https://ex.edu/bridge/"),
        (
            "https://ex.com/trams@lists.ex.org/msg9.html",
            "trams@lists.ex.org",
            "https://ex.com/trams@lists.ex.org/",
        ),
    ),
)
def test_the_list_is_the_folder_that_is_no_month(url, name, home):
    board = board_at(url)
    assert board is not None
    assert (board.id, board.url) == (name, home)


@pytest.mark.parametrize(
    "url", ("file:///home/jane/Downloads/msg00001.html", "https://ex.org/2020/msg1.html")
)
def test_a_folder_that_says_nothing_is_no_list(url):
    assert board_at(url) is None
