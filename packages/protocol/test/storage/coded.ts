import { expect } from 'vitest'
import { SottoError } from '../../src/error/index.ts'

/** The code of the error that a call throws, or undefined. Anything but one of our own errors fails the test. */
export function codeOf(call: () => unknown): string | undefined {
  try {
    call()
  } catch (error) {
    if (!(error instanceof SottoError)) throw error
    expect(error.sentence).toMatch(/^[A-Z].*\.$/)
    return error.code
  }
  return undefined
}
