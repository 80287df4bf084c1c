"""Every table."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import sqlite

revision = "m001"
down_revision = None

REAL: sa.types.TypeEngine[float] = sa.Double().with_variant(sqlite.REAL(), "sqlite")
BIG: sa.types.TypeEngine[int] = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _json(column: str) -> sa.CheckConstraint:
    check = sa.CheckConstraint(f'"{column}" IS NULL OR json_valid("{column}")', name=f"{column}_json")
    return check.ddl_if(dialect="sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "judge",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        _json("settings"),
        sqlite_strict=True,
    )
    op.create_table(
        "origin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint("id = 1", name="alone"),
        sqlite_strict=True,
    )
    op.create_table(
        "passage",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_table(
        "player",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        _json("settings"),
        sqlite_strict=True,
    )
    op.create_table(
        "protocol",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        _json("settings"),
        sqlite_strict=True,
    )
    op.create_table(
        "template",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_table(
        "tournament",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("spec", sa.Text(), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
        _json("spec"),
        sqlite_strict=True,
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("passage", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        _json("answers"),
        sa.ForeignKeyConstraint(["passage"], ["passage.id"]),
        sqlite_strict=True,
    )
    op.create_table(
        "run",
        sa.Column("id", BIG, nullable=False),
        sa.Column("tournament", BIG, nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("boot", sa.Text(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("born", BIG, nullable=False),
        sa.Column("until", REAL, nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("begun", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("judgments", sa.Integer(), nullable=False),
        sa.Column("unpriced", sa.Integer(), nullable=False),
        sa.Column("reserved_usd", REAL, nullable=False),
        sa.Column("spent_usd", REAL, nullable=False),
        sa.Column("spent_max_usd", REAL, nullable=False),
        sa.Column("input_tokens", BIG, nullable=False),
        sa.Column("cached_tokens", BIG, nullable=False),
        sa.Column("output_tokens", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint('"spent_usd" IS NULL OR "spent_usd" BETWEEN 0 AND 1000000000000', name="spent_usd_finite"),
        sa.CheckConstraint(
            '"spent_max_usd" IS NULL OR "spent_max_usd" BETWEEN 0 AND 1000000000000', name="spent_max_usd_finite"
        ),
        sa.CheckConstraint(
            '"reserved_usd" IS NULL OR "reserved_usd" BETWEEN 0 AND 1000000000000', name="reserved_usd_finite"
        ),
        sa.ForeignKeyConstraint(["tournament"], ["tournament.id"]),
        sqlite_strict=True,
    )
    op.create_index("run_tournament", "run", ["tournament"])
    op.create_table(
        "tournament_template",
        sa.Column("tournament", BIG, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tournament", "name"),
        sa.ForeignKeyConstraint(["template"], ["template.id"]),
        sa.ForeignKeyConstraint(["tournament"], ["tournament.id"]),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "answer_key",
        sa.Column("tournament", BIG, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("correct", sa.Integer(), nullable=True),
        sa.Column("distractor", sa.Integer(), nullable=True),
        sa.Column("difficulty", REAL, nullable=True),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("rest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tournament", "question"),
        _json("rest"),
        sa.CheckConstraint('"difficulty" IS NULL OR "difficulty" BETWEEN 0 AND 1', name="difficulty_finite"),
        sa.CheckConstraint('"correct" IS NULL OR "correct" BETWEEN 0 AND 1000000000000', name="correct_finite"),
        sa.ForeignKeyConstraint(["question"], ["question.id"]),
        sa.ForeignKeyConstraint(["tournament"], ["tournament.id"]),
        sqlite_strict=True,
    )
    op.create_table(
        "match",
        sa.Column("ordinal", BIG, nullable=False),
        sa.Column("tournament", BIG, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("protocol", sa.Text(), nullable=False),
        sa.Column("repeat", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("prompts", sa.Text(), nullable=False),
        sa.Column("arm", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ordinal"),
        sa.UniqueConstraint("tournament", "id"),
        sa.CheckConstraint(
            "\"state\" IN ('open', 'played', 'done', 'set-aside', 'failed', 'waiting')", name="state_known"
        ),
        _json("shown"),
        sa.ForeignKeyConstraint(["protocol"], ["protocol.id"]),
        sa.ForeignKeyConstraint(["question"], ["question.id"]),
        sa.ForeignKeyConstraint(["tournament"], ["tournament.id"]),
        sqlite_strict=True,
    )
    op.create_index("match_state", "match", ["tournament", "state"])
    op.create_table(
        "call",
        sa.Column("id", BIG, nullable=False),
        sa.Column("match", BIG, nullable=False),
        sa.Column("run", BIG, nullable=False),
        sa.Column("call", sa.Text(), nullable=False),
        sa.Column("where", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("reserve_usd", REAL, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint(
            "\"purpose\" IN ('speak', 'candidate', 'preference', 'critique', 'refine', 'judge')", name="purpose_known"
        ),
        sa.CheckConstraint(
            '"reserve_usd" IS NULL OR "reserve_usd" BETWEEN 0 AND 1000000000000', name="reserve_usd_finite"
        ),
        sa.ForeignKeyConstraint(["match"], ["match.ordinal"]),
        sa.ForeignKeyConstraint(["run"], ["run.id"]),
        sqlite_strict=True,
    )
    op.create_index("call_match", "call", ["match"])
    op.create_table(
        "claim",
        sa.Column("match", BIG, nullable=False),
        sa.Column("run", BIG, nullable=False),
        sa.PrimaryKeyConstraint("match"),
        sa.ForeignKeyConstraint(["match"], ["match.ordinal"]),
        sa.ForeignKeyConstraint(["run"], ["run.id"]),
        sqlite_strict=True,
    )
    op.create_index("claim_run", "claim", ["run"])
    op.create_table(
        "failure",
        sa.Column("id", BIG, nullable=False),
        sa.Column("match", BIG, nullable=False),
        sa.Column("where", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=True),
        sa.Column("player", sa.Text(), nullable=True),
        sa.Column("retried", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint('"retried" IN (0, 1)', name="retried_flag"),
        sa.ForeignKeyConstraint(["match"], ["match.ordinal"]),
        sqlite_strict=True,
    )
    op.create_table(
        "judgment",
        sa.Column("ordinal", BIG, nullable=False),
        sa.Column("match", BIG, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("judge", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("view", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sample", sa.Integer(), nullable=False),
        sa.Column("final", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("transcript", sa.Text(), nullable=False),
        sa.Column("active_s", REAL, nullable=True),
        sa.Column("idle_s", REAL, nullable=True),
        sa.Column("superseded_by", sa.Text(), nullable=True),
        sa.Column("rest", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ordinal"),
        sa.UniqueConstraint("match", "id"),
        sa.CheckConstraint("\"kind\" IN ('model', 'human', 'builtin')", name="kind_known"),
        sa.CheckConstraint("\"view\" IN ('full', 'quotes', 'opening', 'solo', 'double')", name="view_known"),
        sa.CheckConstraint('"idle_s" IS NULL OR "idle_s" BETWEEN 0 AND 1000000000000', name="idle_s_finite"),
        sa.CheckConstraint("\"channel\" IN ('live', 'offline')", name="channel_known"),
        _json("final"),
        sa.CheckConstraint("\"purpose\" IN ('study', 'practice', 'attention', 'repeat')", name="purpose_known"),
        _json("rest"),
        sa.CheckConstraint('"active_s" IS NULL OR "active_s" BETWEEN 0 AND 1000000000000', name="active_s_finite"),
        sa.CheckConstraint(
            "\"state\" IN ('valid', 'abstained', 'refused', 'truncated', 'malformed', 'failed')", name="state_known"
        ),
        sa.ForeignKeyConstraint(["match"], ["match.ordinal"]),
        sqlite_strict=True,
    )
    op.create_table(
        "seat",
        sa.Column("match", BIG, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.Column("player", sa.Text(), nullable=True),
        sa.Column("judge", sa.Text(), nullable=True),
        sa.Column("argues", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("match", "place"),
        sa.ForeignKeyConstraint(["judge"], ["judge.id"]),
        sa.ForeignKeyConstraint(["match"], ["match.ordinal"]),
        sa.ForeignKeyConstraint(["player"], ["player.id"]),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "turn",
        sa.Column("match", BIG, nullable=False),
        sa.Column("index", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("beat", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("conceded", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("scratchpad", sa.Text(), nullable=False),
        sa.Column("rest", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("match", "index"),
        sa.CheckConstraint('"conceded" IN (0, 1)', name="conceded_flag"),
        _json("rest"),
        sa.CheckConstraint("\"state\" IN ('ok', 'truncated', 'refused', 'empty', 'malformed')", name="state_known"),
        sa.ForeignKeyConstraint(["match"], ["match.ordinal"]),
        sqlite_strict=True,
    )
    op.create_table(
        "belief",
        sa.Column("judgment", BIG, nullable=False),
        sa.Column("after_round", sa.Integer(), nullable=False),
        sa.Column("p", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("judgment", "after_round"),
        _json("p"),
        sa.ForeignKeyConstraint(["judgment"], ["judgment.ordinal"]),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reply",
        sa.Column("call", BIG, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("thinking", sa.Text(), nullable=False),
        sa.Column("input_tokens", sa.Integer(), nullable=False),
        sa.Column("cached_tokens", sa.Integer(), nullable=False),
        sa.Column("output_tokens", sa.Integer(), nullable=False),
        sa.Column("cost_usd", REAL, nullable=True),
        sa.Column("billed", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("latency_s", REAL, nullable=False),
        sa.Column("rest", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("call"),
        sa.CheckConstraint('"latency_s" IS NULL OR "latency_s" BETWEEN 0 AND 1000000000000', name="latency_s_finite"),
        sa.CheckConstraint('"billed" IN (0, 1)', name="billed_flag"),
        sa.CheckConstraint('"cost_usd" IS NULL OR "cost_usd" BETWEEN 0 AND 1000000000000', name="cost_usd_finite"),
        sa.CheckConstraint("outcome IN ('answered', 'failed', 'late')", name="outcome_known"),
        _json("rest"),
        sa.ForeignKeyConstraint(["call"], ["call.id"]),
        sqlite_strict=True,
    )
