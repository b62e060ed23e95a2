-- The whole schema of the first version. Ids are VARCHAR, times TIMESTAMPTZ in UTC, offsets are Unicode
-- code points (end exclusive), confidences lie in [0, 1]. There are no foreign keys: DuckDB checks them
-- row by row, and the loader writes a thread's rows together anyway.
-- What people wrote is compressed with zstd: left to choose, DuckDB tries every method on it at each checkpoint.
-- Measured on 150,000 posts: a third less time until they are on disk, and a file half the size; questions take as long.

CREATE TYPE thread_state AS ENUM ('visible', 'removed', 'moved');
CREATE TYPE post_state AS ENUM ('visible', 'hidden', 'removed', 'ghost');
CREATE TYPE author_method AS ENUM ('byline', 'quoted', 'addressed');
CREATE TYPE source_method AS ENUM ('link', 'text', 'author', 'ghost');
CREATE TYPE reply_method AS ENUM ('native', 'quote', 'address', 'sequence');
CREATE TYPE proposal_origin AS ENUM ('codebook', 'discovered');
CREATE TYPE mention_act AS ENUM ('propose', 'discuss', 'advise');
CREATE TYPE stance_target AS ENUM ('post', 'proposal');
CREATE TYPE stance_label AS ENUM ('support', 'oppose', 'mixed', 'neutral');
CREATE TYPE moderation_method AS ENUM ('notice', 'redaction', 'platform', 'recrawl');
CREATE TYPE moderation_kind AS ENUM (
    'posts_removed', 'post_removed', 'posts_edited', 'post_edited_by_staff', 'inline_redaction',
    'post_hidden', 'thread_locked', 'thread_unlocked', 'thread_moved', 'thread_merged', 'thread_split',
    'thread_retitled', 'thread_removed', 'conduct_reminder', 'user_warned', 'user_banned'
);

CREATE TABLE sites (
    site_id VARCHAR PRIMARY KEY CHECK (site_id <> '' AND NOT contains(site_id, ':')),
    platform VARCHAR NOT NULL,
    base_url VARCHAR NOT NULL,
    title VARCHAR,
    first_seen_at TIMESTAMPTZ,
    last_crawled_at TIMESTAMPTZ
);
COMMENT ON TABLE sites IS 'One community: a forum under one address.';
COMMENT ON COLUMN sites.site_id IS 'The name given in folkmoot.toml; stands before the colon of every other id.';
COMMENT ON COLUMN sites.platform IS 'The forum software, as the adapter that read it is called.';
COMMENT ON COLUMN sites.base_url IS 'Where the community lives.';
COMMENT ON COLUMN sites.title IS 'What the community calls itself.';
COMMENT ON COLUMN sites.first_seen_at IS 'When the oldest page held was fetched.';
COMMENT ON COLUMN sites.last_crawled_at IS 'When the newest page held was fetched.';

CREATE TABLE pages (
    page_id VARCHAR PRIMARY KEY,
    site_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL,
    status INTEGER NOT NULL,
    etag VARCHAR,
    last_modified VARCHAR,
    content_sha256 VARCHAR NOT NULL,
    archive_file VARCHAR NOT NULL,
    archive_offset BIGINT NOT NULL,
    archive_length BIGINT NOT NULL,
    run_id VARCHAR
);
COMMENT ON TABLE pages IS 'One response of a server: where its bytes lie in the archive.';
COMMENT ON COLUMN pages.page_id IS 'Stable hash of URL, time and content.';
COMMENT ON COLUMN pages.site_id IS 'The community (sites).';
COMMENT ON COLUMN pages.url IS 'Where it was fetched from.';
COMMENT ON COLUMN pages.fetched_at IS 'When it was fetched; of a saved file, when it was saved.';
COMMENT ON COLUMN pages.status IS 'HTTP status.';
COMMENT ON COLUMN pages.etag IS 'The ETag header, if sent.';
COMMENT ON COLUMN pages.last_modified IS 'The Last-Modified header as sent.';
COMMENT ON COLUMN pages.content_sha256 IS 'SHA-256 of the decoded body.';
COMMENT ON COLUMN pages.archive_file IS 'The WARC (relative to the archive) or saved file that holds the bytes.';
COMMENT ON COLUMN pages.archive_offset IS 'First byte of the record in that file.';
COMMENT ON COLUMN pages.archive_length IS 'Bytes of the record in that file.';
COMMENT ON COLUMN pages.run_id IS 'The crawl that fetched it (crawl_runs); null for saved files.';

