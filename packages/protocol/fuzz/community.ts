import {
  parseBatch,
  parseBatchReply,
  parseCommunityUserId,
  parseRequestAuth,
  parseRoomUrl,
  restorePadding,
  signedPath,
  stripPadding,
} from '../src/community/index.ts'
import { latin1Decode, utf8Encode } from '../src/encoding/index.ts'
import type { FuzzTarget } from './target.ts'

const key = 'a03c383cf63c3c4efe67acc52112a6dd734b3a946b9545f488aaa93da7991238'
const links = [
  `https://open.getsession.org/session?public_key=${key}`,
  'HTTP://Example.com:8080/r/Room_1?public_key=oDw4PPY8PE7+Z6zFIRKm3XNLOpRrlUX0iKqpPaeZEjg',
]
const headers = [
  '00f4ef873908f6a5377ba3853f0e2fa326eed9e741edf9f7d0311a3ecc66a57b32',
  'ABEiM0RVZneImaq7zN3u/w==',
  '1642079887',
  'qGMsxziYNjSc7M4iHEduEZKGe8pIpO+q9UD5ax+pewB4TIvG8JScsIrBI9LmWggMu+XXMYNNXq+STDQaa2ifCw==',
].join('\n')

const batch = [
  { method: 'GET', path: '/capabilities', headers: { Accept: 'x' } },
  { method: 'POST', path: '/room/x/message', json: { data: 'AA==', signature: 'AA==' } },
  { method: 'PUT', path: '/x', b64: 'AAAA' },
]
const batchReply = [
  { code: 200, headers: { 'content-type': 'application/json' }, body: [{ id: 1, posted: 1.5 }] },
  { code: 304, headers: {}, body: '' },
]

/** Parsers of `@sotto/protocol/community`. */
export const targets: readonly FuzzTarget[] = [
  textTarget('room-url', links, parseRoomUrl),
  textTarget('user-id', [`05${key}`, `15${key}`], parseCommunityUserId),
  textTarget('signed-path', ['/room/x/reaction/1/%E2%9D%A4?t=r'], signedPath),
  textTarget('request-auth', [headers], text => {
    const [key, nonce, timestamp, signature] = text.split('\n')
    const given = {
      ...(key === undefined ? {} : { 'X-SOGS-Pubkey': key }),
      ...(nonce === undefined ? {} : { 'X-SOGS-Nonce': nonce }),
      ...(timestamp === undefined ? {} : { 'X-SOGS-Timestamp': timestamp }),
      ...(signature === undefined ? {} : { 'X-SOGS-Signature': signature }),
    }
    parseRequestAuth(given, { requireBlinding: false, accept25: true }, 1_642_079_887)
  }),
  {
    name: 'community/batch',
    corpus: [utf8Encode(JSON.stringify(batch))],
    run: input => void parseBatch(input),
  },
  {
    name: 'community/batch-reply',
    corpus: [utf8Encode(JSON.stringify(batchReply))],
    run: input => void parseBatchReply(input, 2),
  },
  {
    name: 'community/stored-post',
    corpus: [Uint8Array.of(1, 2, 0x80, 0, 0)],
    run: input => void restorePadding(stripPadding(input)),
  },
]

function textTarget(name: string, corpus: readonly string[], parse: (text: string) => unknown): FuzzTarget {
  return {
    name: `community/${name}`,
    corpus: corpus.map(utf8Encode),
    run: input => void parse(latin1Decode(input)),
  }
}
