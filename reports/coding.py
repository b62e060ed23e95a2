"""A sheet of posts as one page to code in a browser: nothing to install, nothing sent anywhere.

The page holds the whole sheet. What a coder says is kept by the browser, and handed over as the same sheet
with `coder` and `label` filled in.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from markupsafe import Markup

from reports.render import environment, policy, static

CODING = "coding.js"
STYLES = ("report.css", "coding.css")


def page(
    rows: Sequence[Mapping[str, str]],
    *,
    task: str,
    question: str,
    labels: Mapping[str, str],
    name: str,
) -> str:
    """The HTML of the page.

    Every row has the same columns, `post_id`, `text`, `coder` and `label` among them; these two are filled in
    anew. `labels` are offered in their order, each with what it means. `name` is what the sheet that is
    handed over is called, before the coder's name.
    """
    columns = list(rows[0])
    sheet = {
        "columns": columns,
        "rows": [[row[column] for column in columns] for row in rows],
        "name": name,
        "kept": f"folkmoot {task} {_told_by(row['post_id'] for row in rows)}",
    }
    return (
        environment()
        .get_template("coding.html.j2")
        .render(
            task=task,
            question=question,
            labels=list(labels.items()),
            sheet=Markup(_inert(sheet)),  # noqa: S704
            css=[Markup(static(style)) for style in STYLES],  # noqa: S704
            script=Markup(static(CODING)),  # noqa: S704
            policy=policy((CODING,), STYLES),
        )
    )


def _told_by(post_ids: Iterable[str]) -> str:
    """What tells this sheet from others that the browser keeps codes for."""
    return sha256("\n".join(post_ids).encode()).hexdigest()[:16]


def _inert(sheet: Mapping[str, object]) -> str:
    """JSON that cannot end the element that it stands in."""
    return json.dumps(sheet).replace("<", "\\u003c")
