import { build, type UnreadField } from './codec.ts'
import { type OpenGroupInvitation, OpenGroupInvitationSchema } from './gen/session_pb.ts'

/** An invitation to a room of a community. Spec 10 §4.4. */
export interface RoomInvitation {
  /** The join URL with its `?public_key=`, as it came: whoever joins parses it. */
  readonly url: string
  readonly name: string
  readonly unread?: readonly UnreadField[] | undefined
}

/** Takes both texts as they are. */
export function readInvitation(wire: OpenGroupInvitation): RoomInvitation {
  return { url: wire.url, name: wire.name, unread: wire.$unknown }
}

/** Undoes `readInvitation`. */
export function writeInvitation({ url, name, unread }: RoomInvitation): OpenGroupInvitation {
  return build(OpenGroupInvitationSchema, { url, name }, unread)
}
