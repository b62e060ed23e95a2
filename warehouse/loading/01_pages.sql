-- Pages first: when a post was seen is told by the page it stood on.
CREATE OR REPLACE TEMP TABLE new_pages AS
SELECT DISTINCT page_id FROM in_pages ANTI JOIN pages USING (page_id);

INSERT INTO pages
SELECT
    page_id, site_id, url, fetched_at, status, etag, last_modified, content_sha256,
    archive_file, archive_offset, archive_length, run_id
FROM in_pages
ANTI JOIN pages USING (page_id)
QUALIFY row_number() OVER (PARTITION BY page_id ORDER BY archive_file, archive_offset) = 1;

-- A page that is read again stands where it was found now.
UPDATE pages SET
    archive_file = new.archive_file, archive_offset = new.archive_offset, archive_length = new.archive_length
FROM in_pages AS new
WHERE pages.page_id = new.page_id AND contains(pages.archive_file, ' (gone)');

MERGE INTO sites
USING (
    SELECT in_site.*, fetched.first_at, fetched.last_at
    FROM in_site, (SELECT min(fetched_at) AS first_at, max(fetched_at) AS last_at FROM in_pages) AS fetched
) AS new
ON sites.site_id = new.site_id
WHEN MATCHED THEN UPDATE SET
    title = coalesce(new.title, sites.title),
    first_seen_at = least(sites.first_seen_at, new.first_at),
    last_crawled_at = greatest(sites.last_crawled_at, new.last_at)
WHEN NOT MATCHED THEN INSERT (site_id, platform, base_url, title, first_seen_at, last_crawled_at)
    VALUES (new.site_id, new.platform, new.base_url, new.title, new.first_at, new.last_at);

CREATE OR REPLACE TEMP TABLE known_boards AS
SELECT board_id FROM boards SEMI JOIN (SELECT site_id || ':' || id AS board_id FROM in_boards) USING (board_id);

MERGE INTO boards
USING (SELECT site_id || ':' || id AS board_id, site_id, title, url FROM in_boards) AS new
ON boards.board_id = new.board_id
WHEN MATCHED AND new.title <> '' AND (boards.title, boards.url) IS DISTINCT FROM (new.title, new.url)
    THEN UPDATE SET title = new.title, url = new.url
WHEN NOT MATCHED THEN INSERT (board_id, site_id, title, url)
    VALUES (new.board_id, new.site_id, new.title, new.url);
