"""The bundled demo community: its people, its threads, its truth and the site that serves it."""
