"""The codebook: what it accepts, and errors that name file, entry and key."""

from pathlib import Path

import pytest
import spacy

from analyze import codebook
from analyze.gate import Gate
from analyze.linking import Link, Linker
from analyze.model import AnalyzeError, CodebookError, Statement
from analyze.view import view

ENTRY = '[[proposal]]\nid = "tabs"\nlabel = "Tabs"\n'


def test_the_one_that_comes_with_it():
    ids = [entry.id for entry in codebook.load(None).proposals]
    assert ids == [
        "client_metrics_disclosure",
        "readiness_test",
        "arbitration_fee",
        "client_vetting",
        "escrow_protection",
        "rating_system",
        "conduct_rules",
        "support_response",
    ]
    facets = codebook.load(None).proposals[0].facets
    assert list(facets) == [
        "average_rating_given",
        "cancelled",
        "closed_early",
        "refunds",
        "mediation",
        "arbitration",
    ]


def test_the_digest_is_of_the_bytes(tmp_path: Path):
    path = tmp_path / "codebook.toml"
    path.write_text(ENTRY, encoding="utf-8")
    before = codebook.load(path).sha256
    path.write_text(ENTRY + "# changed\n", encoding="utf-8")
    assert codebook.load(path).sha256 != before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[[proposal]", "cb.toml is not valid TOML"),
        ("[[proposal]]\nid = “tabs”\n", 'line 2, column 6). Words stand in straight quotes: "dark mode".'),
        (ENTRY + 'phrases = ["tab", "bar]\n', "line 4, column 24). A quotation mark is missing."),
        (ENTRY + 'phrases = ["tab" "bar"]\n', "A comma is missing between two of them."),
        (ENTRY + 'phrases = [\n  "tab"\n  "bar",\n]\n', "A comma is missing between two of them."),
        (ENTRY + 'phrases = ["tab"; "bar"]\n', 'Several are parted by commas: ["one", "two"].'),
        (ENTRY + "phrases = [tab]\n", 'Words stand in quotes: "dark mode".'),
        (ENTRY + 'phrases: ["tab"]\n', "A key is followed by =."),
        ("// mine\n" + ENTRY, "A comment begins with #."),
        (ENTRY + 'facets = ["tab"]\n', "key `facets` must name its parts in braces"),
        (ENTRY.replace('"Tabs"', "5"), "key `label` must be words in quotes"),
        ('[[proposal]]\nlabel = "Tabs"\n', "cb.toml, entry 1: key `id` is missing"),
        ('[[proposal]]\nid = "Tabs!"\nlabel = "T"\n', 'cb.toml, entry 1 ("Tabs!"): key `id`'),
        (ENTRY + 'phrase = ["x"]\n', 'cb.toml, entry 1 ("tabs"): key `phrase` is no key of a codebook'),
        (ENTRY + 'phrases = [""]\n', "key `phrases.1`"),
        (ENTRY + 'phrases = ["ok", 3]\n', "key `phrases.2` must be words"),
        (ENTRY + 'phrases = ["ok", "(a|b"]\n', "key `phrases.2`: a bracket"),
        (ENTRY + 'patterns = [[{LOWR = "x"}]]\n', "LOWR is no key of a token pattern"),
        (ENTRY + 'patterns = [[{LOWER = "x", OP = "x"}]]\n', "OP = 'x' is none of"),
        (
            ENTRY + 'patterns = [[{LOWER = "Tab"}]]\n',
            "key `patterns.1`: LOWER = 'Tab' never matches: write 'tab'",
        ),
        (
            ENTRY + 'patterns = [[{LOWER = {IN = ["new tab", "a tab"]}}]]\n',
            '{LOWER = "new"}, {LOWER = "tab"}',
        ),
        (ENTRY + 'patterns = [[{ORTH = "e-mail"}]]\n', "ORTH = 'e-mail' never matches"),
        (ENTRY + 'facets = {x = [[{LOWR = "x"}]]}\n', "key `facets.x.1`: LOWR is no key of a token pattern"),
        (ENTRY + "facets = {x = []}\n", "key `facets.x` is empty"),
        (ENTRY + 'phrases = "tab"\n', "key `phrases` must be a list in brackets"),
        (ENTRY + 'patterns = [{LOWER = "tab"}]\n', "key `patterns.1` must be a list of tokens in brackets"),
        ('[[proposal]]\nid = "Dark mode"\nlabel = "T"\n', "must begin with a letter and hold only a-z, 0-9"),
        (ENTRY + 'patterns = [[{LEMMA = "x"}]]\n', "LEMMA is answered by a trained spaCy pipeline only"),
        (ENTRY + ENTRY, 'entry 2: key `id`: "tabs" is taken by an earlier entry'),
        ("proposal = 3\n", "key `proposal`"),
        ('words = {fee = ["charge|fee"]}\n' + ENTRY, "key `words.fee.1`: a class holds words and word*"),
        ("words = {fee = []}\n" + ENTRY, "key `words.fee`"),
        ('words = {"late fee" = ["charge"]}\n' + ENTRY, "key `words.late fee"),
    ],
)
def test_errors_name_file_entry_and_key(content: str, message: str):
    with pytest.raises(CodebookError) as raised:
        codebook.parse(content.encode(), "cb.toml")
    assert message in str(raised.value)


