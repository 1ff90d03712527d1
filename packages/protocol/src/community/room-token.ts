import { CommunityError } from './community-error.ts'

declare const roomToken: unique symbol
/** Names a room on its server: 1 to 64 of `a-z 0-9 - _`, in lower case. Spec 40 §4.1, §7.1. */
export type RoomToken = string & { readonly [roomToken]: true }

/**
 * Reads the token of a room. Case is folded, after the letters were checked; the spelling that a room shows and that a request
 * may carry is a plain text beside it. Spec 40 §4.1, §7.1.
 * @throws {CommunityError} `community.bad-room`
 */
export function parseRoomToken(text: string): RoomToken {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(text)) throw new CommunityError('community.bad-room', { length: text.length })
  return text.toLowerCase() as RoomToken
}
