-- The journal. Every moment (…_at) is a whole number of microseconds since 1970-01-01T00:00Z; every number has 64 bits.

-- Who owns a department. A commit names the epoch under which it was decided; another epoch refuses it.
CREATE TABLE department (
  department_id TEXT    NOT NULL PRIMARY KEY,
  epoch         INTEGER NOT NULL CHECK (epoch >= 1),
  owner         TEXT    NOT NULL,
  taken_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What happened. Never changed, never deleted by the program.
CREATE TABLE fact (
  position      INTEGER NOT NULL PRIMARY KEY,
  department_id TEXT    NOT NULL,
  committed_at  INTEGER NOT NULL,
  kind          TEXT    NOT NULL,
  version       INTEGER NOT NULL CHECK (version >= 1),
  subject       TEXT    NOT NULL,
  body          BLOB    NOT NULL
) STRICT;

CREATE INDEX fact_by_subject ON fact (department_id, subject, position);

-- Commands that had an effect, and their first answer.
CREATE TABLE request (
  department_id TEXT    NOT NULL,
  sender        TEXT    NOT NULL,
  request_id    TEXT    NOT NULL,
  body_hash     BLOB    NOT NULL CHECK (length(body_hash) = 32),
  answer        BLOB    NOT NULL,
  answered_at   INTEGER NOT NULL,
  PRIMARY KEY (department_id, sender, request_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX request_by_age ON request (answered_at);

-- What at most one holder holds at a time. The index refuses, whoever asks.
CREATE TABLE claim (
  claim_id      INTEGER NOT NULL PRIMARY KEY,
  department_id TEXT    NOT NULL,
  kind          TEXT    NOT NULL,
  key           TEXT    NOT NULL,
  holder        TEXT    NOT NULL,
  taken_at      INTEGER NOT NULL,
  released_at   INTEGER
) STRICT;

CREATE UNIQUE INDEX one_holder_per_claim ON claim (department_id, kind, key) WHERE released_at IS NULL;

-- The audit chain of each department.
CREATE TABLE audit (
  department_id TEXT    NOT NULL,
  sequence      INTEGER NOT NULL CHECK (sequence >= 1),
  at            INTEGER NOT NULL,
  event         TEXT    NOT NULL,
  subject       TEXT    NOT NULL,
  salt          BLOB    NOT NULL,
  detail        BLOB    NOT NULL,
  detail_digest BLOB    NOT NULL,
  hash          BLOB    NOT NULL,
  PRIMARY KEY (department_id, sequence)
) STRICT, WITHOUT ROWID;

-- Values that are kept until their scope is forgotten.
CREATE TABLE perishable (
  scope         TEXT    NOT NULL,
  department_id TEXT    NOT NULL,
  name          TEXT    NOT NULL,
  value         BLOB    NOT NULL,
  kept_at       INTEGER NOT NULL,
  PRIMARY KEY (scope, department_id, name)
) STRICT, WITHOUT ROWID;
