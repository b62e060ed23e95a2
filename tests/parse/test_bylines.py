"""Who lines with a date name, and who they do not."""

from bs4 import BeautifulSoup

from parse.unknown.bylines import bylines, names_in_lines
from parse.unknown.outline import Outline


def test_a_button_before_a_date_is_no_name():
    line = "<div><button>♥ 2</button> <span>·</span> {} <span>·</span> <time>2 months ago</time></div>"
    said = {}
    for before in ("<button>Reply</button>", "<b>Ilse</b>"):
        outline = Outline(BeautifulSoup(line.format(before), "html.parser"))
        said[before] = names_in_lines([(outline.elements[0].tag, outline.elements)])
    assert said == {"<button>Reply</button>": [""], "<b>Ilse</b>": ["Ilse"]}


def test_a_line_that_a_date_begins_names_who_wrote_an_article_that_nobody_answered():
    page = "<article><p><time>2 March 2024</time> • Ragna Vik</p><p>The bell has been silent since.</p></article>"
    outline = Outline(BeautifulSoup(page, "html.parser"))
    article = (outline.elements[0].tag, outline.elements)
    person = bylines([article], None).person(outline.elements, article[0])
    assert person is not None
    assert person.get_text() == "Ragna Vik"
