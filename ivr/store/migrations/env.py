"""Run by Alembic inside the transaction that `ivr.store.migrate` opened."""

from alembic import context

from ivr.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite can't alter a table in place.
    render_as_batch=True,
)
context.run_migrations()
