-- Who changed their mind?
-- People whose last stance on a proposal differs from their first, with the words of the last.
SELECT author, label, first_stance, first_taken_at, stance AS now, posted_at, excerpt
FROM positions
WHERE changed
ORDER BY posted_at DESC, author, label;
