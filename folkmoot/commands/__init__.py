"""One module a command; each names its `command`."""
