import {
  FileServerError,
  type FileUrl,
  LARGE_MANIFEST_VERSION,
  MAX_BLOB_BYTES,
  MAX_LARGE_FILE_BYTES,
  parseFileUrl,
} from '@sotto/protocol/attachment'
import { type AttachmentPointer, VOICE_MESSAGE_FLAG } from '@sotto/protocol/message'
import { type EngineContext } from '../engine/context.ts'
import { findMessage, type MessageRow } from '../messages/rows.ts'
import { type Reader, type Tx } from '../store/store.ts'
import { cleanFileName } from './file-name.ts'
import { type AttachmentKind, claimedType, kindOf } from './file-type.ts'
import { isAtKnownServer } from './known-server.ts'
import { MAX_SIDE } from './limits.ts'
import { insertAttachment, type NewAttachment, type StoredState } from './rows.ts'
import { isTrusted } from './trust.ts'

const MAX_CAPTION = 2000

/** Keeps what a message says of its files, once: not of one that was deleted. Spec 10 §4.5. */
export function keepPointers(tx: Tx, id: number, pointers: readonly AttachmentPointer[], context: EngineContext): void {
  const message = pointers.length === 0 ? undefined : findMessage(tx, id)
  if (message === undefined || message.deleted !== 'no' || hasAttachments(tx, id)) return
  const trusted = message.outgoing || isTrusted(tx, message.conversation, context) ? 'queued' : 'waiting'
  for (const [position, pointer] of pointers.entries()) {
    // Whoever trusts a person has not said that their servers may learn when one is there.
    const isQuiet = message.outgoing || isAtKnownServer(pointer.url, context)
    // Nor that so much may come by itself.
    const state = isQuiet && pointer.manifest === undefined ? trusted : 'stopped'
    insertAttachment(tx, { ...readPointer(pointer, state), message: id, position, ...placeOf(message) })
  }
}

function hasAttachments(reader: Reader, message: number): boolean {
  return reader.get('SELECT 1 FROM attachments WHERE message = ?', message) !== undefined
}

function placeOf({ conversation, sentAt }: MessageRow): Pick<NewAttachment, 'conversation' | 'sentAt'> {
  return { conversation, sentAt }
}

/** Everything in it is a claim; what cannot be fetched by it has failed already. */
function readPointer(
  pointer: AttachmentPointer,
  state: StoredState,
): Omit<NewAttachment, 'message' | 'position' | 'conversation' | 'sentAt'> {
  const { caption, digest, fileName, height, key, manifest, sizeBytes, url, width } = pointer
  const contentType = claimedType(pointer.contentType)
  const failure = failureOf(pointer)
  const said = {
    kind: claimedKind(pointer, contentType),
    contentType,
    name: cleanFileName(fileName, contentType),
    caption: caption === undefined || caption === '' ? undefined : caption.toWellFormed().slice(0, MAX_CAPTION),
    sizeBytes,
    width: sideOf(width),
    height: sideOf(height),
    manifest,
  }
  if (failure !== undefined) return { ...said, state: 'failed', failure }
  return { ...said, state, url, key: key && Uint8Array.from(key), digest: digest && Uint8Array.from(digest) }
}

/** A code: why a file cannot be fetched by what is said of it. */
function failureOf({ digest, key, manifest, sizeBytes, url }: AttachmentPointer): string | undefined {
  if (url === undefined || url === '') return 'attachments.no-address'
  try {
    const { deterministic } = parseFileUrl(url)
    if (key?.length !== (deterministic ? 32 : 64)) return 'attachments.bad-key'
    if (!deterministic && digest?.length !== 32) return 'attachment.missing-digest'
    if (!deterministic && sizeBytes === undefined) return 'attachments.wrong-size'
    if (manifest !== undefined) return failureOfLarge({ deterministic, manifest, sizeBytes })
  } catch (error) {
    if (error instanceof FileServerError) return error.code
    throw error
  }
  return sizeBytes !== undefined && sizeBytes > MAX_BLOB_BYTES ? 'attachments.too-large' : undefined
}

/** The manifest itself is always encrypted the deterministic way. */
function failureOfLarge({
  deterministic,
  manifest,
  sizeBytes = 0,
}: Pick<FileUrl, 'deterministic'> & Pick<AttachmentPointer, 'manifest' | 'sizeBytes'>): string | undefined {
  if (manifest !== LARGE_MANIFEST_VERSION) return 'attachment.newer-manifest'
  if (!deterministic) return 'attachments.bad-key'
  if (sizeBytes === 0) return 'attachments.wrong-size'
  return sizeBytes > MAX_LARGE_FILE_BYTES ? 'attachments.much-too-large' : undefined
}

function claimedKind({ flags = 0 }: AttachmentPointer, contentType: string): AttachmentKind {
  const kind = kindOf(contentType)
  return kind === 'audio' && (flags & VOICE_MESSAGE_FLAG) !== 0 ? 'voice' : kind
}

function sideOf(pixels: number | undefined): number | undefined {
  return pixels !== undefined && pixels > 0 && pixels <= MAX_SIDE ? pixels : undefined
}
