"""One name an account: an id beside several names is no account's."""

from parse.accounts import crowded, doubtful, shared, without
from parse.model import Author, PlatformEvent, Post, Thread


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


FEES = _thread(1, ("1", "Ann"), ("2", "Bo"))
COURTS = _thread(2, ("1", "Cy"), ("2", "Bo"), ("3", "Dee"))


def test_an_id_beside_several_names_is_doubtful_be_it_now_or_from_what_is_known():
    assert doubtful([FEES, COURTS], [], {}) == {"1"}
    assert doubtful([COURTS], [], {"1": "ann", "2": "bo", "3": "dee"}) == {"1"}


def test_no_account_has_two_names_on_one_page():
    assert "1" in crowded([_thread(1, ("1", "Wanda"), ("2", "Bo"), ("1", "Otto"), ("2", "Bo"))])
    assert not {"1", "2", "3"} & crowded([FEES, COURTS])


def test_a_name_in_other_letters_is_the_same():
    assert not doubtful([FEES, _thread(2, ("1", "ANN"))], [], {})


def test_an_account_is_renamed_when_its_own_post_bears_the_new_name():
    now = _thread(1, ("1", "Ann Ortega"), ("2", "Bo"), ("1", "Ann Ortega"))
    assert not doubtful([now, _thread(3, ("1", "Ann Ortega"))], [FEES], {"1": "ann", "2": "bo"})
    assert not doubtful([FEES, now], [], {})


def test_another_account_in_the_place_of_a_post_is_no_new_name_of_it():
    assert doubtful([_thread(1, ("2", "Cy"))], [FEES], {"1": "ann", "2": "bo"}) == {"2"}


def test_whom_others_name_is_not_shown_under_an_id():
    guessed = Post(
        id="9", text="", full_text="", author=Author(name="Cy", user_id="1"), author_method="quoted"
    )
    assert not doubtful([FEES, Thread(id="2", title="", url="", posts=(guessed,))], [], {})


def test_ids_in_several_threads():
    assert shared([FEES, COURTS, COURTS]) == {"1", "2"}


def test_who_loses_the_id_loses_the_profile_that_it_leads_to_in_posts_and_events():
    lock = PlatformEvent(kind="thread_locked", actor=Author(name="Cy", user_id="1"))
    ann, bo = without(Thread(id="1", title="", url="", posts=FEES.posts, events=(lock,)), {"1"}).posts
    assert (ann.author, bo) == (Author(name="Ann"), FEES.posts[1])
    locked = without(Thread(id="1", title="", url="", events=(lock,)), {"1"})
    assert locked.events[0].actor == Author(name="Cy")
    assert without(FEES, {"9"}) is FEES
