import { type Migration } from './migration.ts'

/**
 * Lets beginnings of four letters be found as fast as shorter ones. For a beginning that has no index of its own all words that
 * begin so are brought together first, with all texts that hold them: of 100,000 texts that took 7 ms for the most frequent word.
 */
export const longerBeginnings: Migration = {
  version: 5,
  sql: `
DROP TABLE message_text;
CREATE VIRTUAL TABLE message_text USING fts5 (
  body, content = 'messages', content_rowid = 'id', prefix = '2 3 4', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO message_text (message_text, rank) VALUES ('secure-delete', 1);
INSERT INTO message_text (message_text) VALUES ('rebuild');
-- The new index does not know them any more.
DELETE FROM removed_texts;
`,
}
