"""Lines with a date that name nobody."""

from bs4 import BeautifulSoup

from parse.unknown.bylines import names_in_lines
from parse.unknown.outline import Outline


def test_a_button_before_a_date_is_no_name():
    line = "<div><button>♥ 2</button> <span>·</span> {} <span>·</span> <time>2 months ago</time></div>"
    said = {}
    for before in ("<button>Reply</button>", "<b>Ilse</b>"):
        outline = Outline(BeautifulSoup(line.format(before), "html.parser"))
        said[before] = names_in_lines([(outline.elements[0].tag, outline.elements)])
    assert said == {"<button>Reply</button>": [""], "<b>Ilse</b>": ["Ilse"]}
