import { expect } from 'vitest'
import { SottoError } from '../../src/error/index.ts'

/** Demands that a call throws one of our own errors with this code, and a sentence. */
export function expectCode(code: string, call: () => unknown): void {
  const caught = caughtFrom(call)
  expect(caught).toBeInstanceOf(SottoError)
  expect((caught as SottoError).code).toBe(code)
  expect((caught as SottoError).sentence).toMatch(/^[A-Z].*\.$/)
}

/** Demands that a call either returns or throws one of our own errors. */
export function expectOwnError(call: () => unknown): void {
  const caught = caughtFrom(call)
  if (caught !== undefined) expect(caught).toBeInstanceOf(SottoError)
}

function caughtFrom(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  return undefined
}
