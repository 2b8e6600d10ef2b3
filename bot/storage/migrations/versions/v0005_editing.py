"""Editing: versions of drafts, reviews, transcripts, texts taken out again, and the audit of it all."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add_versions()
    _add_audit()
    _add_publishing()


def _add_versions() -> None:
    for column in (sa.Column("by", sa.Text()), sa.Column("at", sa.DateTime(timezone=True))):
        op.add_column("draft", column)
    op.create_table(
        "draft_version",
        *_texts("part", "version", "body", "by"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("aside", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("part", "version", "by", "aside", name=op.f("pk_draft_version")),
    )


def _add_audit() -> None:
    op.create_table(
        "audit",
        _number(),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_texts("by", "act", "about", "detail", "digest"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit")),
    )
    op.create_table(
        "audit_end",
        *_texts("which"),
        sa.Column("number", sa.Integer(), nullable=False),
        *_texts("digest"),
        sa.PrimaryKeyConstraint("which", name=op.f("pk_audit_end")),
    )


def _add_publishing() -> None:
    op.create_table(
        "review",
        _number(),
        *_texts("parts", "note", "submitted_by"),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Text()),
        sa.Column("approved_at", sa.DateTime(timezone=True)),
        *_texts("alone", "state"),
        sa.Column("release", sa.Integer()),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_review")),
    )
    op.create_table(
        "transcript",
        *_texts("name", "body", "by"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_transcript")),
    )
    op.create_table(
        "scrub",
        _number(),
        *_texts("digest", "asked_by"),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_by", sa.Text()),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        *_texts("releases"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_scrub")),
    )


def downgrade() -> None:
    for name in ("scrub", "transcript", "review", "audit_end", "audit", "draft_version"):
        op.drop_table(name)
    for name in ("at", "by"):
        op.drop_column("draft", name)


def _number() -> "sa.Column[int]":
    return sa.Column("number", sa.Integer(), autoincrement=False, nullable=False)


def _texts(*names: str) -> list["sa.Column[str]"]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]
