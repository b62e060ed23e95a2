-- A name without an account meets the account of that name, when the site has exactly one.
CREATE OR REPLACE TEMP TABLE known_names AS
WITH everyone AS (
    SELECT author_id, site_id, name, login, user_id FROM authors
    WHERE site_id IN (SELECT site_id FROM in_site)
    UNION
    SELECT site_id || ':' || id, site_id, name, login, user_id FROM in_authors
)
SELECT author_id, lower(trim(name)) AS name, login IS NOT NULL OR user_id IS NOT NULL AS is_account FROM everyone
UNION
SELECT author_id, lower(trim(login)), true FROM everyone WHERE login IS NOT NULL;

CREATE OR REPLACE TEMP TABLE met AS
SELECT known_names.author_id AS from_id, any_value(account.author_id) AS to_id
FROM known_names
JOIN known_names AS account USING (name)
WHERE NOT known_names.is_account AND account.is_account AND account.author_id <> known_names.author_id
GROUP BY known_names.author_id
HAVING count(DISTINCT account.author_id) = 1;

DELETE FROM met WHERE from_id IN (SELECT author_id FROM known_names WHERE is_account);

UPDATE posts SET author_id = met.to_id FROM met WHERE posts.author_id = met.from_id;
UPDATE stances SET author_id = met.to_id FROM met WHERE stances.author_id = met.from_id;
UPDATE moderation_events SET actor_author_id = met.to_id FROM met WHERE actor_author_id = met.from_id;
DELETE FROM authors WHERE author_id IN (SELECT from_id FROM met);

-- All names but the one borne now; null where there is no other.
CREATE OR REPLACE TEMP MACRO former(held, shown, another, now) AS
    nullif(list_sort(list_filter(
        list_distinct(list_concat(coalesce(held, []), coalesce(shown, []), [another])), lambda name: name <> now)), []);

-- A page that shows no role may be of a kind that shows none; but whoever is staff no more has lost theirs.
CREATE OR REPLACE TEMP MACRO borne(held, shown) AS
    CASE WHEN held.is_staff AND NOT shown.is_staff THEN shown.role ELSE coalesce(shown.role, held.role) END;

MERGE INTO authors
USING (
    SELECT site_id || ':' || id AS author_id, * EXCLUDE (id)
    FROM in_authors
    WHERE site_id || ':' || id NOT IN (SELECT from_id FROM met)
) AS new
ON authors.author_id = new.author_id
WHEN MATCHED AND new.shown_at >= coalesce(authors.last_seen_at, new.shown_at)
    AND (authors.name, authors.login, authors.user_id, authors.profile_url, authors.role, authors.is_staff,
            authors.last_seen_at)
        IS DISTINCT FROM (
            new.name, coalesce(new.login, authors.login), coalesce(new.user_id, authors.user_id),
            coalesce(new.profile_url, authors.profile_url), borne(authors, new), new.is_staff, new.shown_at)
    THEN UPDATE SET
        name = new.name,
        login = coalesce(new.login, authors.login),
        user_id = coalesce(new.user_id, authors.user_id),
        profile_url = coalesce(new.profile_url, authors.profile_url),
        role = borne(authors, new),
        is_staff = new.is_staff,
        last_seen_at = new.shown_at,
        former_names = former(authors.former_names, new.former_names, authors.name, new.name)
WHEN MATCHED AND new.shown_at < authors.last_seen_at AND new.name <> authors.name THEN UPDATE SET
    former_names = former(authors.former_names, new.former_names, new.name, authors.name)
WHEN NOT MATCHED THEN INSERT (author_id, site_id, name, login, user_id, profile_url, role, is_staff, last_seen_at,
        former_names)
    VALUES (
        new.author_id, new.site_id, new.name, new.login, new.user_id, new.profile_url, new.role, new.is_staff,
        new.shown_at, former(NULL, new.former_names, NULL, new.name));
