"""Changes of the layout of a base, step by step (alembic); ``kb.store.upgrade`` runs them."""
