"""A product researcher's session with a warehouse, as a marimo notebook.

`marimo edit docs/notebook.py -- --warehouse folkmoot-demo/folkmoot.duckdb` opens it; `folkmoot demo` makes
that file. CI runs it against the demo.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="A session with Folkmoot")


@app.cell
def _():
    import altair as alt
    import duckdb
    import marimo as mo

    colours = alt.Scale(
        domain=["support", "for", "oppose", "against", "mixed"],
        range=["#0b7a75", "#0b7a75", "#c2571a", "#c2571a", "#6b6b6b"],
    )
    return alt, colours, duckdb, mo


@app.cell
def _(mo):
    mo.md("""
    # What does this community want, and did anybody listen?

    Everything here is SQL on the published file. It is opened read-only; a crawl that publishes meanwhile
    puts a new file in its place and disturbs nothing. Open the warehouse again to see it.
    """)
    return


@app.cell
def _(duckdb, mo):
    path = mo.cli_args().get("warehouse") or "folkmoot-demo/folkmoot.duckdb"
    warehouse = duckdb.connect(str(path), read_only=True)
    warehouse.execute("SET TimeZone = 'UTC'")

    def ask(sql, **values):
        """The answer as an Arrow table."""
        return warehouse.sql(sql, params=values or None).to_arrow_table()

    return (ask,)


@app.cell
def _(alt, ask, colours, mo):
    leaderboard = ask("""
        SELECT proposal_id, label, supporters, opposers, net_support, proposers, threads
        FROM proposal_leaderboard
        WHERE supporters + opposers > 0
    """)
    camps = ask("""
        SELECT label, side, people
        FROM (SELECT label, supporters AS "for", -opposers AS against FROM proposal_leaderboard)
        UNPIVOT (people FOR side IN ("for", against))
        WHERE people <> 0
    """)
    leaderboard_chart = (
        alt.Chart(camps, title="People for (right) and against (left), each counted once")
        .mark_bar()
        .encode(
            x=alt.X("people:Q", title="people"),
            y=alt.Y("label:N", sort="-x", title=None),
            color=alt.Color("side:N", scale=colours, legend=None),
            tooltip=["label", "side", "people"],
        )
    )
    mo.vstack([mo.md("## What do they want most?"), leaderboard_chart, mo.ui.table(leaderboard.to_pylist())])
    return leaderboard, leaderboard_chart


@app.cell
def _(leaderboard, mo):
    proposals = dict(
        zip(leaderboard["label"].to_pylist(), leaderboard["proposal_id"].to_pylist(), strict=True)
    )
    chosen = mo.ui.dropdown(options=proposals, value=next(iter(proposals), None), label="A proposal")
    mo.vstack([mo.md("## How did positions move?"), chosen])
    return (chosen,)


@app.cell
def _(alt, ask, chosen, colours, mo):
    positions = ask(
        """
        WITH said AS (
            SELECT
                counted.author_id, counted.stance, date_trunc('month', posted_at) AS month,
                (posted_at, counted.confidence, post_id) AS turn
            FROM counted_stances AS counted
            JOIN posts USING (post_id)
            WHERE proposal_id = $proposal AND counted.author_id IS NOT NULL AND posted_at IS NOT NULL
        ),
        months AS (SELECT DISTINCT month FROM said),
        -- At the end of a month a person stands where they last said they stood.
        standing AS (
            SELECT months.month, said.author_id, arg_max(said.stance, said.turn) AS stance
            FROM months
            JOIN said ON said.month <= months.month
            GROUP BY ALL
        )
        SELECT month, stance::VARCHAR AS stance, count(*) AS people FROM standing GROUP BY ALL ORDER BY ALL
        """,
        proposal=chosen.value,
    )
    positions_chart = (
        alt.Chart(positions, title="Where people stand at the end of each month")
        .mark_line(point=True, interpolate="step-after")
        .encode(
            x=alt.X("month:T", title=None),
            y=alt.Y("people:Q", title="people"),
            color=alt.Color(
                "stance:N", scale=colours, legend=alt.Legend(values=["support", "oppose", "mixed"])
            ),
            shape=alt.Shape("stance:N", legend=None),
            tooltip=["month", "stance", "people"],
        )
    )
    mo.vstack([positions_chart])
    return positions, positions_chart


@app.cell
def _(ask, mo):
    changes = ask("""
        SELECT author, label, first_stance::VARCHAR AS first, stance::VARCHAR AS now, posted_at, excerpt
        FROM positions
        WHERE changed
        ORDER BY posted_at DESC, author, label
    """)
    mo.vstack(
        [
            mo.md("## Who changed their mind, and in which words?"),
            mo.ui.table(changes.to_pylist()),
        ]
    )
    return (changes,)


@app.cell
def _(alt, ask, mo):
    acts = ask("""
        SELECT
            timeline.kind::VARCHAR AS kind, timeline.thread,
            epoch(timeline.happened_at - posts.posted_at) / 3600 AS hours
        FROM moderation_timeline AS timeline
        JOIN posts USING (post_id)
        WHERE timeline.happened_at > posts.posted_at AND NOT list_contains(timeline.methods, 'notice')
            AND NOT list_contains(timeline.methods, 'recrawl')
        ORDER BY hours
    """)
    speed = ask("""
        SELECT timeline.kind::VARCHAR AS kind, count(*) AS acts,
            round(median(epoch(timeline.happened_at - posts.posted_at)) / 3600, 1) AS median_hours
        FROM moderation_timeline AS timeline
        JOIN posts USING (post_id)
        WHERE timeline.happened_at > posts.posted_at AND NOT list_contains(timeline.methods, 'notice')
            AND NOT list_contains(timeline.methods, 'recrawl')
        GROUP BY ALL
        ORDER BY acts DESC, kind
    """)
    speed_chart = (
        alt.Chart(acts, title="Hours from a post to the act on it")
        .mark_tick(thickness=2)
        .encode(
            x=alt.X("hours:Q", scale=alt.Scale(type="symlog")),
            y="kind:N",
            tooltip=["kind", "thread", "hours"],
        )
    )
    mo.vstack([mo.md("## How fast does staff act?"), speed_chart, mo.ui.table(speed.to_pylist())])
    return speed, speed_chart


@app.cell
def _(ask, chosen, mo):
    words = ask(
        """
        SELECT stance::VARCHAR AS stance, author, excerpt, post_url, round(confidence, 2) AS confidence
        FROM evidence
        WHERE proposal_id = $proposal AND stance IN ('support', 'oppose') AND excerpt <> ''
        QUALIFY row_number() OVER (PARTITION BY stance ORDER BY confidence DESC, stance_id) <= 5
        ORDER BY stance DESC, confidence DESC, post_url
        """,
        proposal=chosen.value,
    )
    mo.vstack(
        [
            mo.md("## In their own words"),
            mo.ui.table(words.to_pylist()),
            mo.md("""
            Before a chart leaves this notebook: read the sentences behind it. The taggers misread irony and
            half sentences; `folkmoot sample` and `folkmoot agreement` say how often on *this* community.
            """),
        ]
    )
    return (words,)


if __name__ == "__main__":
    app.run()
