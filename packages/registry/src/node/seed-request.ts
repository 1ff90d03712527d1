import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { utf8Encode } from '@sotto/protocol/encoding'
import { maxRegistryBytes } from '../limits.ts'
import { type CertificatePin, connectPinned } from './pinned-connection.ts'
import { SeedError } from './seed-error.ts'

/** One host that knows all nodes, and how its certificate is recognised. */
export interface Seed extends CertificatePin {
  /** `https://host:port/`: `json_rpc` is added. */
  readonly url: string
}

/** What other clients send, so that the request does not stand out. Spec 20 §1.2. */
const headers = { 'User-Agent': 'WhatsApp', 'Accept-Language': 'en-us', 'Content-Type': 'application/json' }

/** Fields asked for; a seed that does not know one leaves it out. */
const fields =
  'public_ip storage_port storage_lmq_port pubkey_x25519 pubkey_ed25519 swarm_id swarm requested_unlock_height height storage_server_version capabilities storage_quic_port'
const body = utf8Encode(
  JSON.stringify({
    jsonrpc: '2.0',
    method: 'get_n_service_nodes',
    params: { active_only: true, fields: Object.fromEntries(fields.split(' ').map(name => [name, true])) },
  }),
)

/**
 * The body that a seed answers to `get_n_service_nodes`. Spec 20 §1.2.
 * @throws {SeedError} `seed.bad-settings`, `seed.wrong-certificate`, `seed.bad-reply`, `seed.too-large`, `seed.timeout`,
 * `seed.unreachable`; the signal's reason once that aborts
 */
export async function askSeed(seed: Seed, timeoutMs: number, signal: AbortSignal): Promise<Uint8Array> {
  const deadline = AbortSignal.timeout(timeoutMs)
  try {
    return await exchange(seed, AbortSignal.any([signal, deadline]))
  } catch (cause) {
    signal.throwIfAborted()
    if (deadline.aborted) throw new SeedError('seed.timeout', { timeoutMs }, { cause })
    if (cause instanceof SeedError) throw cause
    throw new SeedError('seed.unreachable', {}, { cause })
  }
}

async function exchange(seed: Seed, signal: AbortSignal): Promise<Uint8Array> {
  const url = URL.parse(seed.url)
  if (url?.protocol !== 'https:') throw new SeedError('seed.bad-settings')
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const socket = await connectPinned({ host, port: Number(url.port === '' ? 443 : url.port) }, seed, signal)
  try {
    const sent = request({
      createConnection: () => socket,
      method: 'POST',
      host: url.host,
      path: `${url.pathname}json_rpc`,
      headers: { ...headers, Host: url.host, 'Content-Length': body.length, Connection: 'close' },
      signal,
    })
    sent.end(body)
    const [reply]: IncomingMessage[] = await once(sent, 'response', { signal })
    if (reply === undefined) throw new SeedError('seed.bad-reply')
    return await readReply(reply)
  } finally {
    socket.on('error', () => {})
    socket.destroy()
  }
}

async function readReply(reply: IncomingMessage): Promise<Uint8Array> {
  const { statusCode = 0, headers: answered } = reply
  const isJson = /^application\/json *(?:;|$)/i.test(answered['content-type'] ?? '')
  if (statusCode !== 200 || !isJson) throw new SeedError('seed.bad-reply', { status: statusCode })
  if (Number(answered['content-length'] ?? 0) > maxRegistryBytes) throw new SeedError('seed.too-large')
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of reply as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > maxRegistryBytes) throw new SeedError('seed.too-large', { length })
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}
