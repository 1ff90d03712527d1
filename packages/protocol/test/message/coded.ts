import { expect } from 'vitest'
import { MessageError, type MessageErrorCode } from '../../src/message/index.ts'

/** Demands that a call throws a `MessageError` of this code, with a sentence. */
export function expectCode(code: MessageErrorCode, call: () => unknown): void {
  let caught: unknown
  try {
    call()
  } catch (error) {
    caught = error
  }
  expect(caught).toBeInstanceOf(MessageError)
  expect((caught as MessageError).code).toBe(code)
  expect((caught as MessageError).sentence).toMatch(/^[A-Z].*\.$/)
}
