import { X25519KeyPair, X25519SecretKey } from '../src/crypto/index.ts'
import { encodeBase64, encodeFrame, utf8Encode } from '../src/encoding/index.ts'
import {
  buildOnion,
  decodeRelayedOnion,
  decodeV3Reply,
  decodeV3Request,
  decodeV4Reply,
  decodeV4Request,
  drawLayerSecrets,
  encodeRelayedOnion,
  encodeV3Request,
  encodeV4Reply,
  encodeV4Request,
  openReply,
  parseEndpoint,
  parseNodeReply,
  parseOnionRequest,
  parseServerAddress,
  parseServerOnion,
  peelOnion,
  sealLayer,
  sealWithLayerKey,
  V4_TARGET,
} from '../src/onion/index.ts'
import { parseNodeId } from '../src/swarm/index.ts'
import { type FuzzTarget } from './target.ts'

const lenient = new TextDecoder()
const draw = (size: number): Uint8Array => new Uint8Array(size).fill(size)
const node = new X25519KeyPair(new X25519SecretKey(draw(32)))
const id = parseNodeId('0a'.repeat(32))
const hop = { id, key: node.publicKey }
const address = parseServerAddress({ host: 'example.org', protocol: 'https', port: 443, target: V4_TARGET })
const rpc = utf8Encode('{"method":"info","params":{}}')

const toNode = buildOnion(
  rpc,
  { hops: [hop], destination: { kind: 'node', ...hop } },
  drawLayerSecrets(draw, 'aes-gcm', 2),
  {
    cipher: 'aes-gcm',
  },
)
const toServer = buildOnion(
  rpc,
  { hops: [hop], destination: { kind: 'server', key: node.publicKey, address } },
  drawLayerSecrets(draw, 'xchacha20', 2),
  { cipher: 'xchacha20', style: 'full' },
)
const headers = new Map([['content-type', 'application/json']])
const v4Request = encodeV4Request({ method: 'POST', endpoint: '/a?b', headers, body: rpc })
const v4Reply = encodeV4Reply({ code: 200, headers, body: rpc })
const v3Request = encodeV3Request({ method: 'POST', endpoint: 'a', headers, body: '{}', authCode: 'x' })
const layerPlaintexts = [
  encodeFrame(rpc, utf8Encode('{"headers":"","json":true,"base64":false}')),
  encodeFrame(rpc, utf8Encode(`{"destination":"${id}","ephemeral_key":"${id}","enc_type":"xchacha20"}`)),
  encodeFrame(
    rpc,
    utf8Encode('{"host":"[::1]","target":"/oxen/v4/lsrpc","port":80,"protocol":"http","method":"POST"}'),
  ),
]

const [destinationKey, hopKey] = toServer.keys.layers
if (destinationKey === undefined || hopKey === undefined) throw new Error('the onion of the fuzzer has two layers')
const sealedReply = sealWithLayerKey(v4Reply, destinationKey, draw(24))
const refusal = sealWithLayerKey(utf8Encode('{"body":"Invalid json","status":400}'), hopKey, draw(24))
const sealedReplies = [
  sealedReply,
  utf8Encode(encodeBase64(sealedReply)),
  utf8Encode(`{"result":"${encodeBase64(sealedReply)}"}`),
  utf8Encode(encodeBase64(refusal)),
]

/** The parsers of `@sotto/protocol/onion`. */
export const targets: readonly FuzzTarget[] = [
  {
    name: 'onion/request',
    corpus: [toNode.request, toServer.request],
    run: input => void parseOnionRequest(input),
  },
  {
    name: 'onion/server-onion',
    corpus: [toNode.request, toServer.request],
    run: input => void parseServerOnion(input),
  },
  {
    name: 'onion/relayed',
    corpus: [encodeRelayedOnion(parseOnionRequest(toNode.request))],
    run: input => void decodeRelayedOnion(input),
  },
  { name: 'onion/layer', corpus: layerPlaintexts, run: peelPlaintext },
  {
    name: 'onion/node-reply',
    corpus: [utf8Encode('{"body":"{}","status":200}')],
    run: input => void parseNodeReply(input),
  },
  { name: 'onion/v4-request', corpus: [v4Request], run: input => void decodeV4Request(input) },
  { name: 'onion/v4-reply', corpus: [v4Reply], run: input => void decodeV4Reply(input) },
  { name: 'onion/v3-request', corpus: [v3Request], run: input => void decodeV3Request(input) },
  { name: 'onion/v3-reply', corpus: [utf8Encode('{"status_code":403}')], run: input => void decodeV3Reply(input) },
  {
    name: 'onion/endpoint',
    corpus: [utf8Encode('/room/%F0%9F%8D%86/messages?limit=3')],
    run: input => void parseEndpoint(lenient.decode(input)),
  },
  {
    name: 'onion/sealed-reply',
    corpus: sealedReplies,
    run: input => void openReply(input, toServer.keys),
  },
  {
    name: 'onion/reply-inside',
    corpus: [v4Reply],
    run: input => void openReply(sealWithLayerKey(input, destinationKey, draw(24)), toServer.keys),
  },
]

/** The fuzzer cannot seal, so the plaintext is sealed for it. */
function peelPlaintext(input: Uint8Array): void {
  const { blob } = sealLayer('xchacha20', input, node.publicKey, node, draw(24))
  peelOnion({ blob, ephemeral: node.publicKey, cipher: 'xchacha20', hopNumber: 0 }, node)
}
