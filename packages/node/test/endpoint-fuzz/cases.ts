import { X25519KeyPair, X25519SecretKey } from '@sotto/protocol/crypto'
import { concatBytes, encodeHex, utf8Encode } from '@sotto/protocol/encoding'
import { type LayerKey, nonceSize, sealLayer } from '@sotto/protocol/onion'
import { type NodeIdentity } from '../../src/rpc/node-identity.ts'
import { damageBytes } from './damage-bytes.ts'
import { damageJson } from './damage-json.ts'
import { type Draw } from './draw.ts'

/** One request of the fuzzer. */
export interface FuzzCase {
  readonly kind: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** One of them opens the answer to an onion. */
  readonly keys?: readonly LayerKey[]
}

/** What cases are made of. */
export interface CaseMaterial {
  readonly rpcs: readonly string[]
  readonly nodes: readonly NodeIdentity[]
  /** Good bodies of the member link that another node sealed, to be damaged. */
  readonly frames: readonly Uint8Array[]
}

const paths = [
  '/storage_rpc/v1',
  '/onion_req/v2',
  '/sotto/v1/member',
  '/ping_test/v1',
  '/get_stats/v1',
  '/',
  '/%2e%2e/x',
  '/health',
]
const verbs = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH']
const oddHeaders: readonly Readonly<Record<string, string>>[] = [
  { 'x-loki-long-poll': '1' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'transfer-encoding': 'identity' },
  { host: 'x.snode' },
  { expect: '200-maybe' },
  { 'accept-encoding': 'gzip, br, zstd' },
  { 'x-long': 'A'.repeat(7000) },
  Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`x-${at}`, 'y'])),
]

/** A request to a node, drawn. Valid outside and damaged inside as often as damaged everywhere. */
export function drawCase(draw: Draw, material: CaseMaterial): FuzzCase {
  const kind = draw.below(20)
  if (kind < 9) return rpcCase(draw, material)
  if (kind < 16) return onionCase(draw, material)
  if (kind < 18) return post('member frame', '/sotto/v1/member', damageBytes(draw.pick(material.frames), draw))
  const body = draw.once(2) ? new Uint8Array() : damageBytes(utf8Encode(draw.pick(material.rpcs)), draw)
  const headers = draw.once(2) ? draw.pick(oddHeaders) : {}
  return { kind: 'http', method: draw.pick(verbs), path: draw.pick(paths), headers, body }
}

function rpcCase(draw: Draw, { rpcs }: CaseMaterial): FuzzCase {
  return post('rpc', '/storage_rpc/v1', damagedRpc(draw, rpcs))
}

function damagedRpc(draw: Draw, rpcs: readonly string[]): Uint8Array {
  const text = draw.pick(rpcs)
  const kind = draw.below(8)
  if (kind === 0) return utf8Encode(text)
  return kind < 6 ? utf8Encode(damageJson(text, draw)) : damageBytes(utf8Encode(text), draw)
}

/** An onion whose layers are sealed as they should be, while what stands in one of them is damaged. */
function onionCase(draw: Draw, material: CaseMaterial): FuzzCase {
  const [guard] = material.nodes
  const next = draw.pick(material.nodes)
  if (guard === undefined) throw new Error('there are nodes')
  const layers = [sealed(draw, next, innermost(draw, material.rpcs))]
  if (next !== guard || draw.once(3)) layers.unshift(wrapped(draw, guard, next, layers[0]))
  const [outermost] = layers
  if (outermost === undefined) throw new Error('there is a layer')
  const outer = frame(outermost.blob, utf8Encode(JSON.stringify(outermost.route)))
  const body = draw.once(6) ? damageBytes(outer, draw) : outer
  return { ...post('onion', '/onion_req/v2', body), keys: layers.map(({ key }) => key) }
}

function wrapped(draw: Draw, guard: NodeIdentity, next: NodeIdentity, inner: Sealed | undefined): Sealed {
  const route = JSON.stringify({ destination: next.id, ...inner?.route })
  return sealed(draw, guard, frame(inner?.blob ?? new Uint8Array(), maybeDamaged(draw, route)))
}

/** What the last reader finds: a request for itself, one for a server, or nothing that makes sense. */
function innermost(draw: Draw, rpcs: readonly string[]): Uint8Array {
  const ends = [
    '{"headers":""}',
    '{"headers":{},"json":true,"base64":false}',
    '{"host":"127.0.0.1","target":"/oxen/v4/lsrpc","method":"POST","port":1}',
    '{"host":"x.invalid","target":"/loki/v3/lsrpc","protocol":"http","port":80}',
    '{"host":"[::ffff:10.0.0.1]","target":"/oxen/../lsrpc","protocol":"http"}',
  ]
  if (draw.once(12)) return draw.random(draw.below(200))
  return frame(damagedRpc(draw, rpcs), maybeDamaged(draw, draw.once(3) ? draw.pick(ends) : '{"headers":""}'))
}

function maybeDamaged(draw: Draw, json: string): Uint8Array {
  const kind = draw.below(6)
  if (kind < 3) return utf8Encode(json)
  return kind < 5 ? utf8Encode(damageJson(json, draw)) : damageBytes(utf8Encode(json), draw)
}

/** A layer, the key that opens the answer to it, and what its reader has to be told. */
interface Sealed {
  readonly blob: Uint8Array
  readonly key: LayerKey
  readonly route: { readonly ephemeral_key: string; readonly enc_type: string }
}

function sealed(draw: Draw, node: NodeIdentity, plaintext: Uint8Array): Sealed {
  const cipher = draw.once(2) ? 'aes-gcm' : 'xchacha20'
  const ephemeral = new X25519KeyPair(new X25519SecretKey(draw.random(32)))
  const layer = sealLayer(cipher, plaintext, node.x25519.publicKey, ephemeral, draw.random(nonceSize(cipher)))
  return { ...layer, route: { ephemeral_key: encodeHex(ephemeral.publicKey), enc_type: cipher } }
}

/** Length 4, little-endian ‖ blob ‖ JSON. Spec 20 §4.1. */
function frame(blob: Uint8Array, json: Uint8Array): Uint8Array {
  const head = new Uint8Array(4)
  new DataView(head.buffer).setUint32(0, blob.length, true)
  return concatBytes(head, blob, json)
}

function post(kind: string, path: string, body: Uint8Array): FuzzCase {
  return { kind, method: 'POST', path, headers: {}, body }
}
