import { expect } from 'vitest'
import { SottoError } from '../src/error/index.ts'

/** The code of the error that a call throws, or undefined. Anything but one of our own errors fails the test. */
export function codeOf(call: () => unknown): string | undefined {
  try {
    call()
  } catch (error) {
    return codeOfError(error)
  }
  return undefined
}

/** Demands one of our own errors, with a sentence for people, and gives its code. */
export function codeOfError(error: unknown): string {
  if (!(error instanceof SottoError)) throw error
  expect(error.sentence).toMatch(/^[A-Z].*\.$/)
  return error.code
}

/** What a call returns, or undefined if it throws one of our own errors. Any other error fails the test. */
export function unlessRefused<T>(call: () => T): T | undefined {
  let result: T | undefined
  codeOf(() => (result = call()))
  return result
}
