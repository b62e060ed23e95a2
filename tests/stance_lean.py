"""Finds `_UNSPOKEN` of analyze/taggers/stance.py: `python tests/stance_lean.py WAREHOUSE_OF_THE_DEMO`.

The model is fitted on pairs written to show a stance, with as many against as for; in a community people
mostly answer what they agree with. What has to be added to the log-probability of support is measured on
the demo's Workshop, and told apart from how it does on the Community, which had no part in it.
"""

import sys
from pathlib import Path

from analyze import codebook
from analyze.pipeline import Tagger
from analyze.taggers import stance
from folkmoot.demo.content import load
from warehouse.findings import statements_of
from warehouse.store import reading

FITTED, HELD_OUT = "workshop", "community"
STEPS = [step / 4 for step in range(9)]


def marked() -> dict[tuple[str, str], str]:
    """(post, post answered) to the stance that the demo's truth marks; mixed ones are left out."""
    return {
        (f"{thread.site}:{post.id}", f"{thread.site}:{mark.toward}"): mark.stance
        for thread in load().threads
        for post in thread.posts
        for mark in post.stances
        if mark.toward and mark.stance != "mixed"
    }


def share_right(statements, truth, site, support):
    stance._UNSPOKEN = support
    tagger = Tagger(codebook.load(None), ["stance"])
    asked = [s for s in statements if s.id.startswith(site) and (s.id, s.reply_to_id) in truth]
    right = [tagger.tag_one(s).stance.stance == truth[s.id, s.reply_to_id] for s in asked]
    return sum(right) / len(right)


if __name__ == "__main__":
    truth = marked()
    with reading(Path(sys.argv[1])) as db:
        statements = statements_of(db, sorted({post for post, _ in truth}))
    for support in STEPS:
        shares = [share_right(statements, truth, site, support) for site in (FITTED, HELD_OUT)]
        print(f"support {support:+.2f}: {FITTED} {shares[0]:.3f}, {HELD_OUT} {shares[1]:.3f}")
