"""folkmoot.toml: what to crawl and where to keep it."""
