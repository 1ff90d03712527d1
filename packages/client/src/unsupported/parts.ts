import {
  type AttachmentPointer,
  type Content,
  decodeContent,
  MessageError,
  VOICE_MESSAGE_FLAG,
} from '@sotto/protocol/message'
import { type MessageRow } from '../messages/rows.ts'

/** What there is that cannot be shown or done yet, in words of a closed list. */
export type UnsupportedWord =
  | 'image'
  | 'video'
  | 'audio'
  | 'voice-message'
  | 'file'
  | 'community-invitation'
  | 'group-invitation'
  | 'group-promotion'
  | 'group-update'
  | 'call'
  | 'unknown'

/** What a message holds beside what is shown of it, which may be its files. Empty if all of it is shown. */
export function unsupportedIn(
  { content: bytes, data, deleted, kind }: MessageRow,
  showsFiles: boolean,
): readonly UnsupportedWord[] {
  if (deleted !== 'no') return []
  const content = bytes && tryDecode(bytes)
  if (kind !== 'unsupported') return content === undefined ? [] : wordsFor(content, showsFiles)
  const words = content === undefined ? [] : wordsFor(content, showsFiles)
  return words.length > 0 ? words : [wordOf(data)]
}

/** `undefined` for what this version cannot read at all. */
export function tryDecode(bytes: Uint8Array): Content | undefined {
  try {
    return decodeContent(bytes)
  } catch (error) {
    if (error instanceof MessageError) return undefined
    throw error
  }
}

function wordsFor(content: Content, showsFiles: boolean): readonly UnsupportedWord[] {
  switch (content.kind) {
    case 'message':
      return [
        ...(showsFiles ? [] : content.attachments.map(wordFor)),
        ...(content.invitation ? ['community-invitation' as const] : []),
      ]
    case 'group-update':
      if (content.update.type === 'invite') return ['group-invitation']
      return [content.update.type === 'promote' ? 'group-promotion' : 'group-update']
    case 'call':
      return ['call']
    default:
      return []
  }
}

function wordFor({ contentType = '', flags = 0 }: AttachmentPointer): UnsupportedWord {
  if ((flags & VOICE_MESSAGE_FLAG) !== 0) return 'voice-message'
  if (contentType.startsWith('image/')) return 'image'
  if (contentType.startsWith('video/')) return 'video'
  return contentType.startsWith('audio/') ? 'audio' : 'file'
}

/** Where the content itself was too long to be kept. */
function wordOf(data: unknown): UnsupportedWord {
  const kind = typeof data === 'object' && data !== null && 'kind' in data ? data.kind : undefined
  return kind === 'call' || kind === 'group-update' ? kind : 'unknown'
}
