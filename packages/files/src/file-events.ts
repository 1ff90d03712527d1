import { type NoFields } from '@sotto/server'

/** What a file server logs: of itself, never of files or of those who bring and fetch them. Spec 70 §4, L5. */
export interface FileEvents {
  readonly 'files.started': { readonly port: number; readonly files: number }
  readonly 'files.stopped': NoFields
  /** A crash had left uploads that nobody was told of; they are gone. */
  readonly 'files.uploads-discarded': { readonly count: number }
  /** And files without a record. */
  readonly 'files.strays-removed': { readonly count: number }
  /** Removing what has expired went wrong; it is tried again. */
  readonly 'files.cleaning-failed': NoFields
  /** A file could not be written or read. */
  readonly 'files.storage-failed': NoFields
  /** Nothing can be written any more. */
  readonly 'files.disk-failed': NoFields
}
