-- What people coded by hand, against what the machine says of the same posts: label by label, each coding counted once.
-- The shares are those of the posts that the samples stand for.
WITH coded AS (
    SELECT codings.task, codings.post_id, codings.coder, codings.label AS by_coder, machine.label AS by_machine,
           coalesce(codings.weight, 1) AS weight
    FROM codings
    JOIN (SELECT * FROM machine_labels WHERE post_id IN (SELECT post_id FROM codings)) AS machine USING (task, post_id)
),
summed AS (
    SELECT task, count(DISTINCT post_id) AS posts, count(DISTINCT coder) AS coders, count(*) AS codings,
           count(*) FILTER (by_coder = by_machine) AS alike, sum(weight) AS weight,
           coalesce(sum(weight) FILTER (by_coder = by_machine), 0) / sum(weight) AS alike_share
    FROM coded
    GROUP BY task
),
labels AS (SELECT task, by_coder AS label FROM coded UNION SELECT task, by_machine FROM coded)
SELECT summed.task, labels.label, summed.posts, summed.coders, summed.codings, summed.alike, summed.alike_share,
       count(*) FILTER (by_coder = labels.label) AS by_coder,
       count(*) FILTER (by_machine = labels.label) AS by_machine,
       count(*) FILTER (by_coder = labels.label AND by_machine = labels.label) AS by_both,
       coalesce(sum(coded.weight) FILTER (by_coder = labels.label), 0) / any_value(summed.weight) AS coder_share,
       coalesce(sum(coded.weight) FILTER (by_machine = labels.label), 0) / any_value(summed.weight) AS machine_share
FROM labels
JOIN summed USING (task)
JOIN coded USING (task)
GROUP BY summed.task, labels.label, summed.posts, summed.coders, summed.codings, summed.alike, summed.alike_share
ORDER BY list_position(['proposals', 'stance', 'moderation'], summed.task), labels.label;
