-- The span a report speaks of. `since` null = from the beginning; `until` is exclusive;
-- what was only noticed, at no known time, counts until `seen_until`; `recent` starts the latest stretch,
-- `before` the stretch of equal length it is compared with.
CREATE OR REPLACE TEMP TABLE report_period AS
SELECT
    $since::TIMESTAMP AS since,
    $until::TIMESTAMP AS until,
    $seen_until::TIMESTAMP AS seen_until,
    $recent::TIMESTAMP AS recent,
    $before::TIMESTAMP AS before,
    $now::TIMESTAMPTZ AS written;
