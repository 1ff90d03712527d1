import { type Blake2bOptions, createBlake2b, type Hasher } from '../crypto/index.ts'
import { encodeBase64Url, utf8Encode } from '../encoding/index.ts'
import { FileServerError } from './file-server-error.ts'

declare const fileId: unique symbol
/** Names a file on its server: 1 to 64 of `A-Z a-z 0-9 _ -`; opaque to clients. Spec 10 §6.4, spec 40 §8.2. */
export type FileId = string & { readonly [fileId]: true }

/** Works the id of a file out while it arrives. Spec 40 §8.2. */
export interface FileIdHasher {
  /** @throws {CryptoError} `crypto.stream-ended` after `finish` or `close` */
  update(piece: Uint8Array): void
  /** @throws {CryptoError} `crypto.stream-ended` when called again */
  finish(): FileId
  /** Needed only when the file is given up before `finish`. */
  close(): void
}

const CONTENT_ID_LENGTH = 44

/** Spec 40 §8.2. @throws {FileServerError} `file-server.bad-id` */
export function parseFileId(text: string): FileId {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(text)) throw new FileServerError('file-server.bad-id', { length: text.length })
  return text as FileId
}

/** Whether the id is made of the file's content: 44 characters. Only such a file can be kept longer. Spec 40 §8.2. */
export function isContentFileId(id: FileId): boolean {
  return id.length === CONTENT_ID_LENGTH
}

/** What `AttachmentPointer.id` says of a file: its id if that is a number, else 0. Spec 10 §4.5. */
export function pointerFileId(id: FileId): bigint {
  const value = /^[0-9]{1,20}$/.test(id) ? BigInt(id) : 0n
  return value < 1n << 64n ? value : 0n
}

/**
 * The id that the file server gives a file: base64url of BLAKE2b-33 with the salt `SessionFileSvr` 00 00. The same bytes get
 * the same id. Spec 40 §8.2.
 */
export function contentFileId(...parts: readonly Uint8Array[]): FileId {
  return hashParts(createFileIdHasher(), parts)
}

/** The same for a file that arrives in pieces. Spec 40 §8.2. */
export function createFileIdHasher(): FileIdHasher {
  return idHasher({ salt: utf8Encode(DOMAIN) })
}

/** The id that the QUIC server gives the same file: there the salt is the key. Spec 40 §10, trap 23. */
export function quicFileId(...parts: readonly Uint8Array[]): FileId {
  return hashParts(idHasher({ key: utf8Encode(DOMAIN) }), parts)
}

const DOMAIN = 'SessionFileSvr\0\0'

function idHasher(options: Blake2bOptions): FileIdHasher {
  const hasher: Hasher = createBlake2b(33, options)
  return {
    update: piece => hasher.update(piece),
    finish: () => encodeBase64Url(hasher.finish()) as FileId,
    close: () => hasher.close(),
  }
}

function hashParts(hasher: FileIdHasher, parts: readonly Uint8Array[]): FileId {
  for (const part of parts) hasher.update(part)
  return hasher.finish()
}
