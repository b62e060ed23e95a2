"""One file a tagger; reached only through analyze.pipeline."""
