"""One file a forum platform; found by looking in this folder."""