CREATE TABLE crawl_runs (
    run_id VARCHAR PRIMARY KEY,
    site_id VARCHAR NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    pages_fetched BIGINT NOT NULL CHECK (pages_fetched >= 0),
    pages_unchanged BIGINT NOT NULL CHECK (pages_unchanged >= 0),
    pages_failed BIGINT NOT NULL CHECK (pages_failed >= 0),
    bytes_received BIGINT NOT NULL CHECK (bytes_received >= 0),
    outcome VARCHAR
);
COMMENT ON TABLE crawl_runs IS 'One crawl of one site.';
COMMENT ON COLUMN crawl_runs.run_id IS 'Id of the crawl.';
COMMENT ON COLUMN crawl_runs.site_id IS 'The community crawled (sites).';
COMMENT ON COLUMN crawl_runs.started_at IS 'When it began.';
COMMENT ON COLUMN crawl_runs.finished_at IS 'When it ended; null if it died.';
COMMENT ON COLUMN crawl_runs.pages_fetched IS 'Responses received and kept.';
COMMENT ON COLUMN crawl_runs.pages_unchanged IS 'Responses that said, or turned out, to be what was held already.';
COMMENT ON COLUMN crawl_runs.pages_failed IS 'Requests that brought nothing usable.';
COMMENT ON COLUMN crawl_runs.bytes_received IS 'Bytes received.';
COMMENT ON COLUMN crawl_runs.outcome IS 'How it ended, in the crawler''s words.';

CREATE TABLE boards (
    board_id VARCHAR PRIMARY KEY,
    site_id VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    url VARCHAR NOT NULL
);
COMMENT ON TABLE boards IS 'A section of a community in which threads stand.';
COMMENT ON COLUMN boards.board_id IS '<site_id>:<id on the platform>.';
COMMENT ON COLUMN boards.site_id IS 'The community (sites).';
COMMENT ON COLUMN boards.title IS 'As shown.';
COMMENT ON COLUMN boards.url IS 'The listing''s first page.';

CREATE TABLE threads (
    thread_id VARCHAR PRIMARY KEY,
    site_id VARCHAR NOT NULL,
    board_id VARCHAR,
    title VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    started_at TIMESTAMPTZ,
    stated_reply_count BIGINT,
    view_count BIGINT,
    is_locked BOOLEAN NOT NULL,
    is_sticky BOOLEAN NOT NULL,
    is_solved BOOLEAN NOT NULL,
    state thread_state NOT NULL,
    first_seen_at TIMESTAMPTZ,
    last_seen_at TIMESTAMPTZ
);
COMMENT ON TABLE threads IS 'A topic: an opening post and what followed.';
COMMENT ON COLUMN threads.thread_id IS '<site_id>:<id on the platform>.';
COMMENT ON COLUMN threads.site_id IS 'The community (sites).';
COMMENT ON COLUMN threads.board_id IS 'The board it stands in now (boards).';
COMMENT ON COLUMN threads.title IS 'The title as shown now.';
COMMENT ON COLUMN threads.url IS 'The thread''s first page.';
COMMENT ON COLUMN threads.started_at IS 'When it was opened.';
COMMENT ON COLUMN threads.stated_reply_count IS 'Replies, as the platform counts them.';
COMMENT ON COLUMN threads.view_count IS 'Views, as the platform counts them.';
COMMENT ON COLUMN threads.is_locked IS 'No more replies are accepted.';
COMMENT ON COLUMN threads.is_sticky IS 'Pinned to the top of its board.';
COMMENT ON COLUMN threads.is_solved IS 'Marked as answered.';
COMMENT ON COLUMN threads.state IS 'visible, removed (its pages are gone) or moved (only a stub is left).';
COMMENT ON COLUMN threads.first_seen_at IS 'Fetch time of the first page that showed it.';
COMMENT ON COLUMN threads.last_seen_at IS 'Fetch time of the latest page that showed it.';

