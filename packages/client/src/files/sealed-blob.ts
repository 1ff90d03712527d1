import {
  nonce24,
  type Nonce24,
  type SymmetricKey,
  tryXchacha20poly1305OpenInPlace,
  xchacha20poly1305SealInPlace,
} from '@sotto/protocol/crypto'
import { FileError } from './file-error.ts'

/** How much of a file each sealed piece holds, but for the last, and what it becomes. */
export const PIECE_BYTES = 65_536
const TAG_BYTES = 16
const SEALED_PIECE_BYTES = PIECE_BYTES + TAG_BYTES

/**
 * Seals a file in pieces of 64 KiB, each with XChaCha20-Poly1305 and its number as the nonce: the key is for this one file and
 * is used once. How long the file is must be known to whoever opens it, and shows that nothing is missing at the end. All pieces
 * have the same memory: each is done with when the next is asked for.
 */
export function* sealPieces(key: SymmetricKey, bytes: Uint8Array): Generator<Uint8Array, void, void> {
  const memory = new Uint8Array(Math.min(SEALED_PIECE_BYTES, bytes.length + TAG_BYTES))
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    const plaintext = bytes.subarray(at, at + PIECE_BYTES)
    const piece = memory.subarray(0, plaintext.length + TAG_BYTES)
    piece.set(plaintext)
    xchacha20poly1305SealInPlace(key, nonceOf(at / PIECE_BYTES), piece)
    yield piece
  }
}

/** Where the pieces lie that hold `length` bytes of a file from `at`: in the blob, and the number of the first. */
export function placeOf(
  at: number,
  length: number,
): { readonly first: number; readonly start: number; readonly length: number } {
  const first = Math.floor(at / PIECE_BYTES)
  const end = Math.ceil((at + length) / PIECE_BYTES)
  return { first, start: first * SEALED_PIECE_BYTES, length: (end - first) * SEALED_PIECE_BYTES }
}

/**
 * Opens whole pieces, the first of which has this number, in their own memory: what they hold afterwards is worth nothing.
 * @throws {FileError} `file.damaged`
 */
export function openPieces(key: SymmetricKey, sealed: Uint8Array, first: number): Uint8Array {
  const count = Math.ceil(sealed.length / SEALED_PIECE_BYTES)
  const bytes = new Uint8Array(Math.max(0, sealed.length - count * TAG_BYTES))
  for (let piece = 0; piece < count; piece++) {
    const from = piece * SEALED_PIECE_BYTES
    const nonce = nonceOf(first + piece)
    const opened = tryXchacha20poly1305OpenInPlace(key, nonce, sealed.subarray(from, from + SEALED_PIECE_BYTES))
    if (opened === undefined) throw new FileError('file.damaged', { piece: first + piece })
    bytes.set(opened, piece * PIECE_BYTES)
  }
  return bytes
}

/** The number of a piece, big-endian, behind zeros. */
function nonceOf(piece: number): Nonce24 {
  const nonce = new Uint8Array(24)
  new DataView(nonce.buffer).setUint32(20, piece)
  return nonce24(nonce)
}
