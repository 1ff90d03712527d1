import { type Migration } from './migration.ts'

/** Lets whole conversations go at once: taking a text out of the index of words takes milliseconds. */
export const removedTexts: Migration = {
  version: 3,
  sql: `
-- Texts of messages that are gone, until the index of words has forgotten them too. No id is ever given twice.
CREATE TABLE removed_texts (
  id INTEGER PRIMARY KEY,
  body TEXT NOT NULL
) STRICT;
DROP TRIGGER message_text_removed;
CREATE TRIGGER message_text_removed AFTER DELETE ON messages
WHEN old.body IS NOT NULL AND NOT EXISTS (SELECT 1 FROM removed_texts WHERE id = old.id) BEGIN
  INSERT INTO message_text (message_text, rowid, body) VALUES ('delete', old.id, old.body);
END;
`,
}
