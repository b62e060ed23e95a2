-- Where do the bytes behind a sentence lie?
-- From each stance to the post, and on to the record of the archive that it was last seen in.
SELECT
    evidence.proposal, evidence.stance, evidence.author, evidence.excerpt, evidence.post_url,
    pages.archive_file, pages.archive_offset, pages.archive_length, pages.fetched_at
FROM evidence
JOIN pages USING (page_id)
ORDER BY evidence.stance_id
LIMIT 20;
