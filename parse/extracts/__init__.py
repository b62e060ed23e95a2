"""Pages that a tool turned into plain text: lines, bylines, posts and quotes told without markup."""
