"""Whether a thread takes no more answers, by what stands where others have a box to write in."""

import re
from collections.abc import Sequence

from bs4 import BeautifulSoup

from parse.model import Post

_LONGEST = 160
_CLOSED = re.compile(
    r"\W*(?:sorry, |note: )?(?:"
    r"(?:this|the) (?:topic|thread|discussion|conversation|question) "
    r"(?:is|was|has been) (?:now )?(?:closed|locked)"
    r"|(?:comments|replies|answers) (?:are|have been) (?:now )?(?:closed|locked|disabled)"
    r"|(?:dieses thema|dieser thread|diese diskussion) (?:ist|wurde) (?:geschlossen|gesperrt)"
    r"|(?:ce sujet|cette discussion) (?:est|a été) (?:fermée?|verrouillée?)"
    r"|est[ea] (?:tema|hilo|discusión) (?:está|ha sido) (?:cerrad|bloquead)[oa]"
    r"|questa discussione è (?:stata )?(?:chiusa|bloccata)"
    r"|este tópico (?:está|foi) (?:fechado|bloqueado|trancado)"
    r"|dit (?:onderwerp|topic) is gesloten"
    r"|(?:ten )?temat (?:jest|został) (?:zamknięty|zablokowany)"
    r"|(?:эта )?тема (?:закрыта|заблокирована)"
    r"|(?:topic|thread|discussion|question)(?: is)? (?:now )?(?:locked|closed)\W*\Z"
    r")(?!\w)",
    re.I,
)
"""An issue or a ticket that is closed is one that was dealt with: it may still be spoken of."""


def is_locked(page: BeautifulSoup, posts: Sequence[Post]) -> bool:
    """Whether a page says so itself, in a line of its own; what somebody says in a post is no such word."""
    texts = (" ".join(text.split()) for text in page.find_all(string=True) if len(text) <= _LONGEST)
    titled = (picture.get("alt", "") for picture in page.select("h1 img[alt], h2 img[alt]"))
    lines = [text for text in (*texts, *map(str, titled)) if _CLOSED.match(text)]
    return any(not any(line in post.full_text for post in posts) for line in lines)
