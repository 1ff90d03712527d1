import {
  decodeLargeManifest,
  encodeLargeManifest,
  LARGE_CHUNK_BYTES,
  LegacyAttachmentKey,
  openDeterministicFile,
  openLegacyAttachment,
  openLegacyPicture,
  parseFileId,
  parseFileInfo,
  parseFileUrl,
  parseUploadReply,
  sealDeterministicFile,
  sealLegacyAttachment,
  sealLegacyPicture,
} from '../src/attachment/index.ts'
import { Ed25519Seed, hmacSha256, nonce12, SecretStreamSealer, sha256, SymmetricKey } from '../src/crypto/index.ts'
import { concatBytes, latin1Decode, utf8Encode } from '../src/encoding/index.ts'
import type { FuzzTarget } from './target.ts'

const seed = new Ed25519Seed(new Uint8Array(32).fill(1))
const data = new Uint8Array(3000).map((_, at) => at)
const legacyKey = new LegacyAttachmentKey(new Uint8Array(64).fill(2))
const legacy = sealLegacyAttachment(data, legacyKey, new Uint8Array(16))
const pointer = { key: legacyKey, digest: legacy.digest, sizeBytes: data.length }
const file = sealDeterministicFile(data, seed, 'attachment')
const pictureKey = new SymmetricKey(new Uint8Array(32).fill(3))
const header = new Uint8Array(24)
const manifest = encodeLargeManifest({
  key: pictureKey,
  sizeBytes: 2 * LARGE_CHUNK_BYTES,
  chunks: ['123', 'tKO2VVg1JPHwgZuvqK_7bDHJeSr4UJ_8i13ETlwAn0jB'].map(id => ({
    id: parseFileId(id),
    digest: new Uint8Array(32),
  })),
})
const keyText = 'b8eef9821445ae16e2e97ef8aa6fe782fd11ad5253cd6723b281341dba22e371'

/** The parsers of `@sotto/protocol/attachment`. */
export const targets: readonly FuzzTarget[] = [
  { name: 'attachment/legacy', corpus: [legacy.blob], run: input => void openLegacyAttachment(input, pointer) },
  { name: 'attachment/legacy-behind-mac', corpus: [legacy.blob.slice(0, -32)], run: openBehindMac },
  { name: 'attachment/stream', corpus: [file.blob], run: input => void openDeterministicFile(input, file.key) },
  {
    name: 'attachment/stream-padding',
    corpus: [Uint8Array.of(0, 0, 1, 7, 8), new Uint8Array(70_000)],
    run: openPadded,
  },
  {
    name: 'attachment/picture',
    corpus: [sealLegacyPicture(data, pictureKey, nonce12(new Uint8Array(12)))],
    run: input => void openLegacyPicture(input, pictureKey),
  },
  { name: 'attachment/large-manifest', corpus: [manifest], run: input => void decodeLargeManifest(input) },
  { name: 'attachment/file-id', corpus: [utf8Encode('123')], run: input => void parseFileId(latin1Decode(input)) },
  {
    name: 'attachment/file-url',
    corpus: [
      'http://filev2.getsession.org/file/tKO2VVg1JPHwgZuvqK_7bDHJeSr4UJ_8i13ETlwAn0jB#d',
      `http://127.0.0.1:4567/file/123#d=&p=${keyText}`,
    ].map(utf8Encode),
    run: input => void parseFileUrl(latin1Decode(input)),
  },
  {
    name: 'attachment/upload-reply',
    corpus: [utf8Encode('{"id":"123","expires":1700000000.5}')],
    run: input => void parseUploadReply(input),
  },
  {
    name: 'attachment/file-info',
    corpus: [utf8Encode('{"size":4096,"uploaded":1700000000.5,"expires":1701000000}')],
    run: input => void parseFileInfo(input),
  },
]

/** Behind the MAC, where only a sender gets: the input is IV and ciphertext. */
function openBehindMac(input: Uint8Array): void {
  const blob = concatBytes(input, hmacSha256(legacyKey.expose().subarray(32), input))
  openLegacyAttachment(blob, { key: legacyKey, digest: sha256(blob), sizeBytes: input.length % 64 })
}

/** Behind the stream cipher: the input is padding and file, in chunks of the right length. */
function openPadded(input: Uint8Array): void {
  const stream = new SecretStreamSealer(pictureKey, header)
  const chunks: Uint8Array[] = []
  for (let at = 0; at === 0 || at < input.length; at += 32_768) {
    const isLast = at + 32_768 >= input.length
    chunks.push(stream.seal(input.subarray(at, at + 32_768), isLast ? 'final' : 'message'))
  }
  openDeterministicFile(concatBytes(Uint8Array.of(0x53), header, ...chunks), pictureKey)
}
