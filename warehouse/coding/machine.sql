-- What the machine says of each post for one task, with the words it says it of.
SELECT machine_labels.post_id, posts.text, machine_labels.label, machine_labels.confidence
FROM machine_labels
JOIN posts USING (post_id)
WHERE machine_labels.task = $1
ORDER BY machine_labels.post_id;
