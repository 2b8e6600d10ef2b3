"""Counts: figures of open weeks, sums of what was hidden, and what is published."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _figures(name: str, *, hidden: bool = False) -> None:
    op.create_table(
        name,
        sa.Column("n", sa.Integer(), nullable=hidden),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("second", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("period", "kind", "first", "second", name=op.f(f"pk_{name}")),
    )


def upgrade() -> None:
    _figures("count_open")
    _figures("count_hidden")
    _figures("count_published", hidden=True)
    op.create_table(
        "count_closed",
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("mended", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("period", name=op.f("pk_count_closed")),
    )
    op.create_table(
        "count_writer",
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("writer", name=op.f("pk_count_writer")),
    )


def downgrade() -> None:
    for name in ("count_writer", "count_closed", "count_published", "count_hidden", "count_open"):
        op.drop_table(name)
