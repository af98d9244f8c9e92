"""A database backend: Django's SQLite, with a queue for the writers of one process."""