CREATE TABLE authors (
    author_id VARCHAR PRIMARY KEY,
    site_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    login VARCHAR,
    user_id VARCHAR,
    profile_url VARCHAR,
    role VARCHAR,
    is_staff BOOLEAN NOT NULL,
    last_seen_at TIMESTAMPTZ
);
COMMENT ON TABLE authors IS 'A member of a community, or a person known from quotes only.';
COMMENT ON COLUMN authors.author_id IS '<site_id>:<account id, else login, else name in lower case>.';
COMMENT ON COLUMN authors.site_id IS 'The community (sites).';
COMMENT ON COLUMN authors.name IS 'Display name as shown last.';
COMMENT ON COLUMN authors.login IS 'Login name, where the page tells.';
COMMENT ON COLUMN authors.user_id IS 'The platform''s id of the account, where the page tells.';
COMMENT ON COLUMN authors.profile_url IS 'The profile page, where linked.';
COMMENT ON COLUMN authors.role IS 'Rank or title as shown.';
COMMENT ON COLUMN authors.is_staff IS 'Shown as staff or moderator.';
COMMENT ON COLUMN authors.last_seen_at IS 'Fetch time of the latest page with a post of theirs; null if known from quotes only.';

CREATE TABLE posts (
    post_id VARCHAR PRIMARY KEY,
    thread_id VARCHAR NOT NULL,
    author_id VARCHAR,
    author_method author_method,
    author_confidence DOUBLE CHECK (author_confidence BETWEEN 0 AND 1),
    position INTEGER,
    posted_at TIMESTAMPTZ,
    edited_at TIMESTAMPTZ,
    edited_by VARCHAR,
    url VARCHAR,
    text VARCHAR NOT NULL USING COMPRESSION zstd,
    full_text VARCHAR NOT NULL USING COMPRESSION zstd,
    like_count BIGINT,
    is_solution BOOLEAN NOT NULL,
    page_id VARCHAR,
    state post_state NOT NULL,
    first_seen_at TIMESTAMPTZ,
    last_seen_at TIMESTAMPTZ,
    removed_at TIMESTAMPTZ,
    edited_by_staff BOOLEAN NOT NULL,
    edit_reason VARCHAR,
    depth INTEGER,
    aliases VARCHAR[] NOT NULL,
    reply_to VARCHAR,
    reply_to_name VARCHAR,
    content_hash UBIGINT NOT NULL
);
COMMENT ON TABLE posts IS 'One contribution to a thread. A ghost is a post that no page shows but that others quote: rebuilt from their quotes.';
COMMENT ON COLUMN posts.post_id IS '<site_id>:<id on the platform>.';
COMMENT ON COLUMN posts.thread_id IS 'The thread it stands in (threads).';
COMMENT ON COLUMN posts.author_id IS 'Who wrote it (authors); null if unknown.';
COMMENT ON COLUMN posts.author_method IS 'byline (the page says so), quoted (others quote it under this name), addressed (others answer it by name), or null.';
COMMENT ON COLUMN posts.author_confidence IS 'How sure the author is.';
COMMENT ON COLUMN posts.position IS '1 = the opening post, as the platform orders them.';
COMMENT ON COLUMN posts.posted_at IS 'When it was written.';
COMMENT ON COLUMN posts.edited_at IS 'When the page says it was last edited.';
COMMENT ON COLUMN posts.edited_by IS 'Who edited it, as written.';
COMMENT ON COLUMN posts.url IS 'Permalink.';
COMMENT ON COLUMN posts.text IS 'The author''s own words: no quotes, no signature, no edit notice.';
COMMENT ON COLUMN posts.full_text IS 'As shown, quotes included.';
COMMENT ON COLUMN posts.like_count IS 'Likes or thanks shown; null if the platform shows none.';
COMMENT ON COLUMN posts.is_solution IS 'Marked as the accepted answer.';
COMMENT ON COLUMN posts.page_id IS 'The archived page it was last seen on (pages).';
COMMENT ON COLUMN posts.state IS 'visible; hidden (a placeholder stands there); removed (gone from a page that was read again); ghost (known from quotes only).';
COMMENT ON COLUMN posts.first_seen_at IS 'Fetch time of the first page that showed it.';
COMMENT ON COLUMN posts.last_seen_at IS 'Fetch time of the latest page that showed it: a removed post was removed after this ...';
COMMENT ON COLUMN posts.removed_at IS '... and before this: fetch time of the page it was missing from.';
COMMENT ON COLUMN posts.edited_by_staff IS 'The page shows that the editor is not the author.';
COMMENT ON COLUMN posts.edit_reason IS 'The reason given for the edit.';
COMMENT ON COLUMN posts.depth IS 'Steps from the opening post along primary replies; 0 = answers nothing.';
COMMENT ON COLUMN posts.aliases IS 'Other ids by which the platform refers to this post.';
COMMENT ON COLUMN posts.reply_to IS 'The post answered, as the platform itself says (its own id).';
COMMENT ON COLUMN posts.reply_to_name IS 'The person answered, where the platform names one but no post.';
COMMENT ON COLUMN posts.content_hash IS 'Hash of everything above that a page can change: how the loader knows what is new.';

