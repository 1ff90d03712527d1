import {
  contentFileId,
  deterministicBlobSize,
  deterministicPadding,
  type FilePurpose,
  LegacyAttachmentKey,
  legacyPaddedSize,
  openDeterministicFile,
  openLegacyAttachment,
  openLegacyPicture,
  quicFileId,
  sealDeterministicFile,
  sealLegacyAttachment,
  sealLegacyPicture,
} from '@sotto/protocol/attachment'
import { Ed25519Seed, nonce12, sha256, SymmetricKey } from '@sotto/protocol/crypto'
import { ReadError, type CaseReader } from '../case-reader.ts'
import type { Runner } from '../runner.ts'

/** Runners for the groups of `@sotto/protocol/attachment`. */
export const attachmentRunners: readonly Runner[] = [
  { group: 'attachmentLegacy', has: ['plaintextHex', 'keyHex', 'ivHex', 'blobHex'], run: legacy },
  {
    group: 'attachmentLegacyPadding',
    has: ['size', 'padded'],
    run: c => c.expect('padded', legacyPaddedSize(c.number('size'))),
  },
  { group: 'profilePictureLegacy', has: ['keyHex', 'plaintextHex', 'blobHex'], run: legacyPicture },
  { group: 'attachmentDeterministic', has: ['plaintext', 'encrypted', 'padding'], run: sizes },
  { group: 'attachmentDeterministic', has: ['seedHex', 'personalisation', 'length'], run: deterministic },
  { group: 'fileId', has: ['dataHex', 'id'], run: c => c.expect('id', contentFileId(c.hex('dataHex'))) },
  { group: 'file_ids', has: ['body', 'http_salt_id', 'quic_key_id'], run: fileIds },
]

const purposes: ReadonlyMap<string, FilePurpose> = new Map([
  ['SessionAttachmnt', 'attachment'],
  ['Session_Prof_Pic', 'profile-picture'],
])

function legacy(c: CaseReader): void {
  const key = new LegacyAttachmentKey(c.hex('keyHex'))
  const plaintext = c.hex('plaintextHex')
  const { blob, digest } = sealLegacyAttachment(plaintext, key, c.hex('ivHex'))
  c.expectHex('blobHex', blob)
  c.expectHex('digestSha256Hex', digest)
  c.expect('paddedLength', legacyPaddedSize(plaintext.length))
  c.expect('size', plaintext.length)
  const pointer = { key, digest: c.hex('digestSha256Hex'), sizeBytes: c.number('size') }
  c.expectHex('plaintextHex', openLegacyAttachment(c.hex('blobHex'), pointer))
}

/** The nonce is not given: it is drawn, and stands at the beginning of the blob. */
function legacyPicture(c: CaseReader): void {
  const key = new SymmetricKey(c.hex('keyHex'))
  const blob = c.hex('blobHex')
  c.expectHex('blobHex', sealLegacyPicture(c.hex('plaintextHex'), key, nonce12(blob.slice(0, 12))))
  c.expectHex('plaintextHex', openLegacyPicture(blob, key))
}

function sizes(c: CaseReader): void {
  const size = c.number('plaintext')
  c.expect('padding', deterministicPadding(size))
  c.expect('encrypted', deterministicBlobSize(size))
}

function deterministic(c: CaseReader): void {
  const purpose = purposes.get(c.text('personalisation'))
  if (purpose === undefined) throw new ReadError('personalisation: is none that is known')
  const data = Uint8Array.from({ length: c.number('length') }, (_, at) => 7 * at)
  const { blob, key } = sealDeterministicFile(data, new Ed25519Seed(c.hex('seedHex')), purpose)
  c.expectHex('keyHex', key.expose())
  c.expectHex('headerHex', blob.subarray(1, 25))
  c.expect('padding', deterministicPadding(data.length))
  c.expect('encryptedLength', blob.length)
  c.expectHex('encryptedSha256', sha256(blob))
  c.expectHex('firstBytesHex', blob.subarray(0, c.hex('firstBytesHex').length))
  const opened = openDeterministicFile(blob, new SymmetricKey(c.hex('keyHex')))
  c.demand('length', opened.length === data.length, 'is not the length after opening')
}

function fileIds(c: CaseReader): void {
  const body = c.hex('body')
  c.expect('http_salt_id', contentFileId(body))
  c.expect('quic_key_id', quicFileId(body))
}
