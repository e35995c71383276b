"""Names of representatives are compared by PRECIS: what several spaces or invisible characters kept apart is one name.

Where two people's names become the same, the one whose key does not change, or else the older one, is found by it. The
other keeps the former key, under which they sign in by writing the name exactly as it was.
"""

import sqlalchemy as sa
from alembic import op

from signaling.precis import name_key

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    people = sa.table(
        "representatives", sa.column("id"), sa.column("name"), sa.column("name_key"), sa.column("created_at")
    )
    rows = connection.execute(sa.select(people).order_by(people.c.created_at, people.c.id)).all()
    taken = {row.name_key for row in rows}
    for row in rows:
        key = name_key(row.name)
        if key not in taken:
            taken.add(key)
            connection.execute(people.update().where(people.c.id == row.id).values(name_key=key))
