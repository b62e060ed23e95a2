-- What was put to the vote, what leads, and does the talk beside it sound the same?
-- One line a poll, most votes first: the leading option with its share of the voters, how far ahead of the next it is,
-- and how many answers in the thread support or oppose what they answer. Polls whose votes were never shown are left out.
WITH ranked AS (
    SELECT
        *,
        row_number() OVER places AS place,
        votes - lead(votes, 1, 0) OVER places AS ahead,
        sum(votes) OVER (PARTITION BY poll_id) AS all_votes,
        sum(votes_gained) OVER (PARTITION BY poll_id) AS gained
    FROM poll_results
    WHERE votes IS NOT NULL
    WINDOW places AS (PARTITION BY poll_id ORDER BY votes DESC, option_number)
),
asking AS (
    SELECT post_id, thread_id FROM posts WHERE thread_id IN (SELECT thread_id FROM polls)
),
answered AS (
    SELECT
        asking.thread_id,
        count(*) FILTER (stances.stance = 'support') AS supports,
        count(*) FILTER (stances.stance = 'oppose') AS opposes
    FROM asking
    JOIN stances USING (post_id)
    WHERE stances.target = 'post'
    GROUP BY ALL
)
SELECT
    ranked.question, ranked.option AS leads, round(100 * ranked.share) AS percent, ranked.votes, ranked.ahead,
    coalesce(ranked.voters, ranked.all_votes) AS voted, ranked.gained AS votes_gained, ranked.is_closed,
    coalesce(answered.supports, 0) AS supports, coalesce(answered.opposes, 0) AS opposes, ranked.url
FROM ranked
LEFT JOIN answered USING (thread_id)
WHERE ranked.place = 1
ORDER BY voted DESC, ranked.poll_id;
