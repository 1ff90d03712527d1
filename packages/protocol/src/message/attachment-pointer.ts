import { build, present, type UnreadField } from './codec.ts'
import { type AttachmentPointer as WirePointer, AttachmentPointerSchema } from './gen/session_pb.ts'
import { MessageError } from './message-error.ts'

/** Where a file is and how to open it. Spec 10 §4.5. */
export interface AttachmentPointer {
  /** The file id if it is a number, else 0. */
  readonly id: bigint
  readonly contentType?: string | undefined
  /** 64 bytes for the legacy encryption, 32 for the deterministic one. Not checked here. */
  readonly key?: Uint8Array | undefined
  /** Of the file itself, before it was padded. */
  readonly sizeBytes?: number | undefined
  /** SHA-256 of the uploaded blob; with the legacy encryption only. */
  readonly digest?: Uint8Array | undefined
  readonly fileName?: string | undefined
  /** `VOICE_MESSAGE_FLAG`, or nothing that we know. */
  readonly flags?: number | undefined
  readonly width?: number | undefined
  readonly height?: number | undefined
  readonly caption?: string | undefined
  /** Where to fetch it, with its fragment. */
  readonly url?: string | undefined
  /**
   * Ours: what lies there is a manifest of this version, and `sizeBytes` is of the file that it describes. Only for readers that
   * announce `ability.largeFiles`. docs/protocol/large-files.md.
   */
  readonly manifest?: number | undefined
  readonly unread?: readonly UnreadField[] | undefined
}

/** The flag of a recording that is played in place. Spec 10 §4.5. */
export const VOICE_MESSAGE_FLAG = 1

/** The most attachments of one message; one with more is dropped. Spec 10 §4.3. */
export const MAX_ATTACHMENTS = 32

/** @throws {MessageError} `message.too-many-attachments` */
export function requireFewAttachments(list: readonly unknown[]): void {
  if (list.length > MAX_ATTACHMENTS) throw new MessageError('message.too-many-attachments', { count: list.length })
}

/** Views of what was read. */
export function readPointer(wire: WirePointer): AttachmentPointer {
  return {
    id: wire.id,
    contentType: present(wire, 'contentType'),
    key: present(wire, 'key'),
    sizeBytes: present(wire, 'size'),
    digest: present(wire, 'digest'),
    fileName: present(wire, 'fileName'),
    flags: present(wire, 'flags'),
    width: present(wire, 'width'),
    height: present(wire, 'height'),
    caption: present(wire, 'caption'),
    url: present(wire, 'url'),
    manifest: present(wire, 'sottoManifest'),
    unread: wire.$unknown,
  }
}

/** The id is always written, for other readers refuse a pointer without it. Spec 10, trap 8. */
export function writePointer({ manifest, sizeBytes, unread, ...rest }: AttachmentPointer): WirePointer {
  return build(AttachmentPointerSchema, { ...rest, size: sizeBytes, sottoManifest: manifest }, unread)
}
