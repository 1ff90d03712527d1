import { type RandomBytes, releaseBytes, type X25519KeyPair } from '@sotto/protocol/crypto'
import { encodeBase64, utf8Encode } from '@sotto/protocol/encoding'
import {
  decodeV4Request,
  INVALID_V4_REQUEST,
  nonceSize,
  OnionError,
  openServerOnionInPlace,
  parseServerOnion,
  sealWithLayerKey,
  type ServerOnion,
  v4ReplyPieces,
  type V4Request,
} from '@sotto/protocol/onion'
import { textReply } from '../listener/reply.ts'
import type { Route, ServerReply, ServerRequest } from '../listener/route.ts'
import type { RouteTable } from '../listener/route-table.ts'
import { answerInner, type InnerRequest } from './inner-request.ts'
import { answerV3, type LegacyEndpoint } from './v3-endpoint.ts'

/** What an onion endpoint needs. */
export interface OnionEndpointOptions {
  /** The server's key: clients know its public half beforehand. */
  readonly keyPair: X25519KeyPair
  readonly random: RandomBytes
  /**
   * Where inner requests are looked up: the routes for requests that come without an onion. The onion routes themselves are
   * not among them, or one request could hold many layers.
   */
  readonly inner: RouteTable
  /** Largest onion that is taken; the network carries 10 MiB. */
  readonly maxBodyBytes: number
  /** Set where nobody keeps a view of a request's body beyond its answer: then its memory is given back. */
  readonly releasesBodies?: boolean
}

/**
 * `POST /oxen/v4/lsrpc`: opens an onion that is meant for this server, answers the request in it by the routes, and seals
 * the answer. What does not open is 400, not encrypted; everything else is 200 outside, because relays change other
 * statuses. Spec 40 §1.1, §1.2.
 */
export function v4OnionRoute(options: OnionEndpointOptions): Route {
  return onionRoute(options, async (onion, outer) => {
    const request = readV4(onion.payload)
    const reply =
      request === undefined
        ? { status: 400, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: INVALID_V4_REQUEST }
        : await answerInner(options.inner, innerOf(request), outer)
    const { status, headers = {}, body, memory }: ServerReply = reply
    const bytes = typeof body === 'string' ? utf8Encode(body) : body
    return { pieces: v4ReplyPieces({ code: status, headers: new Map(Object.entries(headers)), body: bytes }), memory }
  })
}

/**
 * `POST /loki/v3/lsrpc` and `POST /oxen/v3/lsrpc`: the older form, whose answer is in base64 and says of an error only its
 * status. `legacyEndpoint` completes an endpoint without leading slash. Spec 40 §1.3.
 */
export function v3OnionRoute(options: OnionEndpointOptions & { readonly legacyEndpoint: LegacyEndpoint }): Route {
  const seal = onionRoute(options, async (onion, outer) => ({
    pieces: [await answerV3(onion.payload, options, outer)],
  }))
  return {
    maxBodyBytes: options.maxBodyBytes,
    async handle(request) {
      const reply = await seal.handle(request)
      if (reply.status !== 200 || typeof reply.body === 'string') return reply
      return { ...reply, headers: { 'content-type': 'text/plain' }, body: encodeBase64(reply.body) }
    },
  }
}

/** What is to be sealed, and what its memory is if nobody else uses it. */
interface Plaintext {
  readonly pieces: readonly Uint8Array[]
  readonly memory?: Uint8Array | undefined
}

/** Everything but the plaintext is the same for both forms. */
function onionRoute(
  { keyPair, random, maxBodyBytes, releasesBodies = false }: OnionEndpointOptions,
  answer: (onion: ServerOnion, outer: ServerRequest) => Promise<Plaintext>,
): Route {
  return {
    maxBodyBytes,
    async handle(request): Promise<ServerReply> {
      const onion = open(request.body, keyPair)
      if (onion === undefined) return textReply(400, 'Invalid onion request')
      const { pieces, memory } = await answer(onion, request)
      const body = sealWithLayerKey(pieces, onion.key, random(nonceSize(onion.key.cipher)))
      if (memory !== undefined) releaseBytes(memory)
      if (releasesBodies) releaseBytes(request.body)
      return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body, memory: body }
    },
  }
}

/** In place: the request is of no further use. */
function open(body: Uint8Array, keyPair: X25519KeyPair): ServerOnion | undefined {
  try {
    return openServerOnionInPlace(parseServerOnion(body), keyPair)
  } catch (error) {
    if (error instanceof OnionError) return undefined
    throw error
  }
}

function readV4(payload: Uint8Array): V4Request | undefined {
  try {
    return decodeV4Request(payload)
  } catch (error) {
    if (error instanceof OnionError) return undefined
    throw error
  }
}

/** A body without a type is bytes: there is no default of JSON. Spec 40 §1.2. */
function innerOf({ method, endpoint, headers, body }: V4Request): InnerRequest {
  const typed =
    body === undefined || headers.has('content-type')
      ? headers
      : new Map([...headers, ['content-type', 'application/octet-stream']])
  return { method, endpoint, headers: typed, body: body ?? new Uint8Array() }
}
