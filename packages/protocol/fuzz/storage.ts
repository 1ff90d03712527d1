import { decodeHex, encodeBencode, utf8Encode } from '../src/encoding/index.ts'
import {
  decodeActiveNodes,
  decodeNotification,
  decodeQuicMessage,
  type Encoding,
  formatNamedRequest,
  formatRequest,
  methodNamed,
  decodeMonitor,
  decodeMonitorReply,
  parseNamedRequest,
  parseOutcome,
  parseRequest,
  readQuicFrame,
  type StorageRequest,
} from '../src/storage/index.ts'
import { type FuzzTarget } from './target.ts'

const owner = '0329acbae141bccaf0b22e1a94d34d0bc7361e526d0bfe12c89794bc9322966dd7'
const hash = 'Xvp3TgTNru744MU/1CkxM8iOkhqYs4VydO6JgfAkIw8'
const node = '174553b456dddfc6908ecab1c101fe6ab21e2baa0617795b7d43a63482993fd5'
const signature = 'A'.repeat(86)
const time = 1_700_000_000_000
const signed = { pubkey: owner, timestamp: time, signature }

/** Parameters of every method that takes some. */
const params: readonly (readonly [method: string, params: object])[] = [
  ['store', { ...signed, namespace: 11, ttl: 60_000, data: 'aGVsbG8=' }],
  ['retrieve', { ...signed, namespace: -11, last_hash: hash, max_size: -2, max_count: 5 }],
  ['delete', { ...signed, messages: [hash], required: true }],
  ['delete_all', { ...signed, namespace: 'all' }],
  ['delete_before', { ...signed, before: time }],
  ['expire', { ...signed, messages: [hash, hash], expiry: [time, time], extend: true }],
  ['expire_all', { ...signed, expiry: time }],
  ['get_expiries', { ...signed, messages: hash, subaccount: 'A'.repeat(48), subaccount_sig: signature }],
  ['revoke_subaccount', { ...signed, revoke: ['00'.repeat(36)] }],
  ['get_swarm', { pubKey: owner }],
  ['oxend_request', { endpoint: 'ons_resolve', params: { type: 0 } }],
  ['held_retrieve', { hold: 20_000, retrieves: [{ pubkey: owner, namespace: -10 }], delay: 5, pad: false }],
  [
    'batch',
    {
      requests: [
        { method: 'info', params: {} },
        { method: 'get_swarm', params: { pubkey: owner } },
      ],
    },
  ],
  ['ifelse', { if: { hf_at_least: [19, 3] }, else: { method: 'info', params: {} } }],
]
const bodies = params.map(([method, params]) => utf8Encode(JSON.stringify({ method, params })))
const requests: readonly StorageRequest[] = bodies.map(body => parseRequest(body))

/** Replies of methods, each with what it is a reply to. */
const stamp = { t: time, hf: [19, 3] }
const swarm = { [node]: { hash, signature, expiry: time, deleted: [hash], updated: [hash], already: 1 } }
const replies: readonly (readonly [method: string, reply: object])[] = [
  ['store', { hash, swarm, ...stamp }],
  ['retrieve', { messages: [{ hash, timestamp: time, expiration: time, data: 'aGk=' }], more: true, ...stamp }],
  ['delete_all', { swarm: { [node]: { deleted: { '-11': [hash], '0': [] }, signature } }, ...stamp }],
  ['expire', { swarm: { [node]: { expiry: time, updated: [], unchanged: { [hash]: time }, signature } } }],
  ['get_expiries', { expiries: { [hash]: time } }],
  [
    'get_swarm',
    { snodes: [{ pubkey_ed25519: node, ip: '1.2.3.4', port_https: 1, port_omq: 2 }], swarm: 'ff', ...stamp },
  ],
  ['held_retrieve', { results: [{ code: 200, body: { messages: [] } }], why: 'time', held: 1, next: 0 }],
  [
    'batch',
    {
      results: [
        { code: 200, body: { version: [2, 8, 0] } },
        { code: 421, body: { snodes: [], swarm: '1' } },
      ],
    },
  ],
]

/** The first byte picks the method, so that the fuzzer reaches all of them. */
function requestFor(byte: number | undefined): StorageRequest | undefined {
  return requests[(byte ?? 0) % requests.length]
}

function tagged(at: number, body: Uint8Array): Uint8Array {
  return Uint8Array.of(at, ...body)
}

function replyCorpus(): readonly Uint8Array[] {
  return replies.map(([method, reply]) =>
    tagged(
      requests.findIndex(request => request.method === methodNamed(method)),
      utf8Encode(JSON.stringify(reply)),
    ),
  )
}

function parseReply(input: Uint8Array, encoding: Encoding): void {
  const request = requestFor(input[0])
  if (request === undefined) return
  for (const status of [200, 421, 500]) parseOutcome(request, status, input.subarray(1), encoding)
}

const monitor = new Map<string, Uint8Array | number | number[]>([
  ['P', decodeHex('03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8')],
  ['d', 1],
  ['n', [0, 2, 5]],
  ['s', new Uint8Array(64)],
  ['t', 1_700_000_000],
])

/** The parsers of `@sotto/protocol/storage`. */
export const targets: readonly FuzzTarget[] = [
  {
    name: 'storage/request',
    corpus: requests.map(request => formatRequest(request)),
    run: input => void parseRequest(input),
  },
  {
    name: 'storage/bencoded-request',
    corpus: requests.map((request, at) => tagged(at, formatNamedRequest(request, 'bencode'))),
    run: input => void parseNamedRequest(requestFor(input[0])?.method ?? 'info', input.subarray(1)),
  },
  { name: 'storage/reply', corpus: replyCorpus(), run: input => parseReply(input, 'json') },
  {
    name: 'storage/bencoded-reply',
    corpus: [
      tagged(
        9,
        encodeBencode(
          new Map<string, string | string[]>([
            ['snodes', []],
            ['swarm', 'ff'],
          ]),
        ),
      ),
    ],
    run: input => parseReply(input, 'bencode'),
  },
  {
    name: 'storage/active-nodes',
    corpus: [decodeHex(`${node}7fffffffffffffff0102030456055604020b03`)],
    run: input => void decodeActiveNodes(input),
  },
  {
    name: 'storage/monitor',
    corpus: [encodeBencode(monitor), encodeBencode([monitor, monitor])],
    run: input => void decodeMonitor(input),
  },
  {
    name: 'storage/monitor-reply',
    corpus: [utf8Encode('d7:successi1ee'), utf8Encode('ld7:errcodei6e5:error1:x5:swarm2:ffee')],
    run: input => void decodeMonitorReply(input),
  },
  {
    name: 'storage/notification',
    corpus: [utf8Encode(`d1:@33:${'a'.repeat(33)}1:h43:${hash}1:ni0e1:ti1e1:zi2e1:~3:onee`)],
    run: input => void decodeNotification(input),
  },
  {
    name: 'storage/quic-frame',
    corpus: [utf8Encode('18:l1:Ci1e4:info2:{}e'), utf8Encode('18:l1:Ri1e8:[200,{}]e')],
    run: input => {
      const frame = readQuicFrame(input)
      if (frame !== undefined) decodeQuicMessage(frame.payload)
    },
  },
]
