import { deriveVersionCheckIdentity, signFileServerRequest } from '@sotto/protocol/account'
import { Ed25519Seed } from '@sotto/protocol/crypto'
import { latin1Decode, utf8Encode } from '@sotto/protocol/encoding'
import { RemoteAddress } from '@sotto/server'
import { FileError } from '../src/file-error.ts'
import { parseLegacyUpload } from '../src/http/legacy-files.ts'
import { readTtl } from '../src/http/ttl.ts'
import { sessionVersion } from '../src/http/version-check.ts'
import { readFileId } from '../src/ids/known-id.ts'
import { productionLimits } from '../src/limits.ts'

const sentAtSeconds = 1_782_000_000
const query = 'platform=desktop&release_channel=alpha'
const identity = deriveVersionCheckIdentity(new Ed25519Seed(new Uint8Array(32).fill(4)))
const signed = signFileServerRequest(identity, { method: 'GET', path: `/session_version?${query}`, sentAtSeconds })
const keeping = { ...productionLimits.keeping, maxTtlSeconds: 5000 }
const peer = new RemoteAddress('127.0.0.1')

/** What a file server reads of requests. The fuzzer knows the type by its shape. */
export const targets = [
  {
    name: 'files/id',
    corpus: ['tKO2VVg1JPHwgZuvqK_7bDHJeSr4UJ_8i13ETlwAn0jB', '9007199254740991'].map(utf8Encode),
    run: readId,
  },
  { name: 'files/ttl', corpus: ['60', '5000'].map(utf8Encode), run: readTime },
  {
    name: 'files/legacy-upload',
    corpus: ['{"file":"b2xk"}', '{"name":"x","file":"AAAAAAAA","more":[1,2,{}]}'].map(utf8Encode),
    run: (input: Uint8Array): void => void parseLegacyUpload(input),
  },
  {
    name: 'files/version-check',
    corpus: [utf8Encode([query, ...Object.values(signed)].join('\n')), utf8Encode(query)],
    run: checkVersion,
  },
] as const

function readId(input: Uint8Array): void {
  if (readFileId(latin1Decode(input)) === undefined) throw new FileError('files.not-found')
}

function readTime(input: Uint8Array): void {
  readTtl(new Map([['x-fs-ttl', latin1Decode(input)]]), keeping)
}

/** A query and up to three headers, line by line. */
function checkVersion(input: Uint8Array): void {
  const [asked = '', ...lines] = latin1Decode(input).split('\n', 4)
  const names = ['x-fs-pubkey', 'x-fs-timestamp', 'x-fs-signature']
  const headers = new Map(lines.map((line, at) => [names[at] ?? '', line]))
  const { signal } = new AbortController()
  const request = {
    method: 'GET',
    path: '/session_version',
    query: asked,
    headers,
    body: new Uint8Array(),
    peer,
    signal,
  }
  const { status } = sessionVersion({ now: () => 1000 * sentAtSeconds }, request)
  if (status !== 502) throw new FileError('files.bad-request', { status })
}
