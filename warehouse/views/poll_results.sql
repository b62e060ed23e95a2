CREATE OR REPLACE VIEW poll_results AS
WITH latest AS (
    SELECT
        poll_id, option_number,
        arg_max(option, seen_at) AS option,
        arg_max(votes, seen_at) FILTER (votes IS NOT NULL) AS votes,
        arg_min(votes, seen_at) FILTER (votes IS NOT NULL) AS first_votes
    FROM poll_votes
    GROUP BY ALL
)
SELECT
    polls.poll_id, polls.question, latest.option_number, latest.option, latest.votes,
    latest.votes / nullif(coalesce(polls.voters, sum(latest.votes) OVER (PARTITION BY polls.poll_id)), 0) AS share,
    latest.votes - latest.first_votes AS votes_gained,
    polls.voters, polls.is_closed, polls.last_seen_at AS seen_at, polls.thread_id, polls.post_id,
    threads.title AS thread, coalesce(posts.url, threads.url) AS url
FROM polls
JOIN latest USING (poll_id)
JOIN threads USING (thread_id)
LEFT JOIN posts ON posts.post_id = polls.post_id
WHERE latest.option_number <= polls.option_count;
COMMENT ON VIEW poll_results IS 'How each poll stood when it was last seen: one row an option, with the share of the voters who chose it.';
COMMENT ON COLUMN poll_results.poll_id IS 'The poll (polls).';
COMMENT ON COLUMN poll_results.question IS 'As asked; the title of the thread where the poll has no question of its own.';
COMMENT ON COLUMN poll_results.option_number IS '1, 2, … in the order of the page.';
COMMENT ON COLUMN poll_results.option IS 'The words of the option.';
COMMENT ON COLUMN poll_results.votes IS 'Votes for it when they were last shown; null where they never were.';
COMMENT ON COLUMN poll_results.share IS 'Votes in the voters, or in all votes where the voters are not told, 0 to 1. With several choices a voter the shares of voters add up to more than 1.';
COMMENT ON COLUMN poll_results.votes_gained IS 'Votes more than at first sight.';
COMMENT ON COLUMN poll_results.voters IS 'People who have voted, where the page says so.';
COMMENT ON COLUMN poll_results.is_closed IS 'Whether the vote has ended; null where the page does not say.';
COMMENT ON COLUMN poll_results.seen_at IS 'When the poll was last seen.';
COMMENT ON COLUMN poll_results.thread_id IS 'The thread.';
COMMENT ON COLUMN poll_results.post_id IS 'The post that asks; null where that was not seen.';
COMMENT ON COLUMN poll_results.thread IS 'Its title.';
COMMENT ON COLUMN poll_results.url IS 'Of the post that asks, else of the thread.';
