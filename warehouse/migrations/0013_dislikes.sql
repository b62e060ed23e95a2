-- Whoever disagrees without a word.

ALTER TABLE posts ADD COLUMN dislike_count BIGINT;
COMMENT ON COLUMN posts.dislike_count IS 'Votes, thumbs or reactions against; null if the platform shows none apart from those for.';
COMMENT ON COLUMN posts.like_count IS 'Likes or thanks shown, or, where the platform shows nothing else, votes for less votes against; null if it shows none.';
