"""Rows to pages a person looks at."""
