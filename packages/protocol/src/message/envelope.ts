import { concatBytes } from '../encoding/index.ts'
import { type WireLimits } from './check-wire.ts'
import { decodeWire, present, wireSchema } from './codec.ts'
import { Envelope_Type, EnvelopeSchema } from './gen/session_pb.ts'
import { MessageError } from './message-error.ts'
import { pushVarint } from './push-varint.ts'
import { readTime, requireTime, requireWhole } from './time.ts'

/** What surrounds a content. Nothing of it is authenticated but what is encrypted with it. Spec 10 §4.1. */
export interface Envelope {
  /** Written, but never relied on: the namespace says what a message is. */
  readonly type: 'account' | 'group'
  /** Unix ms. Has to be that of the content: see `isEnvelopeTimely`. */
  readonly sentAt: number
  /** Sealed for an account; the plain content for a group. */
  readonly content: Uint8Array
  /** 64 bytes: a Pro signature over `content`, or something that looks like one. Spec 10 §3.6. */
  readonly proSignature?: Uint8Array | undefined
  /** 1 in all messages, absent in wrapped configs. */
  readonly sourceDevice?: number | undefined
}

const schema = wireSchema(EnvelopeSchema)
const PRO_SIGNATURE_LENGTH = 64

/**
 * Reads an envelope. Who it says that it is from is checked for its form, as others do, and ignored. A type that nobody
 * knows is taken for that of an account. Byte members are views. Spec 10 §3.3.
 * @throws {MessageError} `message.no-content`, `message.bad-source`, `message.bad-pro-signature`, `message.bad-time`, and
 * those of `checkWire`
 */
export function decodeEnvelope(input: Uint8Array, limits?: Partial<WireLimits>): Envelope {
  const { message: wire } = decodeWire(schema, input, { ...limits, maxUnreadBytes: 0 })
  if (wire.content.length === 0) throw new MessageError('message.no-content')
  if (wire.source !== '' && !/^[0-9a-f]{66}$/i.test(wire.source)) throw new MessageError('message.bad-source')
  const proSignature = present(wire, 'proSig')
  if (proSignature !== undefined) requireProSignature(proSignature)
  return {
    type: wire.type === Envelope_Type.CLOSED_GROUP_MESSAGE ? 'group' : 'account',
    sentAt: readTime(wire.timestamp),
    content: wire.content,
    proSignature,
    sourceDevice: present(wire, 'sourceDevice'),
  }
}

/**
 * The bytes that `decodeEnvelope` reads. Spec 10 §4.1.
 * @throws {MessageError} `message.bad-time`, `message.bad-pro-signature`, `message.bad-value`
 */
export function encodeEnvelope(envelope: Envelope): Uint8Array {
  return concatBytes(...envelopeParts(envelope))
}

/** The same in pieces, so that what is wrapped around it does not copy it once more. */
export function envelopeParts({ type, sentAt, content, proSignature, sourceDevice }: Envelope): readonly Uint8Array[] {
  const head = [0x08, type === 'group' ? Envelope_Type.CLOSED_GROUP_MESSAGE : Envelope_Type.SESSION_MESSAGE, 0x28]
  pushVarint(head, requireTime(sentAt))
  if (sourceDevice !== undefined) pushVarint(head, 0x38, requireWhole(sourceDevice))
  pushVarint(head, 0x42, content.length)
  if (proSignature === undefined) return [Uint8Array.from(head), content]
  requireProSignature(proSignature)
  return [Uint8Array.from(head), content, Uint8Array.of(0x5a, PRO_SIGNATURE_LENGTH), proSignature]
}

function requireProSignature({ length }: Uint8Array): void {
  if (length !== PRO_SIGNATURE_LENGTH) throw new MessageError('message.bad-pro-signature', { length })
}
