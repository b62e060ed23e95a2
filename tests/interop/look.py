"""Opens an export with the tool it is for and says what that tool saw. Run by the environment of `make interop`."""

import json
import sys
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


if __name__ == "__main__":
    print(json.dumps({"convokit": convokit, "aif": aif, "zyte": zyte}[sys.argv[1]](sys.argv[2])))
