"""Opens what Folkmoot wrote with the tool it is for and says what that tool saw. Run by the environment of `make interop`."""

import json
import sys
from importlib.util import find_spec
from pathlib import Path


def convokit(path: str) -> dict:
    from convokit import Corpus

    corpus = Corpus(filename=path)
    corpus.dump("again", base_path=path)
    return {
        "utterances": sorted(corpus.get_utterance_ids()),
        "whole": all(talk.check_integrity(verbose=False) for talk in corpus.iter_conversations()),
        "replies": {each.id: each.reply_to for each in corpus.iter_utterances()},
        "speakers": {each.id: each.speaker.meta["name"] for each in corpus.iter_utterances()},
        "quotes": sum(len(each.meta["quotes"]) for each in corpus.iter_utterances()),
    }


def aif(path: str) -> dict:
    import arguebuf

    graph = arguebuf.load.file(path)
    again = arguebuf.dump.aif(graph)
    return {
        "nodes": sorted((node["nodeID"], node["type"]) for node in again["nodes"]),
        "edges": sorted((edge["fromID"], edge["toID"]) for edge in again["edges"]),
        "texts": {node["nodeID"]: node["text"] for node in again["nodes"] if node["type"] == "I"},
    }


def zyte(path: str) -> dict:
    from zyte_common_items import ForumThread

    with Path(path).open(encoding="utf-8") as file:
        threads = [ForumThread.from_dict(json.loads(line)) for line in file]
    unknown = [item._unknown_fields_dict for thread in threads for item in (thread, *thread.posts)]
    return {
        "threads": {thread.threadId: thread.topic.name for thread in threads},
        "posts": {post.postId: post.text for thread in threads for post in thread.posts},
        "unknown": [fields for fields in unknown if fields],
    }


def older_duckdb(path: str) -> dict:
    import duckdb

    held = duckdb.connect(path, read_only=True)
    names = held.execute("SELECT table_name FROM information_schema.tables").fetchall()
    return {name: len(held.execute(f"FROM {name}").fetchall()) for (name,) in names}


def quack(path: str) -> dict:
    """A server and a client, with what docs/teams.md has them type; the extensions come by PyPI here."""
    import duckdb

    server, client = duckdb.connect(), duckdb.connect()
    for session in (server, client):
        for extension in ("httpfs", "quack"):
            package = Path(find_spec(f"duckdb_extension_{extension}").submodule_search_locations[0])
            (file,) = package.rglob("*.duckdb_extension")
            session.execute(f"LOAD '{file}'")
    server.execute(f"ATTACH '{path}' AS forum (READ_ONLY)")
    server.execute("CALL quack_serve('quack:localhost', token = 'a long random word')")
    client.execute("CREATE SECRET (TYPE quack, TOKEN 'a long random word', SCOPE 'quack:localhost')")
    asked = "FROM quack_query('quack:localhost', ?)"
    try:
        client.execute(asked, ["DELETE FROM forum.posts"]).fetchall()
        refused = ""
    except duckdb.Error as error:
        refused = str(error)
    label = "SELECT label, net_support FROM forum.proposal_leaderboard"
    return {"answer": client.execute(asked, [label]).fetchall(), "refused": refused}


if __name__ == "__main__":
    looks = {"convokit": convokit, "aif": aif, "zyte": zyte, "duckdb": older_duckdb, "quack": quack}
    print(json.dumps(looks[sys.argv[1]](sys.argv[2])))
