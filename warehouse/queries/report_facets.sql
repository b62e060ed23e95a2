-- Which sides of a proposal are spoken of, by how many people.
SELECT proposal_id, f.facet, count(*) AS mentions, count(DISTINCT author_id) AS people
FROM report_mentions
JOIN (SELECT mention_id, unnest(facets) AS facet FROM proposal_mentions) f USING (mention_id)
WHERE in_period
GROUP BY proposal_id, f.facet
ORDER BY proposal_id, mentions DESC, f.facet;
