import { expect, test } from 'vitest'
import { utf8Encode } from '../../src/encoding/index.ts'
import {
  attributeFault,
  buildOnion,
  openReply,
  sealNodeReply,
  type OnionFailure,
  type OnionFault,
  type OnionPath,
} from '../../src/onion/index.ts'
import network from '../../../../vectors/network.json' with { type: 'json' }
import { codeOf } from '../coded.ts'
import { layerAt, nodeOf, nodePath, secretsOf, serverPath } from './fixtures.ts'

const path = nodePath(3)
const server = serverPath(3)
const { keys } = buildOnion(utf8Encode('{}'), path, secretsOf(4, 12), { cipher: 'aes-gcm' })

const suspect = (at: number, destinationGone = false): OnionFault => ({ kind: 'suspected', at, destinationGone })
const proven = (at: number): OnionFault => ({ kind: 'proven', at })
const unknown: OnionFault = { kind: 'unknown' }

/** Who is at fault, by the first words of the case. Where any node may be meant, as seen with node 2 and the destination. */
const verdicts: ReadonlyMap<string, { readonly node: readonly OnionFault[]; readonly server?: OnionFault }> = new Map([
  ['layer ciphertext damaged or empty', { node: [unknown], server: unknown }],
  ['inner frame shorter', { node: [proven(1), { kind: 'answered' }] }],
  ['route JSON unparsable', { node: [proven(1)] }],
  ['headers key added', { node: [proven(1)] }],
  ['destination control JSON', { node: [{ kind: 'answered' }] }],
  ['destination RPC not JSON', { node: [{ kind: 'answered' }] }],
  ['unknown RPC method', { node: [{ kind: 'answered' }] }],
  ['next node (hop or destination) not in', { node: [suspect(1), suspect(3, true)] }],
  ['a hop or the destination dead', { node: [unknown], server: unknown }],
  ['a hop or the destination shutting down', { node: [suspect(1), suspect(3)] }],
  ['outer frame shorter', { node: [suspect(0)] }],
  ['outer length beyond', { node: [suspect(0)] }],
  ['outer hop_no 13', { node: [{ kind: 'request' }] }],
  ['request body over', { node: [{ kind: 'request' }] }],
  ['proxy target or protocol', { node: [proven(2)] }],
  ['proxied server silent', { node: [unknown], server: { kind: 'server' } }],
  ['proxied server refuses', { node: [unknown], server: { kind: 'server' } }],
  ['proxied server answers 201', { node: [unknown], server: { kind: 'server' } }],
  ['proxied reply of 10 MiB', { node: [unknown], server: unknown }],
])

test.for(network.onion_faults)('$what', v => {
  const entry = [...verdicts].find(([start]) => v.what.startsWith(start))
  if (entry === undefined) throw new Error('no verdict is written down for this case')
  const { node, server: behindServer } = entry[1]
  const positions = node.length === 2 ? [1, 3] : [sealerOf(v.encrypted_by)]
  for (const [nth, at] of positions.entries()) {
    expect(attributeFault(failureOf(v, at), path)).toEqual(node[nth])
  }
  if (behindServer !== undefined) expect(attributeFault(failureOf(v, 1), server)).toEqual(behindServer)
})

/** The position that seals the reply, or is named in it: node 2 unless the case says whom it means. */
function sealerOf(by: string | null): number {
  return by === 'destination' ? 3 : by === 'exit hop' ? 2 : 1
}

/** The failure as it reaches the client when the node at this position is meant. */
function failureOf(v: (typeof network.onion_faults)[number], at: number): OnionFailure {
  const name = at === 3 ? nodeOf(9).id : nodeOf(at + 1).id
  const text = v.body.replace('<ed25519 hex>', name)
  if (v.encrypted_by === null) {
    expect(codeOf(() => openReply(utf8Encode(text), keys))).toBe('onion.reply-unreadable')
    return { kind: 'plain', status: v.outer, text }
  }
  const { body, status } = JSON.parse(text) as { readonly body: string; readonly status: number }
  const options = { json: false, base64: true, nonce: new Uint8Array(12) }
  const sealed = sealNodeReply({ body, status, isJson: false }, layerAt(keys, 3 - at), options)
  const opened = openReply(utf8Encode(sealed as string), keys)
  expect(opened).toMatchObject({ body, status })
  return { kind: 'sealed', at: opened.from === 'hop' ? opened.hop : 3 }
}

const plain = (status: number, text: string, along: OnionPath = path): OnionFault =>
  attributeFault({ kind: 'plain', status, text }, along)

test('what the client sees itself', () => {
  expect(attributeFault({ kind: 'unreachable-guard' }, path)).toEqual(proven(0))
  expect(attributeFault({ kind: 'no-answer' }, path)).toEqual(unknown)
})

test('the other texts of the table', () => {
  expect(plain(502, `Next node is currently unreachable: ${nodeOf(3).id}`)).toEqual(suspect(2))
  expect(plain(502, `Next node is currently unreachable: ${nodeOf(9).id}`)).toEqual(suspect(3))
  expect(plain(503, 'Service node is not ready: syncing\n')).toEqual(suspect(0))
  expect(plain(503, 'Server busy, try again later')).toEqual(suspect(0))
  expect(plain(500, 'Invalid response from snode')).toEqual(unknown)
  expect(plain(429, 'Too Many Requests\n')).toEqual({ kind: 'busy' })
})

test('a name that is not on the path, or that nobody could have said, points to nobody', () => {
  for (const name of [nodeOf(7).id, 'x', '', nodeOf(1).id]) {
    expect(plain(502, `Next node not found: ${name}`)).toEqual(unknown)
  }
  expect(plain(503, `Snode not ready: ${nodeOf(1).id}`)).toEqual(suspect(0))
})

test('plain text proves nothing, and a server cannot have nodes removed', () => {
  const texts = [
    'Service node is not ready: x',
    `Snode not ready: ${nodeOf(2).id}`,
    `Next node not found: ${nodeOf(2).id}`,
    'x',
    '',
  ]
  for (const along of [path, server]) {
    for (const status of [200, 400, 404, 500, 502, 503, 504]) {
      for (const text of texts) expect(plain(status, text, along).kind).not.toBe('proven')
    }
  }
  expect(plain(502, 'Bad Gateway', server)).toEqual({ kind: 'server' })
  expect(plain(200, 'nonsense', server)).toEqual(unknown)
  expect(plain(418, 'teapot', path)).toEqual(unknown)
})
