"""Where products are talked about: long discussions, states of the wrong shape, scripts that hold the comments, URLs."""

import importlib.util
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from parse.model import LinkKind, PageKind, ParseError
from parse.registry import platforms, read
from parse.threads import assemble, resolve

_SPEC = importlib.util.spec_from_file_location("golden_folders", Path(__file__).parent / "golden.py")
golden = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(golden)

MANY = 3000
COMMENTS = {
    "uservoice/idea": (r'<li class="uvListItem uvListItem-comment-7003".*?</li>\n', "7003"),
    "telligent/thread": (r'<li class="threaded content-item" data-id="88004">.*?</li></ul></div></div>\n'
                         r'<div class="newreply"></div></li>', "88004"),
    "jive/question": (r'<li class="reply"><div id="thread-message-91304".*?</li></ul></footer></div></div></div></li>'
                      r'|<li class="reply"><div id="thread-message-91304".*?</div></li>', "91304"),
    "launchpad/question": (r'<div itemscope="" itemtype="http://schema.org/UserComments" class="boardComment editable-message"'
                           r' id="comment-1".*?</div></div></div>', "#2"),
    "steam/topic": (r'<div class="commentthread_comment responsive_body_text" id="comment_4346600000000000207">.*?'
                    r'#6</a></div></div>\n', "4346600000000000207"),
    "gitea/issue": (r'<div class="timeline-item comment" id="issuecomment-9003">.*?edit-content-zone.*?</div></div></div></div>\n', "issuecomment-9003"),
    "lobsters/story": (r'<li class="comments_subtree">\n<input id="comment_folder_kk66ff".*?</ol></li>\n', "kk66ff"),
    "bugzilla/bug": (r'<div id="c3" class="bz_comment">.*?</pre></div>', "c3"),
}  # fmt: skip
"""One comment of a page, and its number."""
WRONG = (None, [], {}, "x", 7, True, [None], {"x": None})


def _page(case):
    return golden.page_of(golden.ROOT / case)


def _text(case):
    return _page(case).body.decode()


def _read(case, text):
    return read(replace(_page(case), body=text.encode()))


def _posts(reading):
    return [post for thread in reading.threads for post in thread.posts]


@pytest.mark.parametrize("case", COMMENTS)
def test_of_thousands_of_comments_none_is_lost_and_none_is_counted_twice(case):
    text, (pattern, number) = _text(case), COMMENTS[case]
    block = re.search(pattern, text, re.S)[0]
    head = number.rstrip("0123456789")
    more = "".join(block.replace(number, f"{head}{100_000 + n}") for n in range(MANY))
    few, many = _posts(_read(case, text)), _posts(_read(case, text.replace(block, block + more)))
    assert len(many) == len(few) + MANY
    assert len({post.id for post in many}) == len(many)


# Canny


def _state(text):
    literal = re.search(r"window\.__data = (.*?);?</script>", text, re.S)[1]
    return literal, json.loads(re.sub(r"(?<=: )undefined", "null", literal))


def _paths(value, path=()):
    yield path
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _paths(inner, (*path, key))


def _with(value, path, wrong):
    if not path:
        return wrong
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = _with(value[path[0]], path[1:], wrong)
    return copy


STATES = {
    "fider/idea": r'(?s)application/json">(.*?)</script>',
    "fider/board": r'(?s)application/json">(.*?)</script>',
    "lemmy/community_page": r"(?s)window\.isoData = (\{.*?\});\n",
    "lemmy/post": r"(?s)\A(.*)\Z",
    "lemmy/comments": r"(?s)\A(.*)\Z",
    "lemmy/communities": r"(?s)\A(.*)\Z",
    "discord_export/channel": r"(?s)\A(.*)\Z",
    "slack_export/day": r"(?s)\A(.*)\Z",
    "telegram_export/group": r"(?s)\A(.*)\Z",
    "telegram_export/topics": r"(?s)\A(.*)\Z",
    "mattermost/thread": r"(?s)\A(.*)\Z",
    "zulip/markdown": r"(?s)\A(.*)\Z",
    "disqus/posts": r"(?s)\A(.*)\Z",
    "disqus/related": r"(?s)\A(.*)\Z",
    "disqus/embed": r'(?s)id="disqus-threadData">(.*?)</script>',
    "github_api/comments": r"(?s)\A(.*)\Z",
    "github_api/discussions": r"(?s)\A(.*)\Z",
    "github_api/gh_view": r"(?s)\A(.*)\Z",
    "github_api/issue": r"(?s)\A(.*)\Z",
    "stackexchange_api/questions": r"(?s)\A(.*)\Z",
    "stackexchange_api/comments": r"(?s)\A(.*)\Z",
    "gitlab_api/issue": r"(?s)\A(.*)\Z",
    "gitlab_api/discussions": r"(?s)\A(.*)\Z",
    "lobsters/story_json": r"(?s)\A(.*)\Z",
    "steam/topic": r'(?s)"ForumTopic_[0-9_]+", (\{.*?\}), .https',
}
"""Where a page has what it tells a script."""


