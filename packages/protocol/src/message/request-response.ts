import { build, present, type UnreadField } from './codec.ts'
import { type MessageRequestResponse, MessageRequestResponseSchema } from './gen/session_pb.ts'
import { type Profile, readProfile, writeProfile } from './profile.ts'

/** The peer takes up a conversation that we began. Spec 10 §4.6, §5.7. */
export interface RequestResponse {
  readonly kind: 'request-response'
  /** Only `true` is sent; `false` is to be ignored. */
  readonly approved: boolean
  readonly profile?: Profile | undefined
  readonly unreadInBody?: readonly UnreadField[] | undefined
}

/** `false` is read too: whoever acts on it ignores it. */
export function readRequestResponse(wire: MessageRequestResponse): RequestResponse {
  return {
    kind: 'request-response',
    approved: wire.isApproved,
    profile: readProfile(wire.profile, present(wire, 'profileKey')),
    unreadInBody: wire.$unknown,
  }
}

/** @throws {MessageError} `message.bad-value` */
export function writeRequestResponse({ approved, profile, unreadInBody }: RequestResponse): MessageRequestResponse {
  return build(MessageRequestResponseSchema, { isApproved: approved, ...writeProfile(profile) }, unreadInBody)
}
