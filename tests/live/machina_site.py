"""A real django-machina forum with invented content; run by the Python of an environment that has it.

`python machina_site.py FOLDER fill|change|truth` works on the forum in FOLDER, `serve PORT` serves it.
"""

import json
import sys
from pathlib import Path

import django_site

FOLDER = Path(sys.argv[1])
WHO = ("ana", "bo", "cy", "dee")


def configure() -> None:
    import django
    from django.conf import settings
    from machina import MACHINA_MAIN_STATIC_DIR, MACHINA_MAIN_TEMPLATE_DIR

    apps = ("auth", "contenttypes", "sessions", "messages", "staticfiles")
    forum = ("forum", "forum_conversation", "forum_conversation.forum_attachments",
             "forum_conversation.forum_polls", "forum_feeds", "forum_moderation", "forum_search",
             "forum_tracking", "forum_member", "forum_permission")  # fmt: skip
    settings.configure(
        SECRET_KEY="a test",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="machina_site",
        USE_TZ=True,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "forum.sqlite3"}},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        INSTALLED_APPS=[*(f"django.contrib.{app}" for app in apps), "mptt", "haystack", "widget_tweaks",
                        "machina", *(f"machina.apps.{app}" for app in forum)],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "machina.apps.forum_permission.middleware.ForumPermissionMiddleware",
        ],
        TEMPLATES=[{
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [MACHINA_MAIN_TEMPLATE_DIR],
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "machina.core.context_processors.metadata",
            ]},
        }],
        STATIC_URL="/static/",
        STATICFILES_DIRS=[MACHINA_MAIN_STATIC_DIR],
        CACHES={
            "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
            "machina_attachments": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        },
        HAYSTACK_CONNECTIONS={"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}},
        MACHINA_FORUM_NAME="The Yard",
        MACHINA_FORUM_TOPICS_NUMBER_PER_PAGE=5,
        MACHINA_TOPIC_POSTS_NUMBER_PER_PAGE=4,
    )  # fmt: skip
    django.setup()


def fill() -> None:
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from machina.apps.forum.models import Forum

    call_command("migrate", verbosity=0)
    for name in WHO:
        User.objects.create_user(name)
    for board in ("Payments", "Safety"):
        forum = Forum.objects.create(name=board, type=Forum.FORUM_POST)
        let_guests_read(forum)
        for n in range(8):
            topic(forum, f"{board} question {n}", 9 if n % 4 == 0 else 2)


def let_guests_read(forum: object) -> None:
    from machina.apps.forum_permission.models import ForumPermission, UserForumPermission

    for codename in ("can_see_forum", "can_read_forum"):
        permission = ForumPermission.objects.get(codename=codename)
        UserForumPermission.objects.create(
            forum=forum, permission=permission, anonymous_user=True, has_perm=True
        )


def topic(forum: object, subject: str, posts: int) -> None:
    from django.contrib.auth.models import User
    from machina.apps.forum_conversation.models import Topic

    made = Topic.objects.create(
        forum=forum,
        poster=User.objects.get(username="ana"),
        subject=subject,
        type=Topic.TOPIC_POST,
        status=Topic.TOPIC_UNLOCKED,
        approved=True,
    )
    for n in range(posts):
        post(made, f"Thought {n} on {subject}: the fee is too high for a small job.", WHO[n % 4])


def post(of: object, text: str, who: str) -> None:
    from django.contrib.auth.models import User
    from machina.apps.forum_conversation.models import Post

    author = User.objects.get(username=who)
    Post.objects.create(topic=of, poster=author, subject=of.subject, content=text, approved=True)  # type: ignore[attr-defined]


def change() -> None:
    """A week: replies, a new topic, an edit in the last post of a thread that got a reply, a deletion."""
    from machina.apps.forum.models import Forum
    from machina.apps.forum_conversation.models import Post, Topic

    answered = Topic.objects.get(subject="Payments question 0")
    last = answered.posts.order_by("created").last()
    last.content = "Thought better of: the fee is fair."
    last.save()
    post(answered, "A late answer: it was refunded.", "dee")
    topic(Forum.objects.get(name="Safety"), "A new worry", 3)
    thinned = Topic.objects.get(subject="Safety question 4")
    Post.objects.filter(topic=thinned).order_by("created")[2].delete()


def truth() -> None:
    from machina.apps.forum_conversation.models import Post

    posts = {str(post.pk): post.content.raw for post in Post.objects.all()}
    print(json.dumps(posts))


if __name__ == "__main__":
    django_site.main(FOLDER, configure, fill, change, truth)
else:  # as ROOT_URLCONF
    from django.urls import include, path
    from machina import urls

    urlpatterns = [path("forum/", include(urls))]
