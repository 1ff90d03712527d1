import { type Migration } from './migration.ts'

/** Messages that the user wants to find again. */
export const pinnedMessages: Migration = {
  version: 4,
  sql: `
-- Of this device. The newest pin has the highest id.
CREATE TABLE pinned_messages (
  id INTEGER PRIMARY KEY,
  message INTEGER NOT NULL UNIQUE REFERENCES messages (id) ON DELETE CASCADE,
  conversation TEXT NOT NULL
) STRICT;
CREATE INDEX pinned_messages_conversation ON pinned_messages (conversation);
`,
}
