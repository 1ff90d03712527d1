import {
  Ed25519KeyPair,
  ed25519KeyPairToX25519,
  Ed25519Seed,
  sha256,
  x25519,
  type X25519KeyPair,
} from '@sotto/protocol/crypto'
import { decodeBase64, decodeFrame, utf8Decode } from '@sotto/protocol/encoding'
import {
  buildOnion,
  decryptReply,
  deriveLayerKeyAsNode,
  drawLayerSecrets,
  nonceSize,
  openLayer,
  parseOnionCipher,
  parseServerAddress,
  parseServerOnion,
  peelOnion,
  sealWithLayerKey,
  type BuiltOnion,
  type LayerKey,
  type LayerSecret,
  type OnionCipher,
  type OnionNode,
  type OnionPath,
  type OnionRequest,
} from '@sotto/protocol/onion'
import { parseNodeId } from '@sotto/protocol/swarm'
import { ReadError, type CaseReader } from '../case-reader.ts'
import { keyPair } from './onion-keys.ts'

/** A layer of the file `network.json`, read and checked. They stand destination first. */
interface ReadLayer {
  readonly c: CaseReader
  readonly reader: X25519KeyPair
  readonly secret: LayerSecret
}

/** Keys and nonces are given; every layer is compared. Routes say everything that the path needs. */
export function wholeOnion(c: CaseReader): void {
  const cipher = parseOnionCipher(c.text('enc_type'))
  const payload = c.has('rpc_body') ? c.utf8('rpc_body') : c.utf8('v4_plaintext')
  const layers = c.list('layers').map(readLayer)
  const path = pathOf(layers)
  const built = buildOnion(
    payload,
    path,
    layers.map(({ secret }) => secret),
    { cipher },
  )
  c.expectHex('wire_hex', built.request)
  c.expectHex('wire_sha256', sha256(built.request))
  checkLayers(c, built, layers)
  checkReply(c, built, cipher)
}

function readLayer(c: CaseReader, at: number, { length }: { readonly length: number }): ReadLayer {
  c.expect('layer', at === 0 ? 'destination' : `hop ${length - at}`)
  const ephemeral = keyPair(c, 'ephemeral_sec', 'ephemeral_pub')
  const reader = keyPair(c, 'recipient_x25519_sec', 'recipient_x25519_pub')
  if (c.has('shared')) c.expectHex('shared', x25519(reader.secretKey, ephemeral.publicKey))
  if (c.has('recipient_ed25519_seed')) {
    const signing = new Ed25519KeyPair(new Ed25519Seed(c.hex('recipient_ed25519_seed')))
    c.expectHex('recipient_ed25519_pub', signing.publicKey)
    c.expectHex('recipient_x25519_pub', ed25519KeyPairToX25519(signing).publicKey)
  }
  return { c, reader, secret: { ephemeral, nonce: c.hex('nonce') } }
}

/** The route of the last hop says who the destination is. */
function pathOf(layers: readonly ReadLayer[]): OnionPath {
  const [last, exit, ...others] = layers
  if (last === undefined || exit === undefined) throw new ReadError('layers: needs a destination and a hop')
  const route = JSON.parse(exit.c.text('route_json')) as Readonly<Record<string, string>>
  const { destination = '', host, target = '' } = route
  const key = last.reader.publicKey
  const nodeOf = ({ c, reader }: ReadLayer): OnionNode => ({
    id: parseNodeId(c.text('recipient_ed25519_pub')),
    key: reader.publicKey,
  })
  return {
    hops: [exit, ...others].map(nodeOf).toReversed(),
    destination:
      host === undefined
        ? { kind: 'node', id: parseNodeId(destination), key }
        : { kind: 'server', key, address: parseServerAddress({ host, target, protocol: 'https', port: 443 }) },
  }
}

/** Opens the layers again, the guard's first, and compares what lies in each. */
function checkLayers(c: CaseReader, built: BuiltOnion, layers: readonly ReadLayer[]): void {
  let frame = built.request
  for (const [at, layer] of [...layers.entries()].toReversed()) {
    const request = parseServerOnion(frame)
    const key = deriveLayerKeyAsNode(request.cipher, layer.reader, request.ephemeral)
    frame = openLayer(request.blob, key)
    checkLayer(layer.c, request, frame, key)
    if (at > 0) layer.c.expect('route_json', utf8Decode(decodeFrame(frame).rest))
    if (at === 1 && c.has('exit_post_hex')) c.expectHex('exit_post_hex', frame)
    if (at > 0 || c.has('rpc_body')) checkPeeled(layer, request, at)
  }
}

