-- Which threads go deepest?
-- The longest chain of answers, and how contested the thread is (contention, 0 to 1).
SELECT title, board, posts, participants, depth, round(contention, 2) AS contention
FROM thread_overview
ORDER BY depth DESC, posts DESC, title
LIMIT 20;
