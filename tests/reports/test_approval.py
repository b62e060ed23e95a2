"""What a report says of likes and dislikes."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

Reporter = Callable[..., Path]


def test_a_passage_and_its_post_say_how_many_liked_them(
    report: Reporter, communities: ModuleType, tmp_path: Path
) -> None:
    rows = communities.Rows()
    rows.site()
    rows.proposal("fee", "Lower the fee")
    thread, ann = rows.thread(1, "The fee"), rows.author("Ann")
    for number, (likes, dislikes) in enumerate([(1204, 31), (-4, None), (0, 0)], 1):
        post = rows.post(
            thread,
            number,
            ann,
            f"Lower the fee {number}.",
            communities.NOW,
            like_count=likes,
            dislike_count=dislikes,
        )
        rows.mention(post, "fee", f"Lower the fee {number}.", 0, act="propose", confidence=0.9)
    folder = report(rows.save(tmp_path / "w.duckdb"))
    for file in ("threads/*.html", "proposals/fee-*.html"):
        shown = "".join(path.read_text(encoding="utf-8") for path in folder.glob(file))
        assert "1\u202f204 likes, 31 dislikes" in shown
        assert "a score of −4" in shown
        assert "0 likes" not in shown
