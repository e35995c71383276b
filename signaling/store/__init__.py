"""Durable state: SQLite through SQLAlchemy, its schema kept by Alembic."""
