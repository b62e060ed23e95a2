-- Which aspects of a proposal do people talk about?
-- Facets of the codebook's entries, by people and passages.
SELECT proposal, facet, count(DISTINCT author_id) AS people, count(*) AS passages
FROM (SELECT proposal, author_id, unnest(facets) AS facet FROM mentions)
GROUP BY ALL
ORDER BY proposal, people DESC, facet;