CREATE TABLE post_revisions (
    post_id VARCHAR NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    seen_at TIMESTAMPTZ,
    text VARCHAR NOT NULL USING COMPRESSION zstd,
    edited_by VARCHAR,
    edit_reason VARCHAR,
    PRIMARY KEY (post_id, revision)
);
COMMENT ON TABLE post_revisions IS 'Every text a post was seen with.';
COMMENT ON COLUMN post_revisions.post_id IS 'The post (posts).';
COMMENT ON COLUMN post_revisions.revision IS '1 = the text first seen.';
COMMENT ON COLUMN post_revisions.seen_at IS 'Fetch time of the first page that showed this text.';
COMMENT ON COLUMN post_revisions.text IS 'The author''s own words at that time.';
COMMENT ON COLUMN post_revisions.edited_by IS 'Who had edited it, as written.';
COMMENT ON COLUMN post_revisions.edit_reason IS 'The reason given.';

CREATE TABLE quotes (
    quote_id VARCHAR PRIMARY KEY,
    post_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
    depth INTEGER NOT NULL CHECK (depth >= 1),
    parent_quote_id VARCHAR,
    attributed_to VARCHAR,
    text VARCHAR NOT NULL USING COMPRESSION zstd,
    source_post_id VARCHAR,
    source_method source_method,
    source_confidence DOUBLE CHECK (source_confidence BETWEEN 0 AND 1),
    source_ref VARCHAR,
    source_thread_id VARCHAR
);
COMMENT ON TABLE quotes IS 'One quotation in a post; parent_quote_id makes them a tree.';
COMMENT ON COLUMN quotes.quote_id IS '<post_id>/<ordinal>.';
COMMENT ON COLUMN quotes.post_id IS 'The post that quotes (posts).';
COMMENT ON COLUMN quotes.ordinal IS '1, 2, ... in document order within the post.';
COMMENT ON COLUMN quotes.depth IS '1 = outermost.';
COMMENT ON COLUMN quotes.parent_quote_id IS 'The enclosing quote (quotes).';
COMMENT ON COLUMN quotes.attributed_to IS 'Name as written; null if none.';
COMMENT ON COLUMN quotes.text IS 'The quoted words, without those of deeper quotes.';
COMMENT ON COLUMN quotes.source_post_id IS 'The post quoted (posts); null if unresolved.';
COMMENT ON COLUMN quotes.source_method IS 'link (the markup says), text (the words were found), author (the name alone decides), ghost (no page shows the source).';
COMMENT ON COLUMN quotes.source_confidence IS 'How sure the source is.';
COMMENT ON COLUMN quotes.source_ref IS 'The id the markup gives for the quoted post (the platform''s own).';
COMMENT ON COLUMN quotes.source_thread_id IS 'The thread quoted from where it is another one (threads).';

CREATE TABLE replies (
    post_id VARCHAR NOT NULL,
    parent_post_id VARCHAR NOT NULL,
    method reply_method NOT NULL,
    confidence DOUBLE NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    is_primary BOOLEAN NOT NULL,
    PRIMARY KEY (post_id, parent_post_id)
);
COMMENT ON TABLE replies IS 'Who answers whom. Exactly one primary edge a post that is not an opening post; together they are a forest.';
COMMENT ON COLUMN replies.post_id IS 'The answer (posts).';
COMMENT ON COLUMN replies.parent_post_id IS 'What it answers (posts).';
COMMENT ON COLUMN replies.method IS 'native (the platform says), quote, address (by name), sequence (nothing better: the one before).';
COMMENT ON COLUMN replies.confidence IS 'How sure the edge is.';
COMMENT ON COLUMN replies.is_primary IS 'The one edge that places the post in the tree.';

