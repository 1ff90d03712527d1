import { SymmetricKey, nonce24, xchacha20poly1305Seal } from '../src/crypto/index.ts'
import { concatBytes, decodeHex, encodeBase64, encodeBencode, utf8Encode } from '../src/encoding/index.ts'
import {
  decodePushNews,
  parsePushRequests,
  openPushPayload,
  parseCancellation,
  parseSubscription,
} from '../src/push/index.ts'
import type { FuzzTarget } from './target.ts'

const key = new SymmetricKey(new Uint8Array(32))
const nonce = nonce24(new Uint8Array(24))
const account = '05d2ad010eeb72d72e561d9de7bd7b6989af77dcabffa03a5111a6c859ae5c3a72'
const hash = 'Ax0B2c3D4e5F6g7H8i9J0kLmNoPqRsTuVwXyZ012345'
const metadata = { '@': account, '#': hash, n: 0, t: 1_700_000_000_000, z: 1_701_209_600_000, l: 3 }
const list = encodeBencode([JSON.stringify(metadata), Uint8Array.of(1, 2, 3)])
const report = new Map<string, Parameters<typeof encodeBencode>[0]>([
  ['@', decodeHex(account)],
  ['h', hash],
  ['n', 0],
  ['t', 1_700_000_000_000],
  ['z', 1_701_209_600_000],
  ['~', Uint8Array.of(1)],
])
const subscription = {
  pubkey: account,
  session_ed25519: '4cb76fdc6d32278e3f83dbf608360ecc6b65727934b85d2fb86862ff98c46ab7',
  namespaces: [-10, 0, 5],
  data: true,
  sig_ts: 1_700_000_000,
  signature: encodeBase64(new Uint8Array(64)),
  service: 'firebase',
  service_info: { token: 'x' },
  enc_key: '00'.repeat(32),
}

/** Parsers of `@sotto/protocol/push`. */
export const targets: readonly FuzzTarget[] = [
  {
    name: 'push/payload',
    corpus: [concatBytes(nonce, xchacha20poly1305Seal(key, nonce, list))],
    run: input => void openPushPayload(input, key),
  },
  {
    // What a push server with the right key can send.
    name: 'push/plaintext',
    corpus: [list],
    run: input => void openPushPayload(concatBytes(nonce, xchacha20poly1305Seal(key, nonce, input)), key),
  },
  {
    name: 'push/news',
    corpus: [encodeBencode(report)],
    run: input => void decodePushNews(input),
  },
  {
    name: 'push/subscription',
    corpus: [utf8Encode(JSON.stringify(subscription)), utf8Encode(JSON.stringify([subscription]))],
    run: input => void parsePushRequests(input).items.map(parseSubscription),
  },
  {
    name: 'push/cancellation',
    corpus: [utf8Encode(JSON.stringify(subscription))],
    run: input => void parsePushRequests(input).items.map(parseCancellation),
  },
]
