import { SottoError } from '@sotto/protocol/error'

/** The contracts also run where there is no test runner: they bring their own comparisons. */
export function equal(found: unknown, expected: unknown): void {
  if (!Object.is(found, expected)) throw new Error(`expected ${text(expected)}, found ${text(found)}`)
}

/** Compares bytes. */
export function sameBytes(found: unknown, expected: Uint8Array): void {
  const same = found instanceof Uint8Array && found.length === expected.length
  if (!same || found.some((byte, at) => byte !== expected[at])) throw new Error('other bytes')
}

/** What a function throws. */
export function thrownBy(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

/** What a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('nothing was thrown')
    },
    (error: unknown) => error,
  )
}

/** The code of an error of ours. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof SottoError ? error.code : undefined
}

function text(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 200)) : String(value).slice(0, 200)
}
