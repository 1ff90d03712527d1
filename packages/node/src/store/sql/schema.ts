/**
 * The versions of the schema, each one a script that makes it from the one before. Never edited once released.
 *
 * - Owners have numbers, so that the 33 bytes of an account stand once. `space` is its place on the ring as 8 bytes, big-endian,
 *   which sort as the number does (spec 20 §2.1).
 * - `position` is the order of insertion and never given twice. `messages_by_hash` carries the expiry, so that digests,
 *   `get_expiries` and cursors never touch the table, whose rows are long; that an account has a hash once is seen to by whoever
 *   inserts. `messages_by_box` ends in the position, as every index of SQLite does.
 * - `boxes` counts what lies in each namespace of an account; `totals` counts rows of the lists that are bounded.
 * - `positions` are those of messages that are gone (spec 21 §1.2), `tombstones` hold back their return (spec 70, X7),
 *   `executed` knows the signatures of deletes (X2), `wipes` when everything of a box was last deleted (spec 70 §6.4).
 * - `edits` say when the owner of a message changed its expiry, for those messages of which that is so (D5).
 * - `flights` are requests on their way to other members, `forwards` those that some did not get, `backlog` who did not (X8).
 */
export const nodeStoreMigrations: readonly string[] = [
  `
  CREATE TABLE owners (
    id INTEGER PRIMARY KEY,
    account BLOB NOT NULL UNIQUE,
    space BLOB NOT NULL
  ) STRICT;
  CREATE INDEX owners_by_space ON owners (space);

  CREATE TABLE messages (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    owner INTEGER NOT NULL,
    namespace INTEGER NOT NULL,
    hash BLOB NOT NULL,
    timestamp INTEGER NOT NULL,
    expiry INTEGER NOT NULL,
    first_stored INTEGER NOT NULL,
    data BLOB NOT NULL
  ) STRICT;
  CREATE INDEX messages_by_hash ON messages (owner, hash, expiry);
  CREATE INDEX messages_by_box ON messages (owner, namespace);
  CREATE INDEX messages_by_expiry ON messages (expiry);

  CREATE TABLE boxes (
    owner INTEGER NOT NULL,
    namespace INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (owner, namespace)
  ) WITHOUT ROWID, STRICT;

  CREATE TABLE positions (
    owner INTEGER NOT NULL,
    hash BLOB NOT NULL,
    position INTEGER NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (owner, hash)
  ) WITHOUT ROWID, STRICT;
  CREATE INDEX positions_by_until ON positions (until);

  CREATE TABLE tombstones (
    owner INTEGER NOT NULL,
    hash BLOB NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (owner, hash)
  ) WITHOUT ROWID, STRICT;
  CREATE INDEX tombstones_by_until ON tombstones (until);

  CREATE TABLE executed (
    digest BLOB NOT NULL PRIMARY KEY,
    until INTEGER NOT NULL
  ) WITHOUT ROWID, STRICT;
  CREATE INDEX executed_by_until ON executed (until);

  CREATE TABLE wipes (
    owner INTEGER NOT NULL,
    scope INTEGER NOT NULL,
    timestamp INTEGER NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (owner, scope)
  ) WITHOUT ROWID, STRICT;
  CREATE INDEX wipes_by_until ON wipes (until);

  CREATE TABLE revocations (
    owner INTEGER NOT NULL,
    token BLOB NOT NULL,
    changed INTEGER NOT NULL,
    revoked INTEGER NOT NULL,
    PRIMARY KEY (owner, token)
  ) WITHOUT ROWID, STRICT;
  CREATE INDEX revocations_by_change ON revocations (changed);

  CREATE TABLE flights (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    position INTEGER,
    body BLOB,
    until INTEGER NOT NULL,
    peers BLOB NOT NULL
  ) STRICT;
  CREATE TABLE forwards (
    id INTEGER PRIMARY KEY,
    position INTEGER,
    body BLOB,
    until INTEGER NOT NULL,
    peers BLOB NOT NULL,
    pending INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX forwards_by_until ON forwards (until);
  CREATE TABLE backlog (
    peer BLOB NOT NULL,
    forward INTEGER NOT NULL,
    PRIMARY KEY (peer, forward)
  ) WITHOUT ROWID, STRICT;
  CREATE TABLE peers (
    node BLOB NOT NULL PRIMARY KEY,
    queued INTEGER NOT NULL DEFAULT 0,
    cursor BLOB
  ) WITHOUT ROWID, STRICT;

  CREATE TABLE totals (
    id INTEGER PRIMARY KEY CHECK (id = 0),
    positions INTEGER NOT NULL DEFAULT 0,
    tombstones INTEGER NOT NULL DEFAULT 0,
    executed INTEGER NOT NULL DEFAULT 0,
    revocations INTEGER NOT NULL DEFAULT 0,
    queued_bytes INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  INSERT INTO totals (id) VALUES (0);
  `,
  `
  CREATE TABLE edits (
    owner INTEGER NOT NULL,
    hash BLOB NOT NULL,
    edited INTEGER NOT NULL,
    PRIMARY KEY (owner, hash)
  ) WITHOUT ROWID, STRICT;
  `,
]