function checkLayer(c: CaseReader, { blob }: OnionRequest, plaintext: Uint8Array, { key }: LayerKey): void {
  c.expectHex('key', key.expose())
  if (c.has('ciphertext')) c.expectHex('ciphertext', blob)
  if (c.has('ciphertext_len')) c.expect('ciphertext_len', blob.length)
  if (c.has('ciphertext_sha256')) c.expectHex('ciphertext_sha256', sha256(blob))
  if (c.has('plaintext')) c.expectHex('plaintext', plaintext)
  if (c.has('plaintext_len')) c.expect('plaintext_len', plaintext.length)
  if (c.has('plaintext_sha256')) c.expectHex('plaintext_sha256', sha256(plaintext))
}

function checkPeeled({ c, reader }: ReadLayer, request: OnionRequest, at: number): void {
  const { kind } = peelOnion(request, reader)
  const route = at === 0 ? '' : c.text('route_json')
  const expected = at === 0 ? 'final' : route.includes('"host"') ? 'proxy' : 'relay'
  c.demand('layer', kind === expected, `is peeled as ${kind}, not ${expected}`)
}

/** A node answers in base64, a server in bytes. */
function checkReply(c: CaseReader, { keys }: BuiltOnion, cipher: OnionCipher): void {
  const inText = c.has('reply_http_body_b64')
  const body = inText ? c.utf8('reply_http_body_b64') : c.hex('reply_http_body_hex')
  c.expectUtf8('reply_plaintext', decryptReply(body, keys).plaintext)
  const blob = inText ? decodeBase64(c.text('reply_http_body_b64')) : body
  const [key] = keys.layers
  if (key === undefined) throw new ReadError('layers: none')
  const sealed = sealWithLayerKey(c.utf8('reply_plaintext'), key, blob.subarray(0, nonceSize(cipher)))
  if (inText) c.expectBase64('reply_http_body_b64', sealed)
  else c.expectHex('reply_http_body_hex', sealed)
}

/** Keys and nonces are drawn, the destination's first, and JSON says everything, keys sorted. */
export function drawnOnion(c: CaseReader): void {
  const cipher = parseOnionCipher(c.text('enc_type'))
  const hops = c.list('hops')
  const destination = c.object('destination')
  const readers = [...hops, destination].map(node => keyPair(node, 'x25519_sk', 'x25519_pk'))
  const secrets = drawLayerSecrets(c.random('random'), cipher, hops.length + 1)
  const path = {
    hops: hops.map((hop, at) => nodeOf(hop, readers[at])),
    destination: destinationOf(destination, readers.at(-1)),
  }
  const built = buildOnion(c.hex('payload'), path, secrets, { cipher, style: 'full' })
  c.expectHex('built', built.request)
  c.expectHex('final_ephemeral_sk', built.keys.secret.ephemeral.secretKey.expose())
  c.expectHex('final_ephemeral_pk', built.keys.secret.ephemeral.publicKey)
  let frame = built.request
  for (const [at, layer] of c.list('peeled_layers').entries()) {
    layer.expectUtf8('control', decodeFrame(frame).rest)
    const request = parseServerOnion(frame)
    frame = openLayer(request.blob, deriveLayerKeyAsNode(cipher, required(readers[at]), request.ephemeral))
    layer.expectHex('decrypted', frame)
  }
  checkDrawnReply(c, built, cipher)
}

function checkDrawnReply(c: CaseReader, { keys }: BuiltOnion, cipher: OnionCipher): void {
  const opened = decryptReply(c.hex('response_encrypted'), keys).plaintext
  c.expectHex('response_decrypted', opened)
  c.expectHex('response_plaintext', opened)
  const nonce = c.random('response_random')(nonceSize(cipher))
  c.expectHex('response_encrypted', sealWithLayerKey(opened, required(keys.layers[0]), nonce))
}

function nodeOf(c: CaseReader, reader: X25519KeyPair | undefined): OnionNode {
  return { id: parseNodeId(c.text('ed25519_pk')), key: required(reader).publicKey }
}

function destinationOf(c: CaseReader, reader: X25519KeyPair | undefined): OnionPath['destination'] {
  if (c.text('kind') === 'snode') return { kind: 'node', ...nodeOf(c, reader) }
  const protocol = c.text('protocol')
  const port = c.given('port') ? c.number('port') : protocol === 'http' ? 80 : 443
  const address = parseServerAddress({ host: c.text('host'), target: c.text('target'), protocol, port })
  return { kind: 'server', key: required(reader).publicKey, address }
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new ReadError('a layer has no reader')
  return value
}
