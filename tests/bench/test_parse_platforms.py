"""How many posts a second the platforms' adapters read, on one core: `pytest tests/bench/test_parse_platforms.py
--benchmark-only`. Posts a second stand under "extra info" (--benchmark-verbose).

By the time that the processor works for it: these machines do other things as well.
"""

import time
from datetime import UTC, datetime

import pytest

from folkmoot.demo.content import load
from folkmoot.demo.discourse_api import DiscourseApi
from folkmoot.demo.khoros_pages import KhorosPages
from folkmoot.demo.view import View
from parse.page import Page
from parse.registry import read

pytestmark = pytest.mark.benchmark(timer=time.process_time)
NOW = datetime(2026, 11, 1, tzinfo=UTC)
BASE = "https://forum.example.org"


def page(url, body):
    return Page(url=url, body=body, fetched_at=NOW)


def khoros_pages():
    site = KhorosPages(View(community=load(), site_id="community", week=1), BASE)
    for thread in site.view.threads:
        path = site.thread_path(thread)
        yield page(BASE + path, site.answer(path, "").body)


def discourse_pages():
    site = DiscourseApi(View(community=load(), site_id="workshop", week=1), BASE)
    for thread in site.view.threads:
        path = f"/t/topic/{thread.id}.json"
        yield page(BASE + path, site.answer(path, "").body)


_PHPBB_POST = """<div id="p{n}" class="post has-profile bg2"><div class="inner"><dl class="postprofile" id="profile{n}">
<dt class="has-profile-rank"><a href="./memberlist.php?mode=viewprofile&amp;u={u}&amp;sid=0f" class="username">User {u}</a>
</dt><dd class="profile-posts"><strong>Posts:</strong> <a href="./search.php?author_id={u}">39</a></dd></dl>
<div class="postbody"><div id="post_content{n}"><h3><a href="./viewtopic.php?p={n}#p{n}">Re: A fair test</a></h3>
<p class="author"><a class="unread" href="./viewtopic.php?p={n}&amp;sid=0f#p{n}"><span>Post</span></a>
<span>by <strong><a href="./memberlist.php?mode=viewprofile&amp;u={u}" class="username">User {u}</a></strong> &raquo; </span>
<time datetime="2024-05-13T10:00:05+00:00">Mon May 13, 2024 10:00 am</time></p>
<div class="content"><blockquote cite="./viewtopic.php?p={m}#p{m}"><div><cite><a href="./memberlist.php?u=7">User 7</a>
wrote: <a href="./viewtopic.php?p={m}#p{m}" data-post-id="{m}">up</a><span>Mon May 13, 2024</span></cite>
An hour is fair, two are not, and three are an insult to everybody who has work to do.</div></blockquote>
I have taken four of those tests. Two asked what I do all day, one asked what I did at school, and the last one asked
nothing at all but kept me for an hour. <br><br>Show me one that is worth it, and I will take it.</div></div></div></div></div>
"""


def phpbb_pages():
    head = '<html><head><title>A fair test</title></head><body id="phpbb" class="section-viewtopic">'
    title = '<h2 class="topic-title"><a href="./viewtopic.php?t=4">A fair test</a></h2>'
    for start in range(0, 400, 20):
        posts = (_PHPBB_POST.format(n=100 + start + i, m=99 + start + i, u=i % 9) for i in range(20))
        body = f"{head}{title}{''.join(posts)}</body></html>"
        yield page(f"{BASE}/viewtopic.php?t=4&start={start}", body.encode())


@pytest.mark.parametrize("make", [khoros_pages, discourse_pages, phpbb_pages])
@pytest.mark.parametrize("named", [True, False], ids=["platform-known", "platform-detected"])
def test_posts_read_a_second(benchmark, make, named):
    pages = list(make())
    platform = make.__name__.removesuffix("_pages") if named else None
    found = benchmark(lambda: sum(len(t.posts) for p in pages for t in read(p, platform).threads))
    benchmark.extra_info["posts_per_second"] = round(found / benchmark.stats.stats.min)
    benchmark.extra_info["kilobytes_per_post"] = round(sum(len(p.body) for p in pages) / found / 1000, 1)
