-- What a page can change of a post, as one number. Not the address: it moves with page sizes and merged threads, and
-- nobody has said anything new.
CREATE OR REPLACE TEMP MACRO content_of(
    text, full_text, posted_at, edited_at, edited_by, edited_by_staff, edit_reason, reply_to, reply_to_name, aliases
) AS hash(
    text, full_text, posted_at, edited_at, edited_by, edited_by_staff, edit_reason, reply_to, reply_to_name, aliases);
