import { releaseBytes } from '@sotto/protocol/crypto'
import {
  OnionError,
  type OnionOptions,
  type OnionPath,
  type ServerDestination,
  type V4Request,
  v4RequestLength,
  v4RequestPieces,
} from '@sotto/protocol/onion'
import { NetworkError } from '../network-error.ts'
import { paddedLength } from '../onion/padded-size.ts'
import { type OnionOrder, type OnionResult, sendOnion } from '../onion/send-onion.ts'
import { errorOf } from '../paths/blame.ts'
import { type Path } from '../paths/path.ts'
import { type AttemptContext, type Attempted, tryUntil } from './attempts.ts'
import { attemptPorts, begin } from './session-call.ts'
import { type SessionPorts } from './session-ports.ts'
import { type ServerOptions, type ServerReply } from './swarm-session.ts'

/** Servers know AES-GCM in any version. */
const onionOptions: OnionOptions = { cipher: 'aes-gcm' }
/** An exit waits 25 s for a server; less would blame paths for slow servers. Spec 20 §4.7. */
const SERVER_MS = 26_000
/** What has to come through at least, in bytes a millisecond: 50 kB a second. Large bodies take longer to the first node. */
const LEAST_RATE = 50

/** See `SwarmSession.toServer`. */
export async function requestServer(
  ports: SessionPorts,
  server: ServerDestination,
  request: V4Request,
  options: ServerOptions,
): Promise<ServerReply> {
  const { repeatable = request.method === 'GET' || request.method === 'HEAD' } = options
  const limits = await begin(ports, options)
  const bytes = (request.body?.length ?? 0) + (options.replyBytes ?? 0)
  const attemptMs = SERVER_MS + Math.ceil(bytes / LEAST_RATE)
  let not: Path | undefined
  return tryUntil({ ...attemptPorts(ports), attemptMs }, limits, async context => {
    const path = ports.paths.take(not === undefined ? {} : { not })
    not = path
    const result = await send(ports, path, server, request, { ...limitsOf(context), onProgress: options.onProgress })
    return conclude(ports, path, result, repeatable)
  })
}

type SendContext = Pick<OnionOrder, 'timeoutMs' | 'signal' | 'onProgress'>

/** The time is read when it begins. */
function limitsOf({ signal, timeoutMs }: AttemptContext): SendContext {
  return { signal, timeoutMs }
}

async function send(
  { transport, clock, random }: SessionPorts,
  path: Path,
  server: ServerDestination,
  request: V4Request,
  context: SendContext,
): Promise<OnionResult> {
  const { guard } = path
  if (guard === undefined) throw new NetworkError('network.no-nodes')
  const onionPath = { hops: path.hops.map(({ ed25519: id, x25519: key }) => ({ id, key })), destination: server }
  const payload = padded(request, onionPath)
  const order = { path: onionPath, guard, payload, options: onionOptions, ...context }
  const sent = sendOnion(order, { transport, clock, random })
  // They have been copied into the onion; the padding of large requests is large as well.
  for (const piece of payload) if (piece !== request.body) releaseBytes(piece)
  return sent
}

/** One length cannot be reached by spaces: then the next size is taken. */
function padded(request: V4Request, path: OnionPath): readonly Uint8Array[] {
  const size = paddedLength(v4RequestLength(request), path, onionOptions, 'request')
  try {
    return v4RequestPieces(request, size)
  } catch (error) {
    if (!(error instanceof OnionError) || error.code !== 'onion.bad-padding') throw error
    return v4RequestPieces(request, paddedLength(size + 1, path, onionOptions, 'request'))
  }
}

function conclude(
  { keeper }: SessionPorts,
  path: Path,
  result: OnionResult,
  repeatable: boolean,
): Attempted<ServerReply> {
  if (result.kind === 'unsent') return { kind: 'again', error: result.error }
  if (result.kind === 'failed') {
    const { failure, fault } = result
    keeper.failed(path, failure, fault)
    const error = errorOf(failure, fault)
    // Silence may mean that the server did what it was asked to and only its answer was lost.
    const mayHaveArrived = fault.kind === 'unknown' || fault.kind === 'server'
    if (fault.kind === 'request' || (mayHaveArrived && !repeatable)) throw error
    return { kind: 'again', error }
  }
  keeper.succeeded(path)
  if (result.kind === 'answered' && result.reply.from === 'v4-server') return { kind: 'done', result: result.reply }
  throw new NetworkError('network.server-failed')
}
