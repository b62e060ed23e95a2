-- What is new since the crawl before the last?
-- Posts first seen on the latest day of fetching, thread by thread.
WITH latest AS (SELECT date_trunc('day', max(fetched_at)) AS day FROM pages)
SELECT threads.title AS thread, count(*) AS new_posts, min(posts.posted_at) AS earliest, max(posts.posted_at) AS latest
FROM posts
JOIN threads USING (thread_id)
WHERE posts.first_seen_at >= (SELECT day FROM latest) AND posts.state <> 'ghost'
GROUP BY threads.thread_id, threads.title
ORDER BY new_posts DESC, thread, earliest, latest;
