SELECT q.post_id, q.ordinal, q.depth, coalesce(q.attributed_to, '') AS attributed_to, q.text,
       q.source_post_id, q.source_method::VARCHAR AS source_method, q.source_confidence
FROM quotes q
WHERE q.post_id IN (SELECT unnest($post_ids))
ORDER BY q.post_id, q.ordinal;
