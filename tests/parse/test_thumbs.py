"""Reactions: of all signs that people put under a message, two say whether they are for or against it."""

import pytest

from parse.software.reactions import thumbs


@pytest.mark.parametrize(
    ("reactions", "likes", "dislikes"),
    [
        ([], None, None),
        ([("🔥", 9), ("tada", 3)], None, None),
        ([("👍", 2), ("👎", 1)], 2, 1),
        ([("👍🏽", 2), ("👍", 3), ("👎🏿", None)], 5, 0),
        ([("+1", 2), ("+1::skin-tone-3", 1), ("-1", 4), ("-1::skin-tone-2", 1)], 3, 5),
        ([("thumbsup", 1), ("thumbs_up_dark_skin_tone", 1), ("thumbsdown", 2), ("thumbs_down", 1)], 2, 3),
        ([("thumbsdown_medium_dark_skin_tone", 1), ("not-1", 7), ("-100", 7)], None, 1),
    ],
)
def test_thumbs_up_and_down_are_counted_apart(reactions, likes, dislikes):
    assert thumbs(reactions) == {"like_count": likes, "dislike_count": dislikes}
