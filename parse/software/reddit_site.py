"""What both faces of reddit.com share: their addresses, and the stones where comments were."""

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parse.html_platform import HtmlPlatform
from parse.html_table import Sight
from parse.model import Post, PostState
from parse.software.reddit_json import MARKUP, SIGNIFICANT, canonical


class RedditSite(HtmlPlatform):
    """Pages are turned by what they end with, not by a number; an account's address is its name."""

    software = "reddit"
    quotes = MARKUP
    thread_url = re.compile(r"/comments/([a-z0-9]+)")
    board_url = re.compile(r"/r/([^/?#.]+)(?!\S*/comments/)")
    offset_url = re.compile(r"(?!)(.)")
    significant = SIGNIFICANT
    user_url = re.compile(r"(?!)")

    def canonical(self, url: str) -> str:
        return canonical(url)

    def settled(self, found: Sequence[tuple[LexborNode, Post]], sight: Sight) -> Sequence[Post]:
        posts = super().settled(found, sight)
        return [replace(post, text="") if post.state is PostState.REMOVED else post for post in posts]
