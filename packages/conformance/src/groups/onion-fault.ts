import { X25519KeyPair, X25519SecretKey, type X25519PublicKey } from '@sotto/protocol/crypto'
import { utf8Encode } from '@sotto/protocol/encoding'
import {
  attributeFault,
  buildOnion,
  drawLayerSecrets,
  openReply,
  OnionError,
  parseServerAddress,
  PROXY_TIMEOUT_MS,
  RELAY_TIMEOUT_MS,
  sealNodeReply,
  V4_TARGET,
  type OnionFailure,
  type OnionFault,
  type OnionPath,
} from '@sotto/protocol/onion'
import { parseNodeId } from '@sotto/protocol/swarm'
import { ReadError, type CaseReader } from '../case-reader.ts'

/** What spec 20 §4.6 says of each answer, for a path of three hops. Node 1 is the one that is named or seals. */
interface Verdict {
  readonly fault: OnionFault
  /** Behind a server, where the same words can be the server's. */
  readonly server?: OnionFault
  readonly afterMs?: number
}

const NAMED = 1
const answered: Verdict = { fault: { kind: 'answered' } }
const unknown: OnionFault = { kind: 'unknown' }
const suspected = (at: number): Verdict => ({ fault: { kind: 'suspected', at, destinationGone: false } })
const proven = (at: number): Verdict => ({ fault: { kind: 'proven', at } })
const server: Verdict = { fault: unknown, server: { kind: 'server' } }

/** By outer status, who encrypted it, and the body. */
const verdicts: ReadonlyMap<string, Verdict> = new Map([
  ['400 nobody Invalid ciphertext', { fault: unknown, server: unknown }],
  ['200 the node that read it {"body":"Invalid json","status":400}', proven(NAMED)],
  ['200 the hop that read it {"body":"Invalid json","status":400}', proven(NAMED)],
  ['200 the hop that read it {"body":"invalid json","status":400}', proven(NAMED)],
  ['200 destination {"body":"Invalid json","status":400}', answered],
  ['200 destination {"body":"invalid json","status":400}', answered],
  ['200 destination {"body":"no method X","status":400}', answered],
  ['200 exit hop {"body":"Invalid url","status":400}', proven(2)],
  ['502 nobody Next node not found: <ed25519 hex>', suspected(NAMED)],
  ['503 nobody Snode not ready: <ed25519 hex>', suspected(NAMED)],
  ['504 nobody Request time out', { fault: unknown, server: unknown, afterMs: RELAY_TIMEOUT_MS }],
  ['400 nobody Error parsing onion request: <detail>', suspected(0)],
  ['400 nobody onion request max path length exceeded', { fault: { kind: 'request' } }],
  ['413 nobody Request body too large', { fault: { kind: 'request' } }],
  [
    '504 nobody Operation timed out after 25000 milliseconds with 0 bytes received',
    { ...server, afterMs: PROXY_TIMEOUT_MS },
  ],
  ['502 nobody <library text>', server],
  ['500 nobody <the server body>', server],
])

/** Only what follows from an answer can be checked here; how a node comes to give it is the node's business. */
export function onionFault(c: CaseReader): void {
  const outer = c.number('outer')
  const by = c.given('encrypted_by') ? c.text('encrypted_by') : 'nobody'
  const body = c.text('body')
  const verdict = verdicts.get(`${outer} ${by} ${body}`)
  if (verdict === undefined) throw new ReadError('no verdict is known for this answer')
  if (c.has('after_ms')) c.expect('after_ms', verdict.afterMs)
  const nodes = pathTo('node')
  const text = body.replace('<ed25519 hex>', nodes.hops[NAMED]?.id ?? '')
  const failure: OnionFailure =
    by === 'nobody'
      ? { kind: 'plain', status: outer, text }
      : { kind: 'sealed', at: sealAndOpen(c, nodes, sealerOf(by)) }
  demandFault(c, attributeFault(failure, nodes), verdict.fault)
  if (verdict.server !== undefined) demandFault(c, attributeFault(failure, pathTo('server')), verdict.server)
}

function sealerOf(by: string): number {
  if (by === 'destination') return 3
  return by === 'exit hop' ? 2 : NAMED
}

/** Lets a node answer and finds out by its key which it was. */
function sealAndOpen(c: CaseReader, path: OnionPath, at: number): number {
  const draw = (size: number): Uint8Array => new Uint8Array(size).fill(size)
  const { keys } = buildOnion(utf8Encode('{}'), path, drawLayerSecrets(draw, 'aes-gcm', 4), { cipher: 'aes-gcm' })
  const key = keys.layers[3 - at]
  if (key === undefined) throw new ReadError('the path has no such node')
  const { body, status } = JSON.parse(c.text('body')) as { readonly body: string; readonly status: number }
  const sealed = sealNodeReply({ body, status, isJson: false }, key, { json: false, base64: true, nonce: draw(12) })
  const opened = openReply(typeof sealed === 'string' ? utf8Encode(sealed) : sealed, keys)
  if (opened.from !== 'node' && opened.from !== 'hop') throw new OnionError('onion.bad-node-reply')
  c.demand('body', opened.body === body && opened.status === status, 'does not come out as it went in')
  return opened.from === 'hop' ? opened.hop : 3
}

function demandFault(c: CaseReader, got: OnionFault, want: OnionFault): void {
  c.demand('body', JSON.stringify(got) === JSON.stringify(want), `is put down to ${JSON.stringify(got)}`)
}

function pathTo(kind: 'node' | 'server'): OnionPath {
  const nodes = [1, 2, 3, 4].map(byte => ({ id: parseNodeId(`0${byte}`.repeat(32)), key: keyOf(byte) }))
  const [first, second, third, last] = nodes
  if (!first || !second || !third || !last) throw new ReadError('four nodes were made')
  const address = parseServerAddress({ host: 'example.org', protocol: 'https', port: 443, target: V4_TARGET })
  return {
    hops: [first, second, third],
    destination: kind === 'node' ? { kind, ...last } : { kind, key: last.key, address },
  }
}

function keyOf(byte: number): X25519PublicKey {
  return new X25519KeyPair(new X25519SecretKey(new Uint8Array(32).fill(byte))).publicKey
}
