import { x25519PublicKey, type X25519PublicKey } from '../crypto/index.ts'
import { decodeBase32z, decodeBase64, decodeHex, EncodingError, encodeHex } from '../encoding/index.ts'
import { CommunityError } from './community-error.ts'
import { parseRoomToken, type RoomToken } from './room-token.ts'
import { MAX_ADDRESS_LENGTH, parseServerUrl, type ServerUrl } from './server-url.ts'

/** The parts of a link, of which only the room has not been checked. Spec 40 §7.1. */
export interface RoomLink {
  readonly server: ServerUrl
  /** What stands where the token belongs. */
  readonly room: string
  readonly publicKey: X25519PublicKey | undefined
}

/** All that is needed to join a room. Spec 40 §7.1. */
export interface RoomUrl {
  readonly server: ServerUrl
  readonly token: RoomToken
  /** The token in the case in which it was written, for people to see. */
  readonly spelling: string
  readonly publicKey: X25519PublicKey
}

const KEY_MARK = '?public_key='

/**
 * Takes a link apart: server, then `/` or `/r/` and the room, then, if it is there, `?public_key=` and the server's key as 64
 * hex, 43 base64 (or 44 with `=`) or 52 base32z digits. Nothing is percent-decoded. Spec 40 §7.1, spec 30 §4.4.
 * @throws {CommunityError} `community.too-long`, `community.bad-key`, `community.bad-server`
 */
export function readRoomLink(text: string): RoomLink {
  if (text.length > MAX_ADDRESS_LENGTH) throw new CommunityError('community.too-long', { length: text.length })
  const [address, keyText] = cutAtLast(text, KEY_MARK)
  const publicKey = keyText === undefined ? undefined : decodeKey(keyText)
  const [base, room = ''] = address.includes('/r/') ? cutAtLast(address, '/r/') : cutAtLast(address, '/')
  return { server: parseServerUrl(base), room, publicKey }
}

/**
 * Reads a whole link, from which a room can be joined. Spec 40 §7.1.
 * @throws {CommunityError} those of `readRoomLink`, `community.missing-key`, `community.bad-room`
 */
export function parseRoomUrl(text: string): RoomUrl {
  const { server, room, publicKey } = readRoomLink(text)
  if (publicKey === undefined) throw new CommunityError('community.missing-key')
  return { server, token: parseRoomToken(room), spelling: room, publicKey }
}

/** The link in the form that all clients read and share: no `/r/`, the key in hex. Spec 40 §7.1. */
export function formatRoomUrl(server: ServerUrl, room: string, publicKey: X25519PublicKey): string {
  return `${server}/${room}${KEY_MARK}${encodeHex(publicKey)}`
}

function cutAtLast(text: string, mark: string): readonly [before: string, after: string | undefined] {
  const at = text.lastIndexOf(mark)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)]
}

/** By the number of digits, which tells how a key is written. */
const keyDecoders: ReadonlyMap<number, (text: string) => Uint8Array> = new Map([
  [43, text => decodeBase64(text, { padding: 'none' })],
  [44, text => decodeBase64(text, { padding: 'required' })],
  [52, decodeBase32z],
  [64, decodeHex],
])

function decodeKey(text: string): X25519PublicKey {
  const bytes = decodeKeyBytes(text)
  if (bytes?.length !== 32) throw new CommunityError('community.bad-key', { length: text.length })
  return x25519PublicKey(bytes)
}

function decodeKeyBytes(text: string): Uint8Array | undefined {
  try {
    return keyDecoders.get(text.length)?.(text)
  } catch (error) {
    if (error instanceof EncodingError) return undefined
    throw error
  }
}
