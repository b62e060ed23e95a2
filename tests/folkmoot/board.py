"""Pages of a small phpBB board, to be saved, captured and copied in all the ways that people have."""

THREAD = "https://board.example.org/viewtopic.php?t=4"
POST = (
    '<div id="p{id}" class="post has-profile bg2"><div class="inner"><dl class="postprofile" id="profile{id}">'
    '<dt><a href="{to}https://board.example.org/memberlist.php?mode=viewprofile&amp;u={by}" class="username">'
    'Member {by}</a></dt></dl><div class="postbody"><div id="post_content{id}">'
    '<h3><a href="{to}https://board.example.org/viewtopic.php?p={id}#p{id}">Re: Fees</a></h3>'
    '<p class="author">by <strong><a class="username" href="{to}https://board.example.org/memberlist.php?u={by}">'
    'Member {by}</a></strong> &raquo; <time datetime="2019-05-01T10:0{by}:00+00:00">Wed</time></p>'
    '<div class="content">{words}</div></div></div></div></div>'
)
PAGE = (
    "<!DOCTYPE html>{note}<html><head>{script}<title>Fees - View topic</title></head>"
    '<body id="phpbb" class="nojs section-viewtopic ltr">{bar}<h1>The Agora</h1>'
    '<ul id="nav-breadcrumbs"><li class="breadcrumbs"><span class="crumb" data-forum-id="3">'
    '<a href="{to}https://board.example.org/viewforum.php?f=3"><span>Fees</span></a></span></li></ul>'
    '<h2 class="topic-title"><a href="{to}https://board.example.org/viewtopic.php?t=4">Fees</a></h2>'
    "{posts}</body></html>\n{end}"
)
