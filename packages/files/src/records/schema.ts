import { type Migration } from '@sotto/server'

/** Times are Unix ms. Nothing here says who brought a file or who asked for it. Spec 40 §8.7, spec 70 L5. */
export const fileMigrations: readonly Migration[] = [
  `CREATE TABLE files (
     id TEXT NOT NULL PRIMARY KEY,
     size INTEGER NOT NULL,
     uploaded INTEGER NOT NULL,
     expires INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX files_by_expiry ON files (expires);`,
]

/** What is known of a file. */
export interface FileRecord {
  readonly size: number
  readonly uploaded: number
  readonly expires: number
}
