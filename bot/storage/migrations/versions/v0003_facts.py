"""Facts that stay true: bulletins between two releases, drafts, and services of other directories."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bulletin",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "entry", "phone", "on", "by", "body")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_bulletin")),
    )
    op.create_table(
        "draft",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("part", "body", "origin")),
        sa.PrimaryKeyConstraint("part", name=op.f("pk_draft")),
    )
    op.create_table(
        "imported",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("service", "source", "source_id", "entry")),
        sa.Column("merged", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("hsds", "drawn")),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("service", name=op.f("pk_imported")),
    )
    op.create_index(op.f("ix_imported_source"), "imported", ["source"])
    op.create_index(op.f("ix_imported_entry"), "imported", ["entry"])


def downgrade() -> None:
    for name in ("imported", "draft", "bulletin"):
        op.drop_table(name)