@pytest.mark.parametrize("case", STATES)
def test_of_what_a_script_is_told_any_value_may_be_missing_or_of_another_type(case):
    text = _text(case)
    literal = re.search(STATES[case], text)[1]
    state = json.loads(re.sub(r"(?<=:)undefined", "null", literal))
    for path in _paths(state):
        for wrong in WRONG:
            try:
                reading = _read(case, text.replace(literal, json.dumps(_with(state, path, wrong))))
            except ParseError as refusal:
                assert "\n" not in str(refusal)
                continue
            assert all(isinstance(post.id, str) and post.id for post in _posts(reading)), (path, wrong)
            assert all(isinstance(link.url, str) and link.url for link in reading.links), (path, wrong)


def test_what_a_fence_holds_is_code_whatever_it_begins_with():
    issue = _posts(_read("gitlab_api/issue", _text("gitlab_api/issue")))[0]
    assert "```\n> 3 ft\n```" in issue.text
    assert issue.quotes == ()
    unfenced = _posts(_read("gitlab_api/issue", _text("gitlab_api/issue").replace("```", "---")))[0]
    assert [quote.text for quote in unfenced.quotes] == ["3 ft"]


@pytest.mark.parametrize("case", ["fider/idea", "lemmy/page"])
def test_a_page_whose_script_was_cut_off_is_refused_by_name(case):
    text = _text(case)
    with pytest.raises(ParseError, match=f"thread page of {case.partition('/')[0]}, but no post"):
        _read(case, text[: text.index('"comment') + 200])


def test_without_what_the_script_is_told_a_topic_of_steam_keeps_its_posts_and_loses_its_pages():
    text = _text("steam/topic")
    reading = _read("steam/topic", text.replace("InitializeCommentThread(", "SomethingElse("))
    (thread,) = reading.threads
    assert len(thread.posts) == 7
    assert (thread.page_number, thread.page_count, thread.stated_reply_count) == (1, 1, None)


@pytest.mark.parametrize("case", ["post", "board", "home"])
def test_a_state_with_a_value_of_any_other_type_is_read_or_refused_in_words(case):
    text = _text(f"canny/{case}")
    literal, state = _state(text)
    for path in _paths(state):
        for wrong in WRONG:
            try:
                reading = _read(f"canny/{case}", text.replace(literal, json.dumps(_with(state, path, wrong))))
            except ParseError as refusal:
                assert "\n" not in str(refusal)
                continue
            assert all(isinstance(post.id, str) and post.id for post in _posts(reading)), (path, wrong)


def test_thousands_of_comments_of_a_post_are_all_read_each_under_its_parent():
    text = _text("canny/post")
    literal, state = _state(text)
    said = next(iter(state["postsActivity"].values()))["comments"]
    first = next(iter(said))
    for n in range(MANY):
        said[f"many-{n}"] = {**said[first], "_id": f"many-{n}", "parentID": first}
    posts = _posts(_read("canny/post", text.replace(literal, json.dumps(state))))
    ours = [post for post in posts if post.id.startswith("many-")]
    assert len(ours) == MANY
    assert {post.reply_to for post in ours} == {first}


def test_a_page_whose_state_was_cut_off_is_refused_and_says_what_is_missing():
    text = _text("canny/post")
    with pytest.raises(ParseError, match="thread page of canny, but no post"):
        _read("canny/post", text[: text.index('"postsActivity"') + 40])


# UserVoice


def test_pages_of_comments_make_one_talk_in_the_order_of_time():
    pages = [read(_page(f"uservoice/{case}")) for case in ("idea", "older_comments")]
    whole = resolve(assemble(None, [thread for page in pages for thread in page.threads]))
    ids = [post.id for post in whole.posts]
    assert len(ids) == len(set(ids)), "the idea and the response stand on every page"
    assert ids[0] == whole.id
    moments = [post.posted_at for post in whole.posts]
    assert moments == sorted(moments)


# Jira


def _panel(text):
    literal = re.search(r'"activity-panel-pipe-id"\]=("(?:[^"\\]|\\.)*")', text)[1]
    return literal, json.loads(json.loads(literal.replace("\\'", "'")))


