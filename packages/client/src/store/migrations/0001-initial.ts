import { type Migration } from './migration.ts'

/**
 * The first schema: everything of a text messenger. Tables are projections of config messages (spec 30 §4.1-4.4) and of the
 * messages of the inbox. Times are Unix ms unless the name says seconds; flags are 0 and 1; ids are those of the wire.
 */
export const initial: Migration = {
  version: 1,
  sql: `
CREATE TABLE schema_versions (
  version INTEGER PRIMARY KEY,
  applied_at INTEGER NOT NULL
) STRICT;

-- One row: what the account's own messages need. Its seed stands in account_origin, which is older than any schema.
-- last_sent_at is the newest time given to an own message; no two have the same.
CREATE TABLE account (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  account_id TEXT NOT NULL,
  last_sent_at INTEGER NOT NULL DEFAULT 0
) STRICT;

-- One row, the user profile of spec 30 §4.1. The priority and timer of notes to self stand in their conversation.
CREATE TABLE profile (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT,
  picture_url TEXT,
  picture_key BLOB,
  updated_at_seconds INTEGER NOT NULL DEFAULT 0,
  reuploaded_url TEXT,
  reuploaded_key BLOB,
  reuploaded_at_seconds INTEGER NOT NULL DEFAULT 0,
  blinded_requests INTEGER
) STRICT;

-- Choices of this device, by name, as JSON.
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Spec 30 §4.2; what every kind of conversation has (priority, expiry, notifications) stands in conversations.
CREATE TABLE contacts (
  id TEXT PRIMARY KEY,
  name TEXT,
  nickname TEXT,
  picture_url TEXT,
  picture_key BLOB,
  profile_updated_at_seconds INTEGER NOT NULL DEFAULT 0,
  approved INTEGER NOT NULL DEFAULT 0,
  approved_me INTEGER NOT NULL DEFAULT 0,
  blocked INTEGER NOT NULL DEFAULT 0,
  pro_features TEXT,
  created_at_seconds INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX contacts_requests ON contacts (approved, blocked);

-- last_read_at, forced_unread and pro_* are the volatile information of spec 30 §4.3. last_activity_at is NULL for one that
-- nothing ever happened in. unread_count and mention_count are kept by triggers.
CREATE TABLE conversations (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('self', 'contact', 'group', 'community')),
  created_at INTEGER NOT NULL,
  last_activity_at INTEGER,
  priority INTEGER NOT NULL DEFAULT 0,
  notifications INTEGER NOT NULL DEFAULT 0,
  muted_until_seconds INTEGER NOT NULL DEFAULT 0,
  expiry_mode TEXT NOT NULL DEFAULT 'off' CHECK (expiry_mode IN ('off', 'after-read', 'after-send')),
  expiry_seconds INTEGER NOT NULL DEFAULT 0,
  last_read_at INTEGER NOT NULL DEFAULT 0,
  forced_unread INTEGER NOT NULL DEFAULT 0,
  pro_expiry_seconds INTEGER,
  pro_revocation_tag BLOB,
  draft TEXT,
  draft_quote_sent_at INTEGER,
  draft_quote_author TEXT,
  draft_updated_at INTEGER,
  unread_count INTEGER NOT NULL DEFAULT 0,
  mention_count INTEGER NOT NULL DEFAULT 0,
  -- bytes taken from the peer since this time: the bound for what a contact can fill
  intake_since INTEGER NOT NULL DEFAULT 0,
  intake_bytes INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX conversations_order ON conversations (priority DESC, last_activity_at DESC);

-- digest is of the content without what differs between copies of one message: it tells apart what has the same sender and
-- time, and is the last key of the order. hash is the one in the own swarm, remote_hash that in the recipient's.
CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  sender TEXT NOT NULL,
  digest BLOB NOT NULL,
  outgoing INTEGER NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed', 'received')),
  failure TEXT,
  client_id TEXT,
  hash TEXT,
  remote_hash TEXT,
  received_at INTEGER NOT NULL,
  network_expiry INTEGER,
  body TEXT,
  quote_sent_at INTEGER,
  quote_author TEXT,
  mentions_me INTEGER NOT NULL DEFAULT 0,
  unread INTEGER NOT NULL DEFAULT 0,
  read_at INTEGER,
  expiry_mode TEXT NOT NULL DEFAULT 'off' CHECK (expiry_mode IN ('off', 'after-read', 'after-send')),
  expiry_seconds INTEGER NOT NULL DEFAULT 0,
  expiry_started_at INTEGER,
  expires_at INTEGER,
  deleted TEXT NOT NULL DEFAULT 'no' CHECK (deleted IN ('no', 'here', 'everywhere')),
  -- what a feature shows of a kind of its own, as JSON
  data TEXT,
  -- the serialised content, where the columns do not say all of it
  content BLOB
) STRICT;
CREATE UNIQUE INDEX messages_order ON messages (conversation, sent_at, sender, digest);
CREATE UNIQUE INDEX messages_client_id ON messages (client_id) WHERE client_id IS NOT NULL;
CREATE INDEX messages_hash ON messages (hash) WHERE hash IS NOT NULL;
CREATE INDEX messages_remote_hash ON messages (remote_hash) WHERE remote_hash IS NOT NULL;
CREATE INDEX messages_unread ON messages (conversation, sent_at) WHERE unread = 1;
CREATE INDEX messages_mentions ON messages (conversation, sent_at) WHERE unread = 1 AND mentions_me = 1;
CREATE INDEX messages_expiring ON messages (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX messages_newest_outgoing ON messages (conversation, sent_at) WHERE outgoing = 1;

CREATE TRIGGER messages_counted AFTER INSERT ON messages WHEN new.unread = 1 BEGIN
  UPDATE conversations SET unread_count = unread_count + 1, mention_count = mention_count + new.mentions_me
  WHERE id = new.conversation;
END;
CREATE TRIGGER messages_recounted AFTER UPDATE OF unread, mentions_me ON messages
WHEN new.unread != old.unread OR new.mentions_me != old.mentions_me BEGIN
  UPDATE conversations SET
    unread_count = unread_count + new.unread - old.unread,
    mention_count = mention_count + new.unread * new.mentions_me - old.unread * old.mentions_me
  WHERE id = new.conversation;
END;
CREATE TRIGGER messages_discounted AFTER DELETE ON messages WHEN old.unread = 1 BEGIN
  UPDATE conversations SET unread_count = unread_count - 1, mention_count = mention_count - old.mentions_me
  WHERE id = old.conversation;
END;

CREATE VIRTUAL TABLE message_text USING fts5 (
  body, content = 'messages', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER message_text_added AFTER INSERT ON messages WHEN new.body IS NOT NULL BEGIN
  INSERT INTO message_text (rowid, body) VALUES (new.id, new.body);
END;
CREATE TRIGGER message_text_removed AFTER DELETE ON messages WHEN old.body IS NOT NULL BEGIN
  INSERT INTO message_text (message_text, rowid, body) VALUES ('delete', old.id, old.body);
END;
CREATE TRIGGER message_text_emptied AFTER UPDATE OF body ON messages WHEN old.body IS NOT NULL BEGIN
  INSERT INTO message_text (message_text, rowid, body) VALUES ('delete', old.id, old.body);
END;
CREATE TRIGGER message_text_changed AFTER UPDATE OF body ON messages WHEN new.body IS NOT NULL BEGIN
  INSERT INTO message_text (rowid, body) VALUES (new.id, new.body);
END;

-- sent_at is the time of the reaction itself: the newest one of a sender and emoji counts.
CREATE TABLE reactions (
  message INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  sender TEXT NOT NULL,
  emoji TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  PRIMARY KEY (message, sender, emoji)
) STRICT, WITHOUT ROWID;

-- Who has read an own message, and when.
CREATE TABLE receipts (
  message INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  reader TEXT NOT NULL,
  read_at INTEGER NOT NULL,
  PRIMARY KEY (message, reader)
) STRICT, WITHOUT ROWID;

-- Hashes that need not be looked at again, and digests of messages that were removed, until they can no longer come.
CREATE TABLE seen (
  owner TEXT NOT NULL,
  hash TEXT NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (owner, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_until ON seen (until);

-- What could not be opened, or not be acted upon, within bounds for each reason.
CREATE TABLE raw_messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner TEXT NOT NULL,
  namespace INTEGER NOT NULL,
  hash TEXT NOT NULL,
  stored_at INTEGER NOT NULL,
  network_expiry INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  reason TEXT NOT NULL,
  data BLOB NOT NULL,
  UNIQUE (owner, hash)
) STRICT;
CREATE INDEX raw_messages_reason ON raw_messages (reason, id);
CREATE INDEX raw_messages_received ON raw_messages (received_at);

-- The last message that came from a member of a swarm.
CREATE TABLE cursors (
  owner TEXT NOT NULL,
  namespace INTEGER NOT NULL,
  member TEXT NOT NULL,
  hash TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (owner, namespace, member)
) STRICT, WITHOUT ROWID;

-- Exact bytes on their way to a swarm. One of a lane goes at a time, in the order of ids; "after" waits for another job.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  lane TEXT NOT NULL,
  owner TEXT NOT NULL,
  namespace INTEGER NOT NULL,
  kind TEXT NOT NULL,
  copy INTEGER NOT NULL,
  message INTEGER REFERENCES messages (id) ON DELETE CASCADE,
  after INTEGER,
  data BLOB NOT NULL,
  hash TEXT NOT NULL,
  ttl_ms INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL DEFAULT 0,
  failure TEXT,
  failed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX outbox_lane ON outbox (lane, id) WHERE failed = 0;
CREATE INDEX outbox_message ON outbox (message) WHERE message IS NOT NULL;
CREATE INDEX outbox_after ON outbox (after) WHERE after IS NOT NULL;

-- What is due at a time. payload is JSON.
CREATE TABLE jobs (
  name TEXT NOT NULL,
  key TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  payload TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (name, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX jobs_due ON jobs (due_at);

-- What this device decided, until a pushed config that holds it is confirmed. value is JSON.
CREATE TABLE journal (
  namespace INTEGER NOT NULL,
  subject TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  decided_at INTEGER NOT NULL,
  PRIMARY KEY (namespace, subject, field)
) STRICT, WITHOUT ROWID;

-- The state of each config message, as its library dumps it. seqno is text: it has 64 bits.
CREATE TABLE configs (
  owner TEXT NOT NULL,
  namespace INTEGER NOT NULL,
  dump BLOB NOT NULL,
  seqno TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (owner, namespace)
) STRICT, WITHOUT ROWID;
`,
}