CREATE TABLE proposals (
    proposal_id VARCHAR PRIMARY KEY,
    label VARCHAR NOT NULL,
    description VARCHAR,
    origin proposal_origin NOT NULL
);
COMMENT ON TABLE proposals IS 'What people ask for: the codebook''s entries and what was discovered beside them.';
COMMENT ON COLUMN proposals.proposal_id IS 'The codebook''s id, or that of a discovered group.';
COMMENT ON COLUMN proposals.label IS 'Short name.';
COMMENT ON COLUMN proposals.description IS 'What is asked for, in a sentence.';
COMMENT ON COLUMN proposals.origin IS 'codebook (the researcher''s list) or discovered (grouped from uncoded mentions).';

CREATE TABLE analysis_runs (
    run_id VARCHAR PRIMARY KEY,
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    version VARCHAR NOT NULL,
    codebook_sha256 VARCHAR NOT NULL,
    posts_tagged BIGINT NOT NULL
);
COMMENT ON TABLE analysis_runs IS 'One run of the taggers.';
COMMENT ON COLUMN analysis_runs.run_id IS 'Id of the run.';
COMMENT ON COLUMN analysis_runs.started_at IS 'When it began.';
COMMENT ON COLUMN analysis_runs.finished_at IS 'When it ended; null if it died.';
COMMENT ON COLUMN analysis_runs.version IS 'Version of the taggers.';
COMMENT ON COLUMN analysis_runs.codebook_sha256 IS 'SHA-256 of the codebook used.';
COMMENT ON COLUMN analysis_runs.posts_tagged IS 'Posts tagged in this run.';

CREATE TABLE tagged_posts (
    post_id VARCHAR PRIMARY KEY,
    run_id VARCHAR NOT NULL,
    content_hash UBIGINT NOT NULL,
    is_proposal BOOLEAN NOT NULL,
    proposal_score DOUBLE NOT NULL CHECK (proposal_score BETWEEN 0 AND 1)
);
COMMENT ON TABLE tagged_posts IS 'Which posts were tagged, by which run, and whether they ask for something.';
COMMENT ON COLUMN tagged_posts.post_id IS 'The post (posts).';
COMMENT ON COLUMN tagged_posts.run_id IS 'The run that tagged it last (analysis_runs).';
COMMENT ON COLUMN tagged_posts.content_hash IS 'posts.content_hash as it was then; another value now means that it is stale.';
COMMENT ON COLUMN tagged_posts.is_proposal IS 'The post asks whoever runs the product or the community for a change.';
COMMENT ON COLUMN tagged_posts.proposal_score IS 'How sure that is.';

CREATE TABLE proposal_mentions (
    mention_id VARCHAR PRIMARY KEY,
    post_id VARCHAR NOT NULL,
    proposal_id VARCHAR,
    act mention_act NOT NULL,
    start_offset INTEGER NOT NULL CHECK (start_offset >= 0),
    end_offset INTEGER NOT NULL,
    excerpt VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    rule VARCHAR NOT NULL,
    facets VARCHAR[] NOT NULL,
    CHECK (end_offset >= start_offset)
);
COMMENT ON TABLE proposal_mentions IS 'A span of a post that puts forward, discusses or advises something proposed.';
COMMENT ON COLUMN proposal_mentions.mention_id IS 'Stable hash of post, span and proposal.';
COMMENT ON COLUMN proposal_mentions.post_id IS 'The post (posts).';
COMMENT ON COLUMN proposal_mentions.proposal_id IS 'What is proposed (proposals); null = a proposal no code covers yet.';
COMMENT ON COLUMN proposal_mentions.act IS 'propose (asks for it), discuss (talks about it), advise (tells other members to).';
COMMENT ON COLUMN proposal_mentions.start_offset IS 'First code point in posts.text.';
COMMENT ON COLUMN proposal_mentions.end_offset IS 'One past the last code point in posts.text.';
COMMENT ON COLUMN proposal_mentions.excerpt IS 'The words of the span.';
COMMENT ON COLUMN proposal_mentions.confidence IS 'How sure the tagger is.';
COMMENT ON COLUMN proposal_mentions.rule IS 'The rule or model that said so.';
COMMENT ON COLUMN proposal_mentions.facets IS 'Which facets of the codebook entry the span touches.';

