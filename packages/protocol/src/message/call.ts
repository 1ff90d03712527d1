import { build, type UnreadField } from './codec.ts'
import { type CallMessage, CallMessage_Type, CallMessageSchema } from './gen/session_pb.ts'
import { MessageError } from './message-error.ts'

/** One step of setting up or ending a call. Spec 10 §4.6, §5.10. */
export interface Call {
  readonly kind: 'call'
  /** A UUID, in the spelling of whoever calls. */
  readonly callId: string
  readonly signal: CallSignal
  readonly unreadInBody?: readonly UnreadField[] | undefined
}

/** SDP and candidates are texts of the peer: what reads them must expect anything. Spec 10 §5.10. */
export type CallSignal =
  | { readonly type: 'pre-offer' | 'end' }
  | { readonly type: 'offer' | 'answer' | 'provisional-answer'; readonly sdp: string }
  | { readonly type: 'ice'; readonly candidates: readonly IceCandidate[] }

/** A place where the peer might be reached. Spec 10 §5.10. */
export interface IceCandidate {
  readonly candidate: string
  readonly sdpMLineIndex: number
  readonly sdpMid: string
}

const types: ReadonlyMap<CallMessage_Type, CallSignal['type']> = new Map([
  [CallMessage_Type.PRE_OFFER, 'pre-offer'],
  [CallMessage_Type.OFFER, 'offer'],
  [CallMessage_Type.ANSWER, 'answer'],
  [CallMessage_Type.PROVISIONAL_ANSWER, 'provisional-answer'],
  [CallMessage_Type.ICE_CANDIDATES, 'ice'],
  [CallMessage_Type.END_CALL, 'end'],
])
const wireTypes: Readonly<Record<CallSignal['type'], CallMessage_Type>> = {
  'pre-offer': CallMessage_Type.PRE_OFFER,
  offer: CallMessage_Type.OFFER,
  answer: CallMessage_Type.ANSWER,
  'provisional-answer': CallMessage_Type.PROVISIONAL_ANSWER,
  ice: CallMessage_Type.ICE_CANDIDATES,
  end: CallMessage_Type.END_CALL,
}

/**
 * `undefined` for a step that nobody knows.
 * @throws {MessageError} `message.bad-call` if the id is no UUID, an offer or answer has no SDP, or lists differ in length
 */
export function readCall(wire: CallMessage): Call | undefined {
  const type = Object.hasOwn(wire, 'type') ? types.get(wire.type) : undefined
  if (type === undefined) return undefined
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(wire.uuid)) throw new MessageError('message.bad-call')
  return { kind: 'call', callId: wire.uuid, signal: readSignal(type, wire), unreadInBody: wire.$unknown }
}

function readSignal(type: CallSignal['type'], wire: CallMessage): CallSignal {
  if (type === 'ice') return { type, candidates: readCandidates(wire) }
  if (type === 'pre-offer' || type === 'end') return { type }
  const [sdp] = wire.sdps
  if (sdp === undefined) throw new MessageError('message.bad-call')
  return { type, sdp }
}

function readCandidates({ sdps, sdpMLineIndexes, sdpMids }: CallMessage): readonly IceCandidate[] {
  const parallel = sdps.length === sdpMLineIndexes.length && sdps.length === sdpMids.length
  if (!parallel) throw new MessageError('message.bad-call')
  return sdps.map((candidate, at) => ({
    candidate,
    sdpMLineIndex: sdpMLineIndexes[at] ?? 0,
    sdpMid: sdpMids[at] ?? '',
  }))
}

/** Parallel lists for candidates, one SDP for offers and answers. */
export function writeCall({ callId, signal, unreadInBody }: Call): CallMessage {
  return build(CallMessageSchema, { type: wireTypes[signal.type], uuid: callId, ...writeSignal(signal) }, unreadInBody)
}

function writeSignal(signal: CallSignal): Partial<Pick<CallMessage, 'sdps' | 'sdpMLineIndexes' | 'sdpMids'>> {
  if ('sdp' in signal) return { sdps: [signal.sdp] }
  if (!('candidates' in signal)) return {}
  return {
    sdps: signal.candidates.map(({ candidate }) => candidate),
    sdpMLineIndexes: signal.candidates.map(({ sdpMLineIndex }) => sdpMLineIndex),
    sdpMids: signal.candidates.map(({ sdpMid }) => sdpMid),
  }
}
