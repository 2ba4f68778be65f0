"""The store: texts, readings, documents and links in one database, through SQLAlchemy.

SQLite (a file ``kb.sqlite`` in the knowledge base's folder, WAL) by default; any database by URL.
"""