def test_comments_that_a_script_holds_are_those_that_a_browser_shows():
    text = _text("jira/issue")
    literal, shown = _panel(text)
    drawn = text.replace('<big-pipe id="activity-panel-pipe-id"></big-pipe>', shown)
    assert len(_posts(_read("jira/issue", text))) == 3
    for other in (drawn, drawn.replace(literal, '""')):
        assert _posts(_read("jira/issue", other)) == _posts(_read("jira/issue", text))


def test_thousands_of_comments_in_a_script_are_read():
    text = _text("jira/issue")
    literal, shown = _panel(text)
    block = shown[shown.index('<div id="comment-90411"') : shown.index('<div id="comment-90420"')]
    more = "".join(block.replace("90411", str(100_000 + n)) for n in range(MANY))
    many = _read("jira/issue", text.replace(literal, json.dumps(json.dumps(shown + more))))
    assert len(_posts(many)) == 3 + MANY
    assert [post.position for post in _posts(many)][-1] == 3 + MANY + 2, "two more are not shown"


@pytest.mark.parametrize("kept", range(200, 3000, 137))
def test_a_script_that_was_cut_off_gives_what_it_still_holds(kept):
    text = _text("jira/issue")
    start = text.index('"activity-panel-pipe-id"]=')
    posts = _posts(_read("jira/issue", text[: start + kept]))
    assert posts[0].id == "SAIL-17"
    assert all("\\" not in post.full_text and "u003" not in post.full_text for post in posts)


def test_what_is_in_the_panel_is_not_believed_to_be_json():
    text = _text("jira/issue")
    literal, _ = _panel(text)
    for wrong in ('"null"', '"\\\\ud83d"', '"\\"\\\\u00"', '"[1, 2]"', '"'):
        assert [post.id for post in _posts(_read("jira/issue", text.replace(literal, wrong)))] == ["SAIL-17"]


# What the crawler asks for


