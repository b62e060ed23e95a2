-- Whoever disagrees without a word.

ALTER TABLE posts ADD COLUMN dislike_count BIGINT;
COMMENT ON COLUMN posts.dislike_count IS 'Votes, thumbs or reactions against; null if the platform shows none apart from those for.';
COMMENT ON COLUMN posts.like_count IS 'Likes or thanks shown, or, where the platform shows nothing else, votes for less votes against; null if it shows none.';

ALTER TABLE posts ADD COLUMN declared_stance stance_label;
COMMENT ON COLUMN posts.declared_stance IS 'Where the platform has people say beside their words whether they are for or against what the opening post says (Decidim): support, oppose or neutral; else null.';
