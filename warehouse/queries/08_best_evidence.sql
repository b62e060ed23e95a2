-- What is the strongest evidence for and against each proposal?
-- Three sentences a side, the surest first, never two of the same person.
WITH one_a_person AS (
    SELECT *
    FROM evidence
    WHERE stance IN ('support', 'oppose') AND excerpt <> ''
    QUALIFY row_number() OVER (PARTITION BY proposal_id, stance, author_id ORDER BY confidence DESC, stance_id) = 1
)
SELECT proposal, stance, author, posted_at, excerpt, post_url, confidence
FROM one_a_person
QUALIFY row_number() OVER (PARTITION BY proposal_id, stance ORDER BY confidence DESC, stance_id) <= 3
ORDER BY proposal, stance DESC, confidence DESC, posted_at, author;
