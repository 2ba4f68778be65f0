"""How alembic runs the steps: on the connection, and so in the transaction, of ``kb.store.upgrade``."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
