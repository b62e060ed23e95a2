-- What was blotted out is what is held from now on: the next crawl, which brings it blotted out too, changes nothing.
UPDATE posts SET content_hash = content_of(
    text, full_text, posted_at, edited_at, edited_by, edited_by_staff, edit_reason, reply_to, reply_to_name, aliases)
WHERE state IN ('visible', 'ghost');
