"""The database: tables, migrations, and what fills the use cases' ports. Rows never leave this package."""
