import {
  create,
  type DescMessage,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
  type UnknownField,
} from '@bufbuild/protobuf'
import { checkWire, defaultWireLimits, type WireLimits } from './check-wire.ts'
import { MessageError } from './message-error.ts'
import { type MessageRules, rulesOf } from './wire-rules.ts'

/** A generated message type with the rules that its bytes are checked by first. */
export interface WireSchema<Desc extends DescMessage> {
  readonly desc: Desc
  readonly rules: MessageRules
}

/** Made once for each message that is read from outside. */
export function wireSchema<Desc extends DescMessage>(desc: Desc): WireSchema<Desc> {
  return { desc, rules: rulesOf(desc) }
}

/** A generated message that was read, and whether any field in it, at any depth, was unknown. */
export interface Decoded<Desc extends DescMessage> {
  readonly message: MessageShape<Desc>
  readonly hasUnread: boolean
}

/**
 * Byte members are views into the input. Unknown fields past the limit are dropped, all of them together.
 * @throws {MessageError} those of `checkWire`
 */
export function decodeWire<Desc extends DescMessage>(
  schema: WireSchema<Desc>,
  input: Uint8Array,
  limits: Partial<WireLimits> = {},
): Decoded<Desc> {
  const bounds = { ...defaultWireLimits, ...limits }
  const unread = checkWire(input, schema.rules, bounds)
  const message = fromBinary(schema.desc, input, { readUnknownFields: unread <= bounds.maxUnreadBytes })
  return { message, hasUnread: unread > 0 }
}

/**
 * Fields ascending, unknown ones at the end of the message that they were in.
 * @throws {MessageError} `message.bad-value` for a number that its field cannot hold
 */
export function encodeWire<Desc extends DescMessage>(desc: Desc, message: MessageShape<Desc>): Uint8Array {
  try {
    return toBinary(desc, message)
  } catch (cause) {
    throw new MessageError('message.bad-value', {}, { cause })
  }
}

/** A field of a proto2 message, or `undefined` where it would only show its default. */
export function present<M extends object, K extends keyof M>(message: M, name: K): M[K] | undefined {
  return Object.hasOwn(message, name) ? message[name] : undefined
}

/** The values that may be given for a message: `undefined` is the same as nothing. */
type Values<M> = { readonly [K in keyof M as K extends `$${string}` ? never : K]?: M[K] | undefined }

/**
 * A message with these fields set, and with the unknown fields of the one that it was read from.
 * @throws {MessageError} `message.bad-value` for an unknown field that can be none
 */
export function build<Desc extends DescMessage>(
  desc: Desc,
  values: Values<MessageShape<Desc>>,
  unread: readonly UnreadField[] | undefined,
): MessageShape<Desc> {
  const message = create(desc, values as MessageInitShape<Desc>)
  if (unread !== undefined) message.$unknown = unread.map(requireField)
  return message
}

const LAST_FIELD_NUMBER = 536_870_911

function requireField({ no, wireType, data }: UnreadField): UnknownField {
  const known = Number.isInteger(no) && no >= 1 && no <= LAST_FIELD_NUMBER && [0, 1, 2, 5].includes(wireType)
  if (!known) throw new MessageError('message.bad-value')
  return { no, wireType, data }
}

/** A field that we do not know, as it came: its number, its wire type, and its bytes after the tag. Spec 70 §6.1. */
export interface UnreadField {
  readonly no: number
  readonly wireType: number
  readonly data: Uint8Array
}
