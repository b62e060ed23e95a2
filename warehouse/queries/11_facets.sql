-- Which aspects of a proposal do people talk about?
-- Facets of the codebook's entries, by people and passages.
SELECT proposal, facet, count(DISTINCT author_id) AS people, count(*) AS passages
FROM (SELECT proposal_id, proposal, author_id, unnest(facets) AS facet FROM mentions)
GROUP BY proposal_id, proposal, facet
ORDER BY proposal, proposal_id, people DESC, facet;
