import { type Migration } from './migration.ts'

/** Files that go in chunks, and what other people's clients can do. */
export const largeFiles: Migration = {
  version: 7,
  sql: `
-- What people's clients can do beyond what all can, by the newest thing that they wrote; and the time of that.
ALTER TABLE contacts ADD COLUMN abilities INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN abilities_at INTEGER NOT NULL DEFAULT 0;

-- manifest is the version of the manifest of a file that goes in chunks, else NULL; file_key seals its chunks.
ALTER TABLE attachments ADD COLUMN manifest INTEGER;
ALTER TABLE attachments ADD COLUMN file_key BLOB;

-- Chunks of such files: file while the chunk is here, url, digest and uploaded_at where it is known to lie on a server.
CREATE TABLE attachment_chunks (
  attachment INTEGER NOT NULL REFERENCES attachments (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  file INTEGER,
  url TEXT,
  digest BLOB,
  uploaded_at INTEGER,
  PRIMARY KEY (attachment, position)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER attachment_chunks_removed AFTER DELETE ON attachment_chunks WHEN old.file IS NOT NULL BEGIN
  DELETE FROM files WHERE id = old.file;
END;
CREATE TRIGGER attachment_chunks_replaced AFTER UPDATE OF file ON attachment_chunks
WHEN old.file IS NOT NULL AND new.file IS NOT old.file BEGIN
  DELETE FROM files WHERE id = old.file;
END;
CREATE TRIGGER attachments_left AFTER UPDATE OF state ON attachments WHEN new.state IN ('evicted', 'gone', 'stopped') BEGIN
  DELETE FROM attachment_chunks WHERE attachment = new.id;
END;
`,
}
