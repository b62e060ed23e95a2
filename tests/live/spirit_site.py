"""A real Spirit forum with invented content; run by the Python of an environment that has it.

`python spirit_site.py FOLDER fill|change|truth` works on the forum in FOLDER, `serve PORT` serves it.
"""

import json
import sys
from pathlib import Path

import django_site

FOLDER = Path(sys.argv[1])
WHO = ("ana", "bo", "cy", "dee")


def configure() -> None:
    """The settings that Spirit gives to a new project, with a database in our folder."""
    import django
    from django.conf import settings
    from spirit.extra.project_template.project_name.settings import base

    cache = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.configure(
        **{name: value for name, value in vars(base).items() if name.isupper()}
        | {
            "SECRET_KEY": "a test",
            "DEBUG": True,
            "ALLOWED_HOSTS": ["127.0.0.1"],
            "ROOT_URLCONF": "spirit_site",
            "WSGI_APPLICATION": None,
            "DATABASES": {
                "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "forum.sqlite3"}
            },
            "CACHES": {"default": cache, "st_rate_limit": cache},
            "DEFAULT_AUTO_FIELD": "django.db.models.AutoField",
            "HAYSTACK_CONNECTIONS": {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}},
            "HAYSTACK_SIGNAL_PROCESSOR": "haystack.signals.BaseSignalProcessor",
            "ST_SITE_URL": "http://127.0.0.1/",
            "ST_TASK_MANAGER": None,
        }
    )
    django.setup()


def fill() -> None:
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from djconfig.models import Config
    from spirit.category.models import Category

    call_command("migrate", verbosity=0)
    for key, value in (("comments_per_page", 4), ("topics_per_page", 6)):
        Config.objects.create(key=key, value=value)
    for name in WHO:
        get_user_model().objects.create_user(name, f"{name}@example.org", "a test")
    for title in ("Payments", "Safety"):
        category = Category.objects.create(title=title)
        for n in range(8):
            topic(category, f"{title} question {n}", 9 if n % 4 == 0 else 2)


def topic(category: object, title: str, comments: int) -> None:
    from spirit.topic.models import Topic

    made = Topic.objects.create(user=who(0), category=category, title=title)
    for n in range(comments):
        comment(made, f"Thought {n} on {title}: the fee is too high for a small job.", n)


def who(number: int) -> object:
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username=WHO[number % 4])


def comment(of: object, text: str, number: int) -> None:
    """As the reply form does it: counts, last activity and all."""
    from spirit.comment.forms import CommentForm
    from spirit.comment.utils import comment_posted

    form = CommentForm(user=who(number), topic=of, data={"comment": text})
    assert form.is_valid(), form.errors
    made = form.save()
    comment_posted(comment=made, mentions=form.mentions)


def change() -> None:
    """A week: replies, a new topic, an edit before a reply, a removal, a topic that is closed."""
    from spirit.category.models import Category
    from spirit.comment.forms import CommentForm
    from spirit.comment.models import Comment
    from spirit.comment.utils import post_comment_update, pre_comment_update
    from spirit.topic.models import Topic

    answered = Topic.objects.get(title="Payments question 0")
    last = Comment.objects.filter(topic=answered).order_by("pk").last()
    form = CommentForm(
        user=last.user, topic=answered, data={"comment": "Thought better of: the fee is fair."}, instance=last
    )
    assert form.is_valid(), form.errors
    pre_comment_update(comment=Comment.objects.get(pk=last.pk))
    post_comment_update(comment=form.save())
    comment(answered, "A late answer: it was refunded.", 3)
    topic(Category.objects.get(title="Safety"), "A new worry", 3)
    thinned = Topic.objects.get(title="Safety question 4")
    Comment.objects.filter(pk=Comment.objects.filter(topic=thinned).order_by("pk")[6].pk).update(
        is_removed=True
    )
    comment(thinned, "Where did that post go?", 1)
    closed = Topic.objects.get(title="Safety question 6")
    Topic.objects.filter(pk=closed.pk).update(is_closed=True)
    Comment.create_moderation_action(user=who(0), topic=closed, action=Comment.CLOSED)


def truth() -> None:
    from spirit.comment.models import Comment

    shown = Comment.objects.filter(action=Comment.COMMENT, is_removed=False)
    print(json.dumps({str(each.pk): each.comment for each in shown}))


if __name__ == "__main__":
    django_site.main(FOLDER, configure, fill, change, truth)
else:  # as ROOT_URLCONF
    from django.urls import include, path
    from spirit import urls

    urlpatterns = [path("", include(urls))]
