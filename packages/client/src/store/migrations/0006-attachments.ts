import { type Migration } from './migration.ts'

/** Files that belong to messages. */
export const attachments: Migration = {
  version: 6,
  sql: `
-- Files beside the database, by their names there: each is sealed under a key of its own, and nobody can read it when its row
-- is gone.
CREATE TABLE files (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  key BLOB NOT NULL,
  size_bytes INTEGER NOT NULL
) STRICT;

-- message is NULL for what was chosen and not sent yet. url, key and digest are what the message says of the file on its server;
-- with the key, iv makes the same bytes of it as often as they are needed.
CREATE TABLE attachments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  message INTEGER REFERENCES messages (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  conversation TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('image', 'video', 'audio', 'voice', 'file')),
  state TEXT NOT NULL CHECK (
    state IN ('staged', 'waiting', 'queued', 'running', 'here', 'failed', 'gone', 'evicted', 'stopped')
  ),
  content_type TEXT NOT NULL,
  name TEXT NOT NULL,
  caption TEXT,
  size_bytes INTEGER,
  width INTEGER,
  height INTEGER,
  file INTEGER,
  thumbnail BLOB,
  url TEXT,
  key BLOB,
  digest BLOB,
  iv BLOB,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL DEFAULT 0,
  failure TEXT
) STRICT;
CREATE INDEX attachments_message ON attachments (message, position);
CREATE INDEX attachments_conversation ON attachments (conversation, sent_at);
CREATE INDEX attachments_open ON attachments (state, next_at) WHERE state IN ('staged', 'waiting', 'queued', 'running');

CREATE TRIGGER attachments_removed AFTER DELETE ON attachments WHEN old.file IS NOT NULL BEGIN
  DELETE FROM files WHERE id = old.file;
END;
-- Names and addresses of files that never came are cleaned away too.
CREATE TRIGGER attachments_scrubbed AFTER DELETE ON attachments BEGIN
  INSERT OR IGNORE INTO jobs (name, key, due_at, payload) VALUES ('scrub', '', 0, 'null');
END;
CREATE TRIGGER attachments_replaced AFTER UPDATE OF file ON attachments
WHEN old.file IS NOT NULL AND new.file IS NOT old.file BEGIN
  DELETE FROM files WHERE id = old.file;
END;
CREATE TRIGGER attachments_wiped AFTER UPDATE OF deleted ON messages WHEN new.deleted != 'no' BEGIN
  DELETE FROM attachments WHERE message = new.id;
END;

-- Whose files are fetched without asking, where the user has said so; otherwise those of people whom the user has accepted.
-- Of this device.
CREATE TABLE trusted_downloads (
  contact TEXT PRIMARY KEY,
  trusted INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Pictures of people, and the own one, as they are kept here; what they should be stands with the people. next_at is NULL when
-- nothing is to be done about one any more.
CREATE TABLE pictures (
  account TEXT PRIMARY KEY,
  url TEXT,
  key BLOB NOT NULL,
  file INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX pictures_due ON pictures (next_at) WHERE next_at IS NOT NULL;
CREATE TRIGGER pictures_removed AFTER DELETE ON pictures WHEN old.file IS NOT NULL BEGIN
  DELETE FROM files WHERE id = old.file;
END;
CREATE TRIGGER pictures_replaced AFTER UPDATE OF file ON pictures
WHEN old.file IS NOT NULL AND new.file IS NOT old.file BEGIN
  DELETE FROM files WHERE id = old.file;
END;

-- Nothing is remembered of people who were deleted.
CREATE TRIGGER contacts_forgotten AFTER DELETE ON contacts BEGIN
  DELETE FROM trusted_downloads WHERE contact = old.id;
  DELETE FROM pictures WHERE account = old.id;
END;

-- Whoever deletes a file, what lies beside the database goes soon after, also after a crash.
CREATE TRIGGER files_removed AFTER DELETE ON files BEGIN
  INSERT OR IGNORE INTO jobs (name, key, due_at, payload) VALUES ('files', 'deleted', 0, 'null'), ('scrub', '', 0, 'null');
END;
`,
}
