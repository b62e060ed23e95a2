"""What the adapters of one software share: how it writes a post, an answer of its interface, a signature."""