CREATE TABLE stances (
    stance_id VARCHAR PRIMARY KEY,
    post_id VARCHAR NOT NULL,
    author_id VARCHAR,
    target stance_target NOT NULL,
    target_post_id VARCHAR,
    proposal_id VARCHAR,
    stance stance_label NOT NULL,
    start_offset INTEGER CHECK (start_offset >= 0),
    end_offset INTEGER,
    excerpt VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    rule VARCHAR NOT NULL,
    score DOUBLE NOT NULL CHECK (score BETWEEN -1 AND 1),
    more_evidence STRUCT(start_offset INTEGER, end_offset INTEGER)[] NOT NULL,
    CHECK (end_offset >= start_offset)
);
COMMENT ON TABLE stances IS 'Where a post stands toward the post it answers, or toward a proposal.';
COMMENT ON COLUMN stances.stance_id IS 'Stable hash of post and target.';
COMMENT ON COLUMN stances.post_id IS 'The post that takes the stance (posts).';
COMMENT ON COLUMN stances.author_id IS 'Who takes it (authors).';
COMMENT ON COLUMN stances.target IS 'post or proposal.';
COMMENT ON COLUMN stances.target_post_id IS 'The post answered (posts), for target post.';
COMMENT ON COLUMN stances.proposal_id IS 'The proposal (proposals), for target proposal.';
COMMENT ON COLUMN stances.stance IS 'support, oppose, mixed or neutral.';
COMMENT ON COLUMN stances.start_offset IS 'First code point in posts.text of the strongest evidence; null if there is none.';
COMMENT ON COLUMN stances.end_offset IS 'One past its last code point.';
COMMENT ON COLUMN stances.excerpt IS 'The words of the evidence; empty if there is none.';
COMMENT ON COLUMN stances.confidence IS 'How sure the tagger is.';
COMMENT ON COLUMN stances.rule IS 'The rule or model that said so.';
COMMENT ON COLUMN stances.score IS '-1 (oppose) to 1 (support).';
COMMENT ON COLUMN stances.more_evidence IS 'Further spans in posts.text that show the stance.';

CREATE TABLE moderation_events (
    event_id VARCHAR PRIMARY KEY,
    thread_id VARCHAR,
    post_id VARCHAR,
    kind moderation_kind NOT NULL,
    actor_author_id VARCHAR,
    occurred_at TIMESTAMPTZ,
    detected_at TIMESTAMPTZ,
    method moderation_method NOT NULL,
    excerpt VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    rule VARCHAR,
    start_offset INTEGER,
    end_offset INTEGER
);
COMMENT ON TABLE moderation_events IS 'What those who run the community did: said in a notice, left as a redaction, shown by the platform, or seen by comparing two crawls.';
COMMENT ON COLUMN moderation_events.event_id IS 'Stable hash of what happened and how it is known.';
COMMENT ON COLUMN moderation_events.thread_id IS 'The thread concerned (threads).';
COMMENT ON COLUMN moderation_events.post_id IS 'The post moderated, or the notice itself where the moderated post is not known (posts).';
COMMENT ON COLUMN moderation_events.kind IS 'What was done.';
COMMENT ON COLUMN moderation_events.actor_author_id IS 'Who did it (authors); null if unknown.';
COMMENT ON COLUMN moderation_events.occurred_at IS 'When it happened, as far as the page tells; null if only the bounds of two crawls are known.';
COMMENT ON COLUMN moderation_events.detected_at IS 'Fetch time of the page that showed it.';
COMMENT ON COLUMN moderation_events.method IS 'notice, redaction, platform or recrawl.';
COMMENT ON COLUMN moderation_events.excerpt IS 'The words that show it.';
COMMENT ON COLUMN moderation_events.confidence IS 'How sure it is.';
COMMENT ON COLUMN moderation_events.rule IS 'The tagger''s rule, for notices and redactions.';
COMMENT ON COLUMN moderation_events.start_offset IS 'First code point of the excerpt in posts.text, for notices and redactions.';
COMMENT ON COLUMN moderation_events.end_offset IS 'One past its last code point.';
