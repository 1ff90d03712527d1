import { x25519, type X25519KeyPair } from '@sotto/protocol/crypto'
import { decodeFrame, utf8Decode, utf8Encode } from '@sotto/protocol/encoding'
import {
  decodeV4Reply,
  decodeV4Request,
  deriveLayerKey,
  deriveLayerKeyAsNode,
  encodeV4Reply,
  encodeV4Request,
  nonceSize,
  openLayer,
  openServerOnion,
  parseOnionCipher,
  parseServerOnion,
  sealLayer,
  sealWithLayerKey,
} from '@sotto/protocol/onion'
import { CaseReader } from '../case-reader.ts'
import { isList, isObject, member, type JsonObject } from '../json.ts'
import type { Runner } from '../runner.ts'
import type { VectorFile } from '../vector-file.ts'
import { onionFault } from './onion-fault.ts'
import { keyPair } from './onion-keys.ts'
import { drawnOnion, wholeOnion } from './onion-whole.ts'

/** Runners for the groups of `@sotto/protocol/onion`. */
export const onionRunners: readonly Runner[] = [
  { group: 'hop_layer', has: ['enc_type', 'client_sec', 'derived_key', 'ciphertext'], run: hopLayer },
  { group: 'hop_layer', has: ['node_pub', 'node_sec', 'blob'], run: framedLayer },
  { group: 'onion', has: ['enc_type', 'layers', 'wire_hex'], run: wholeOnion },
  { group: 'onion_request', has: ['enc_type', 'hops', 'random', 'built'], run: drawnOnion },
  { group: 'v4_bodies', has: ['text'], run: c => v4Text(c, 'text') },
  { group: 'onion_v4', has: ['plaintext_utf8'], run: c => v4Text(c, 'plaintext_utf8') },
  { group: 'onion_v4', has: ['nonce', 'posted'], run: posted },
  { group: 'onion_v4', has: ['nonce', 'returned'], run: returned },
  { group: 'onion_faults', has: ['outer', 'body', 'encrypted_by'], run: onionFault },
]

function hopLayer(c: CaseReader): void {
  const cipher = parseOnionCipher(c.text('enc_type'))
  const client = keyPair(c, 'client_sec', 'client_pub')
  const node = keyPair(c, 'node_sec', 'node_pub')
  const key = deriveLayerKeyAsNode(cipher, node, client.publicKey)
  c.expectHex('derived_key', key.key.expose())
  c.expectHex('derived_key', deriveLayerKey(cipher, client, node.publicKey).key.expose())
  const blob = c.hex('ciphertext')
  c.expectUtf8('plaintext', openLayer(blob, key))
  const nonce = blob.subarray(0, nonceSize(cipher))
  c.expectHex('ciphertext', sealLayer(cipher, c.utf8('plaintext'), node.publicKey, client, nonce).blob)
}

function framedLayer(c: CaseReader): void {
  const node = keyPair(c, 'node_sec', 'node_pub')
  c.expectUtf8('plaintext', openServerOnion(parseServerOnion(c.hex('blob')), node).payload)
}

/** Compared without the case of header names, which a reader folds. */
function v4Text(c: CaseReader, name: string): void {
  const bytes = c.utf8(name)
  const isReply = c.text(name).includes('"code"')
  const again = isReply ? encodeV4Reply(decodeV4Reply(bytes)) : encodeV4Request(decodeV4Request(bytes))
  const header = /"headers":\{"([^"]*)"/.exec(c.text(name))?.[1] ?? ''
  c.expectUtf8(name, utf8Encode(utf8Decode(again).replace(`"${header.toLowerCase()}"`, `"${header}"`)))
}

/** The members that all cases of a server share, compared. */
function serverPairs(c: CaseReader): { readonly client: X25519KeyPair; readonly server: X25519KeyPair } {
  const client = keyPair(c, 'client_ephemeral_privkey', 'client_ephemeral_pubkey')
  const server = keyPair(c, 'server_privkey', 'server_pubkey')
  c.expectHex('dh', x25519(server.secretKey, client.publicKey))
  c.expectHex('xchacha20_key', deriveLayerKeyAsNode('xchacha20', server, client.publicKey).key.expose())
  c.expectHex('aes_gcm_key', deriveLayerKeyAsNode('aes-gcm', server, client.publicKey).key.expose())
  return { client, server }
}

function posted(c: CaseReader, file: VectorFile): void {
  const { client, server } = serverPairs(c)
  const request = parseServerOnion(c.hex('posted'))
  const { payload } = openServerOnion(request, server)
  c.demand(
    'posted',
    utf8Decode(payload) === plaintextOf(file, 'GET request'),
    'does not hold the plaintext of its group',
  )
  const { blob, rest } = decodeFrame(c.hex('posted'))
  c.expectHex('nonce', request.blob.subarray(0, nonceSize(request.cipher)))
  const json = JSON.stringify({ ephemeral_key: c.text('client_ephemeral_pubkey'), enc_type: request.cipher })
  c.demand('posted', utf8Decode(rest) === json, 'does not end with the JSON of its key and cipher')
  const sealed = sealLayer(request.cipher, payload, server.publicKey, client, c.hex('nonce'))
  c.demand(
    'posted',
    sealed.blob.every((byte, at) => byte === blob[at]),
    'is not what sealing gives',
  )
}

function returned(c: CaseReader, file: VectorFile): void {
  const { client, server } = serverPairs(c)
  const nonce = c.hex('nonce')
  const cipher = nonce.length === nonceSize('aes-gcm') ? 'aes-gcm' : 'xchacha20'
  const plaintext = utf8Encode(plaintextOf(file, 'response'))
  c.expectHex('returned', sealWithLayerKey(plaintext, deriveLayerKeyAsNode(cipher, server, client.publicKey), nonce))
  const opened = openLayer(c.hex('returned'), deriveLayerKey(cipher, client, server.publicKey))
  c.demand('returned', utf8Decode(opened) === utf8Decode(plaintext), 'does not open to the plaintext of its group')
}

/** The case of the group that holds the plaintext, found by the beginning of its description. */
function plaintextOf(file: VectorFile, start: string): string {
  const group = file.group('onion_v4')
  const cases = isObject(group) ? member(group, 'cases') : undefined
  const found = isList(cases) ? cases.filter(isObject).find(one => isCalled(one, start)) : undefined
  return found === undefined ? '' : CaseReader.unchecked(found).text('plaintext_utf8')
}

function isCalled(one: JsonObject, start: string): boolean {
  const what = member(one, 'what')
  return typeof what === 'string' && what.startsWith(start)
}
