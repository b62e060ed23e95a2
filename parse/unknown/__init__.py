"""Pages of forums that nobody has written an adapter for: what repeats, who wrote what, and when."""
