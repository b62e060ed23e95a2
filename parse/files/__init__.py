"""Files that pages stand in: saved by a browser, packed, copied with a site, dumped by whoever runs it."""
