import { type Migration } from './migration.ts'

/** What the features of a text messenger need beside messages. */
export const features: Migration = {
  version: 2,
  sql: `
-- Reactions that were taken away, and when: an older one that comes late does not bring them back.
CREATE TABLE removed_reactions (
  message INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  sender TEXT NOT NULL,
  emoji TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  PRIMARY KEY (message, sender, emoji)
) STRICT, WITHOUT ROWID;

-- When own reactions were sent, within the last minute: there is a limit.
CREATE TABLE reaction_times (sent_at INTEGER NOT NULL) STRICT;

-- Messages that were read and whose senders are to be told.
CREATE TABLE waiting_receipts (
  conversation TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  PRIMARY KEY (conversation, sent_at)
) STRICT, WITHOUT ROWID;

-- Messages that the own swarm is to forget, as their authors wish, until it forgets them by itself.
CREATE TABLE swarm_deletions (
  hash TEXT PRIMARY KEY,
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Messages that were read, and from when on the own swarm is told when they end.
CREATE TABLE swarm_shortenings (
  message INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  due_at INTEGER NOT NULL
) STRICT;
CREATE INDEX swarm_shortenings_due ON swarm_shortenings (due_at);

-- Which own message a device of one's own means by a time.
CREATE INDEX messages_own_times ON messages (sent_at) WHERE outgoing = 1;

-- When the own setting was changed: of two devices the later change counts.
ALTER TABLE conversations ADD COLUMN expiry_changed_at INTEGER NOT NULL DEFAULT 0;

-- Whoever deletes a text, the files are cleaned of it soon after, also after a crash.
CREATE TRIGGER messages_scrubbed AFTER DELETE ON messages BEGIN
  INSERT OR IGNORE INTO jobs (name, key, due_at, payload) VALUES ('scrub', '', 0, 'null');
END;
CREATE TRIGGER messages_wiped AFTER UPDATE OF body, content ON messages
WHEN old.body IS NOT NULL AND new.body IS NULL OR old.content IS NOT NULL AND new.content IS NULL BEGIN
  INSERT OR IGNORE INTO jobs (name, key, due_at, payload) VALUES ('scrub', '', 0, 'null');
END;

-- Indexes for beginnings of words make short ones fast; what is deleted leaves no word behind in the index.
DROP TABLE message_text;
CREATE VIRTUAL TABLE message_text USING fts5 (
  body, content = 'messages', content_rowid = 'id', prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO message_text (message_text, rank) VALUES ('secure-delete', 1);
INSERT INTO message_text (message_text) VALUES ('rebuild');
`,
}
