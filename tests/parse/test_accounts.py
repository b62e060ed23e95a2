"""One name an account: an id beside several names is no account's."""

from parse.accounts import distinct
from parse.model import Author, Post, Thread


def _thread(number, *people):
    posts = tuple(
        Post(
            id=f"{number}{i}",
            text="",
            full_text="",
            author=Author(name=name, user_id=user_id, profile_url=f"https://f.example/u/{user_id}"),
            author_method="byline",
        )
        for i, (user_id, name) in enumerate(people)
    )
    return Thread(id=str(number), title="", url="", posts=posts)


def _keys(threads):
    return [[post.author.key for post in thread.posts] for thread in threads]


def test_numbers_given_anew_in_each_thread_make_no_one_person_of_many():
    read = [_thread(1, ("1", "Ann"), ("2", "Bo")), _thread(2, ("1", "Cy"), ("3", "Bo"))]
    threads = distinct(read, read)
    assert _keys(threads) == [["ann", "2"], ["cy", "3"]]
    assert threads[0].posts[0].author.profile_url is None


def test_accounts_with_one_name_keep_their_id():
    before = [_thread(1, ("1", "Ann"), ("2", "Bo")), _thread(2, ("1", "Ann"))]
    assert distinct(before, before) == tuple(before)


def test_somebody_who_took_another_name_keeps_the_account():
    held_and_read = _thread(1, ("1", "Ann"), ("2", "Bo"), ("1", "Ann of the Mill"))
    assert distinct([held_and_read], [_thread(1, ("1", "Ann of the Mill"))]) == (held_and_read,)
