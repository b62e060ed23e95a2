"""A page that only a script could fill is told from one that merely has scripts."""

from datetime import UTC, datetime

import pytest

from parse.page import Document, Page
from parse.walls import needs_script

WORDS = "<p>" + "I paid the fee twice and would like to know why. " * 10 + "</p>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<body><noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div></body>",
            True,
        ),
        ("<body><div id=app></div><script src=/app.js></script></body>", True),
        (
            "<title>Just a moment...</title><body><p>Checking your browser</p><script>x()</script></body>",
            True,
        ),
        (
            "<body><script>x()</script><p>Bitte aktivieren Sie JavaScript: JavaScript ist aktiviert nötig</p></body>",
            True,
        ),
        (f"<body>{WORDS}<noscript>Please enable JavaScript</noscript><script>x()</script></body>", False),
        ("<body><p>This board has no threads yet.</p><script>count()</script></body>", False),
        ("<body><p>Short.</p></body>", False),
        ("", False),
    ],
)
def test_walls(body: str, expected: bool) -> None:
    page = Page(url="http://a.example/", body=body.encode(), fetched_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert needs_script(Document(page)) is expected
