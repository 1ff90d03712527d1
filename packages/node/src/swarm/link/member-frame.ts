import { type Nonce24, nonce24, type SymmetricKey } from '@sotto/protocol/crypto'
import { releaseBytes, tryXchacha20poly1305OpenInPlace, xchacha20poly1305SealInPlace } from '@sotto/protocol/crypto'
import { latin1Decode, latin1Encode } from '@sotto/protocol/encoding'
import { type NodeId, nodeIdOf, nodePublicKey } from '@sotto/protocol/swarm'
import { ed25519PublicKey } from '@sotto/protocol/crypto'
import { bodyLength, type FramedBody, framedBody, roomAround } from './framed-body.ts'
import { LinkError } from './link-error.ts'

/** The first byte of every frame. */
const version = 1
const tagBytes = 16
/** version 1 ‖ sender 32 ‖ nonce 24. */
const requestHead = 57
/** version 1 ‖ nonce 24. */
const answerHead = 25
/** session 16 ‖ counter 8 ‖ time 8 ‖ length of the method 1. */
const requestFields = 33
/** nonce of the request 24 ‖ time 8 ‖ status 2. */
const answerFields = 34

/** Names a run of requests that the receiver has agreed to; 16 bytes. */
export const SESSION_BYTES = 16

/** What one node asks of another. */
export interface MemberRequest {
  /** 16 bytes; zeros in a hello. */
  readonly session: Uint8Array
  /** Each used once in a session. */
  readonly counter: number
  /** The sender's clock, Unix ms. */
  readonly sentAt: number
  /** ASCII, at most 255 characters. */
  readonly method: string
  /** When read: a view. */
  readonly body: Uint8Array
}

/** What it is told. */
export interface MemberAnswer {
  /** The nonce of the request that is answered. */
  readonly requestNonce: Nonce24
  /** The answering node's clock, Unix ms. */
  readonly sentAt: number
  /** As in spec 20 §3.17. */
  readonly status: number
  /** When read: a view. */
  readonly body: Uint8Array
}

/** A request before it is opened: who claims to have sent it, and what only that node can have sealed. */
export interface SealedRequest {
  readonly sender: NodeId
  readonly nonce: Nonce24
  readonly sealed: Uint8Array
}

/** What is to be sealed: its body perhaps where it lies. */
export type Unsealed<Message> = Omit<Message, 'body'> & { readonly body: Uint8Array | FramedBody }

/** version 1 ‖ sender's Ed25519 key 32 ‖ nonce 24 ‖ sealed; see docs/protocol/member-link.md. */
export function sealRequest(
  request: Unsealed<MemberRequest>,
  sender: NodeId,
  key: SymmetricKey,
  nonce: Nonce24,
): Uint8Array {
  const method = latin1Encode(request.method)
  const { frame, view, plain } = allocate(requestHead, requestFields + method.length, request.body)
  frame.set(nodePublicKey(sender), 1)
  frame.set(nonce, 33)
  plain.set(request.session)
  view.setBigUint64(16, BigInt(request.counter))
  view.setBigUint64(24, BigInt(request.sentAt))
  view.setUint8(32, method.length)
  plain.set(method, requestFields)
  xchacha20poly1305SealInPlace(key, nonce, plain)
  return frame
}

/**
 * The body of a request that this node has sealed itself, to be sealed again. Not in place: who has the frame may still send it.
 * @throws {LinkError}
 */
export function reopenRequest(frame: Uint8Array, key: SymmetricKey): Uint8Array {
  return openRequest(parseSealedRequest(new Uint8Array(frame)), key).body
}

/**
 * The nonce is a copy, so that it does not keep the frame.
 * @throws {LinkError} `link.bad-frame`
 */
export function parseSealedRequest(frame: Uint8Array): SealedRequest {
  requireFrame(frame, requestHead)
  return {
    sender: nodeIdOf(ed25519PublicKey(frame.subarray(1, 33))),
    nonce: nonce24(new Uint8Array(frame.subarray(33, requestHead))),
    sealed: frame.subarray(requestHead),
  }
}

/**
 * Opens it in place: of what did not open nothing is left.
 * @throws {LinkError} `link.not-opened`, `link.bad-frame`
 */
export function openRequest({ nonce, sealed }: SealedRequest, key: SymmetricKey): MemberRequest {
  const plain = open(key, nonce, sealed, requestFields)
  const view = viewOf(plain)
  const end = requestFields + view.getUint8(32)
  if (end > plain.length) throw new LinkError('link.bad-frame', { length: plain.length })
  return {
    session: plain.subarray(0, SESSION_BYTES),
    counter: readNumber(view, 16),
    sentAt: readNumber(view, 24),
    method: latin1Decode(plain.subarray(requestFields, end)),
    body: plain.subarray(end),
  }
}

/** version 1 ‖ nonce 24 ‖ sealed; see docs/protocol/member-link.md. */
export function sealAnswer(answer: Unsealed<MemberAnswer>, key: SymmetricKey, nonce: Nonce24): Uint8Array {
  const { frame, view, plain } = allocate(answerHead, answerFields, answer.body)
  frame.set(nonce, 1)
  plain.set(answer.requestNonce)
  view.setBigUint64(24, BigInt(answer.sentAt))
  view.setUint16(32, answer.status)
  xchacha20poly1305SealInPlace(key, nonce, plain)
  return frame
}

/**
 * Opens it in place.
 * @throws {LinkError} `link.not-opened`, `link.bad-frame`
 */
export function openAnswer(frame: Uint8Array, key: SymmetricKey): MemberAnswer {
  requireFrame(frame, answerHead)
  const plain = open(key, nonce24(frame.subarray(1, answerHead)), frame.subarray(answerHead), answerFields)
  const view = viewOf(plain)
  return {
    requestNonce: nonce24(plain.subarray(0, 24)),
    sentAt: readNumber(view, 24),
    status: view.getUint16(32),
    body: plain.subarray(answerFields),
  }
}

interface Draft {
  readonly frame: Uint8Array
  /** What is sealed in place: fields ‖ body ‖ room for the tag. */
  readonly plain: Uint8Array
  readonly view: DataView
}

/** In the memory of the body if that has the room, otherwise in new one. */
function allocate(head: number, fields: number, body: Uint8Array | FramedBody): Draft {
  const framed = framedBody(body)
  const { before, bytes, after, memory } = framed
  const room = roomAround(framed, head + fields + before.length, after.length + tagBytes)
  const frame = room ?? new Uint8Array(head + fields + bodyLength(framed) + tagBytes)
  const plain = frame.subarray(head)
  if (room === undefined) {
    plain.set(bytes, fields + before.length)
    if (memory !== undefined) releaseBytes(memory)
  }
  frame[0] = version
  plain.set(before, fields)
  plain.set(after, plain.length - tagBytes - after.length)
  return { frame, plain, view: viewOf(plain) }
}

function open(key: SymmetricKey, nonce: Nonce24, sealed: Uint8Array, fields: number): Uint8Array {
  const plain = tryXchacha20poly1305OpenInPlace(key, nonce, sealed)
  if (plain === undefined) throw new LinkError('link.not-opened')
  if (plain.length < fields) throw new LinkError('link.bad-frame', { length: plain.length })
  return plain
}

function requireFrame(frame: Uint8Array, head: number): void {
  if (frame.length < head + tagBytes || frame[0] !== version) {
    throw new LinkError('link.bad-frame', { length: frame.length })
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
}

function readNumber(view: DataView, at: number): number {
  const value = view.getBigUint64(at)
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new LinkError('link.bad-frame')
  return Number(value)
}
