"""DuckDB: migrations, loading, views, publishing, export."""
