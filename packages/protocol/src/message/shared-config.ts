import { build, type UnreadField } from './codec.ts'
import { type SharedConfigMessage, SharedConfigMessage_Kind, SharedConfigMessageSchema } from './gen/session_pb.ts'

/** The configs of an account that older clients wrap as messages to themselves. Spec 10 §3.5, spec 30 §3.4. */
export type SharedConfigKind = 'user-profile' | 'contacts' | 'convo-info-volatile' | 'user-groups'

/** A config in such a wrapping: to be read in the namespaces of configs, and nowhere else. Spec 10 §4.6. */
export interface SharedConfig {
  readonly kind: 'shared-config'
  readonly config: SharedConfigKind
  readonly seqno: bigint
  /** Still encrypted. */
  readonly data: Uint8Array
  readonly unreadInBody?: readonly UnreadField[] | undefined
}

const wireKinds: Readonly<Record<SharedConfigKind, SharedConfigMessage_Kind>> = {
  'user-profile': SharedConfigMessage_Kind.USER_PROFILE,
  contacts: SharedConfigMessage_Kind.CONTACTS,
  'convo-info-volatile': SharedConfigMessage_Kind.CONVO_INFO_VOLATILE,
  'user-groups': SharedConfigMessage_Kind.USER_GROUPS,
}
const kinds: ReadonlyMap<SharedConfigMessage_Kind, SharedConfigKind> = new Map([
  [SharedConfigMessage_Kind.USER_PROFILE, 'user-profile'],
  [SharedConfigMessage_Kind.CONTACTS, 'contacts'],
  [SharedConfigMessage_Kind.CONVO_INFO_VOLATILE, 'convo-info-volatile'],
  [SharedConfigMessage_Kind.USER_GROUPS, 'user-groups'],
])

/** `undefined` for a config that nobody knows. */
export function readSharedConfig(wire: SharedConfigMessage): SharedConfig | undefined {
  const config = Object.hasOwn(wire, 'kind') ? kinds.get(wire.kind) : undefined
  if (config === undefined) return undefined
  return { kind: 'shared-config', config, seqno: wire.seqno, data: wire.data, unreadInBody: wire.$unknown }
}

/** The wrapping that `wrapLegacyConfig` puts around a config. */
export function writeSharedConfig({ config, seqno, data, unreadInBody }: SharedConfig): SharedConfigMessage {
  return build(SharedConfigMessageSchema, { kind: wireKinds[config], seqno, data }, unreadInBody)
}