@pytest.mark.parametrize(
    ("platform", "url", "one"),
    [
        ("uservoice", "https://f.example/forums/9-all/filters/top?page=1", "https://f.example/forums/9-all"),
        ("stackexchange", "https://m.example/questions/7/why-so/12?noredirect=1&lq=1#12", "https://m.example/questions/7/why-so"),
        ("stackexchange", "https://m.example/questions/7/why-so?answertab=votes#comment5_12", "https://m.example/questions/7/why-so"),
        ("stackexchange", "https://m.example/questions/7/why-so?page=1&tab=scoredesc#tab-top", "https://m.example/questions/7/why-so"),
        ("stackexchange", "https://m.example/questions/7/why-so?tab=scoredesc&page=2", "https://m.example/questions/7/why-so?page=2"),
        ("stackexchange", "https://m.example/q/7/44", "https://m.example/questions/7"),
        ("stackexchange", "https://m.example/a/12/44", "https://m.example/a/12/44"),
        ("stackexchange", "https://m.example/questions/tagged/bug", "https://m.example/questions/tagged/bug?tab=active"),
        ("stackexchange", "https://m.example/questions?tab=Active&page=1", "https://m.example/questions?tab=active"),
        ("stackexchange", "https://m.example/questions?page=3", "https://m.example/questions?tab=active&page=3"),
        ("stackexchange", "https://m.example/questions/tagged/bug?sort=votes&pagesize=50", "https://m.example/questions/tagged/bug?sort=votes&pagesize=50"),
        ("uservoice", "https://f.example/forums/9-all/suggestions/3-x?page=2&utm_source=a#comment-4",
         "https://f.example/forums/9-all/suggestions/3-x?page=2"),
        ("canny", "https://f.example/ideas/p/dark-mode?utm_medium=x", "https://f.example/ideas/p/dark-mode"),
        ("telligent", "https://c.example/g/f/talk/51/why-so/88#88", "https://c.example/g/f/talk/51/why-so"),
        ("telligent", "https://c.example/f/talk/51/why-so?pifragment-7=1", "https://c.example/f/talk/51/why-so"),
        ("jive", "https://c.example/thread/48?start=0&tstart=30", "https://c.example/thread/48"),
        ("jive", "https://c.example/thread/48;jsessionid=A1?start=15&tstart=0", "https://c.example/thread/48?start=15"),
        ("jive", "https://c.example/community/x/overview",
         "https://c.example/community/x/content?filterID=contentstatus%5Bpublished%5D~objecttype~objecttype%5Bthread%5D"),
        ("bugzilla", "https://b.example/show_bug.cgi?ctype=html&id=7#c3", "https://b.example/show_bug.cgi?id=7"),
        ("bugzilla", "https://b.example/buglist.cgi?product=A&bug_status=__open__&order=changeddate",
         "https://b.example/buglist.cgi?product=A"),
        ("bugzilla", "https://b.example/buglist.cgi?quicksearch=slow&list_id=12",
         "https://b.example/buglist.cgi?quicksearch=slow"),
        ("launchpad", "https://bugs.l.example/crane/+bug/7/comments/3", "https://bugs.l.example/crane/+bug/7"),
        ("launchpad", "https://bugs.l.example/crane/+bug/7?comments=all#yui_3",
         "https://bugs.l.example/crane/+bug/7?comments=all"),
        ("launchpad", "https://bugs.l.example/crane/+bugs?start=0&orderby=-id", "https://bugs.l.example/crane/+bugs?orderby=-id"),
        ("steam", "https://s.example/app/7/discussions/0/12345?ctp=1&tscn=9#c77", "https://s.example/app/7/discussions/0/12345/"),
        ("steam", "https://s.example/groups/mates/discussions/0/12345/?l=german&ctp=3",
         "https://s.example/groups/mates/discussions/0/12345/?ctp=3"),
        ("steam", "https://s.example/app/7/tradingforum?fp=2", "https://s.example/app/7/tradingforum/?fp=2"),
        ("lobsters", "https://l.example/s/abc123/which_knot#c_77", "https://l.example/s/abc123"),
        ("lobsters", "https://l.example/s/abc123.json", "https://l.example/s/abc123.json"),
        ("lobsters", "https://l.example/t/ask/page/1", "https://l.example/t/ask"),
        ("gitea", "https://g.example/o/r/issues?q=&type=all&state=open&page=1", "https://g.example/o/r/issues"),
        ("gitea", "https://g.example/o/r/issues?page=2&state=closed", "https://g.example/o/r/issues?state=closed&page=2"),
        ("gitea", "https://g.example/o/r/pulls/14/files#diff-1", "https://g.example/o/r/pulls/14"),
        ("fider", "https://f.example/posts/41/quiet#comment-9", "https://f.example/posts/41/quiet"),
        ("fider", "https://f.example/?limit=all&view=declined&utm_source=x", "https://f.example/?view=declined&limit=all"),
        ("lemmy", "https://l.example/post/310/502?scrollToComments=true", "https://l.example/post/310"),
        ("lemmy", "https://l.example/c/knots@o.example?dataType=Post&sort=Hot&page=1", "https://l.example/c/knots@o.example"),
        ("lemmy", "https://l.example/api/v3/comment/list?sort=Old&page=2&post_id=3",
         "https://l.example/api/v3/comment/list?post_id=3&sort=Old&page=2"),
        ("gitlab_api", "https://l.example/api/v4/projects/5/issues?page=1&per_page=100&private_token=x",
         "https://l.example/api/v4/projects/5/issues?per_page=100"),
        ("jira", "https://j.example/browse/AB-1?focusedCommentId=4&page=x:comment-tabpanel#comment-4",
         "https://j.example/browse/AB-1"),
        ("jira", "https://j.example/browse/AB-1?page=x:comment-tabpanel&showAll=true",
         "https://j.example/browse/AB-1?page=x:comment-tabpanel&showAll=true"),
    ],
)  # fmt: skip
def test_one_content_has_one_address_however_often_it_is_asked_for(platform, url, one):
    canonical = platforms()[platform].canonical
    assert canonical(url) == one
    assert canonical(one) == one


@pytest.mark.parametrize(
    "case",
    [
        "uservoice/forum",
        "stackexchange/tagged",
        "stackexchange/classic_list",
        "canny/board",
        "telligent/board",
        "jive/board",
        "jive/board4",
        "bugzilla/list",
        "jira/list",
        "launchpad/bugs",
        "launchpad/questions",
        "steam/board",
        "lobsters/tag",
        "lobsters/list_json",
        "gitea/issues",
        "fider/board",
        "lemmy/community",
        "lemmy/community_page",
        "gitlab_api/issues",
    ],
)
def test_from_a_listing_the_crawler_reaches_each_thread_by_the_address_the_thread_calls_its_own(case):
    reading = read(_page(case))
    canonical = platforms()[reading.platform].canonical
    assert reading.kind is PageKind.BOARD
    threads = [link.url for link in reading.links if link.kind is LinkKind.THREAD]
    assert threads == [row.url for row in reading.rows]
    assert all(canonical(link.url) == link.url for link in reading.links)
