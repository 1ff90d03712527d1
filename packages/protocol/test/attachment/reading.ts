import { expect } from 'vitest'
import { codeOfError } from '../coded.ts'

/** The code of the error that comes of what is read in pieces, or as a promise; or undefined. */
export async function codeOfReading(
  reading: () => AsyncIterable<Uint8Array> | Promise<unknown>,
): Promise<string | undefined> {
  try {
    const read = reading()
    if (read instanceof Promise) await read
    else await readAll(read)
  } catch (error) {
    return codeOfError(error)
  }
  return undefined
}

/** All chunks joined. None is empty. */
export async function readAll(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) {
    expect(chunk.length).toBeGreaterThan(0)
    all.push(chunk)
  }
  return joined(all)
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