def test_a_file_in_the_code_page_of_a_machine_is_told_where() -> None:
    with pytest.raises(CodebookError, match=r"not UTF-8 text \(line 3\): save it as UTF-8"):
        codebook.parse(ENTRY.replace("Tabs", "Café").encode("cp1252"), "cb.toml")


def test_a_file_saved_by_notepad_is_read() -> None:
    content = b"\xef\xbb\xbf" + ENTRY.replace("\n", "\r\n").encode()
    assert [entry.id for entry in codebook.parse(content, "cb.toml").proposals] == ["tabs"]


def test_one_word_of_several_that_never_matches_is_noted() -> None:
    source = ENTRY + 'patterns = [[{LOWER = {IN = ["e-mail", "mail"]}}]]\n'
    (entry,) = codebook.parse(source.encode(), "cb.toml").proposals
    assert [note.partition(",")[0] for note in entry.notes()] == ["LOWER = 'e-mail' never matches"]
    assert [link.proposal_id for link in links("Send mail.", source)] == ["tabs"]
    assert not any(entry.notes() for entry in codebook.load(None).proposals)


def test_a_word_that_is_one_token_in_capitals_only_can_be_asked_for():
    source = ENTRY + 'patterns = [[{LOWER = "verify"}, {LOWER = "id"}]]\n'
    assert [link.proposal_id for link in links("Verify ID, please.", source)] == ["tabs"]


def test_a_file_that_is_not_there(tmp_path: Path):
    with pytest.raises(CodebookError, match=r"nowhere\.toml cannot be read"):
        codebook.load(tmp_path / "nowhere.toml")


def links(text: str, source: str | None = None) -> list[Link]:
    book = codebook.parse(source.encode(), "cb.toml") if source else codebook.load(None)
    linker = Linker(book)
    return [
        link
        for one in view(Statement(id="1", text=text), Gate(linker.keys)).sentences
        for link in linker.links(one)
    ]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Let us look at a client's history first.", "client_metrics_disclosure"),
        ("Show us how many contracts they cancelled!", "client_metrics_disclosure"),
        ("Every newcomer should pass a test before bidding", "readiness_test"),
        ("The loser should pay for the arbitration", "arbitration_fee"),
        ("please VERIFY the clients", "client_vetting"),
        ("Nobody protects our payments", "escrow_protection"),
        ("how is the score calculated", "rating_system"),
        ("Enforce the rules of conduct", "conduct_rules"),
        ("tickets stay unanswered for weeks", "support_response"),
    ],
)
def test_wordings_of_each_entry(text: str, entry: str):
    assert entry in {link.proposal_id for link in links(text)}


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("the average rating they give", "average_rating_given"),
        ("the share of contracts cancelled", "cancelled"),
        ("how many jobs were closed early", "closed_early"),
        ("how often they asked for a refund", "refunds"),
        ("how many ended in mediation", "mediation"),
        ("the number that went to arbitration", "arbitration"),
    ],
)
def test_facets(text: str, facet: str):
    (link,) = [link for link in links(text) if link.proposal_id == "client_metrics_disclosure"]
    assert facet in link.facets


def test_everyday_words_are_no_link():
    assert links("My client is happy and the rating of the film was good for the price.") == []


def test_an_entry_without_forms_is_found_by_its_label():
    assert [link.proposal_id for link in links("More TABS please", ENTRY)] == ["tabs"]


def test_a_pattern_without_words_still_reads_every_sentence():
    source = ENTRY + "patterns = [[{LIKE_URL = true}]]\n"
    assert [link.proposal_id for link in links("see www.example.com", source)] == ["tabs"]


def test_a_trained_pipeline_answers_what_blank_english_cannot(tmp_path: Path):
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add([[{}]], {"LEMMA": "other"})
    ruler.add([[{"LOWER": {"IN": ["tab", "tabs", "tabbed"]}}]], {"LEMMA": "tab"})
    nlp.to_disk(tmp_path / "small")
    source = f'spacy = "{tmp_path / "small"}"\n' + ENTRY + 'patterns = [[{LEMMA = "tab"}]]\n'
    assert [link.proposal_id for link in links("A tabbed view", source)] == ["tabs"]
    assert links("A tidy view", source) == []


def test_a_trained_pipeline_that_is_not_installed_is_named():
    source = 'spacy = "en_nowhere"\n' + ENTRY
    with pytest.raises(AnalyzeError, match=r"spaCy pipeline en_nowhere, which cannot be loaded"):
        links("More tabs please", source)
