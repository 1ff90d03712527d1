import { type ErrorDetail, SottoError } from '@sotto/protocol/error'

/** A code as it comes over a channel: `area.what-is-wrong`, whatever area that is. */
export type RemoteErrorCode = `${string}.${string}`

/** For errors that nobody wrote on purpose: what they say stays where they happened. */
const fallbacks: Readonly<Record<RemoteErrorCode, string>> = {
  'remote.failed': 'Something went wrong that was not expected.',
}

/** An error that a messenger core answered with: its own code, detail and sentence, carried over a channel. */
export class RemoteError extends SottoError<RemoteErrorCode> {
  override readonly name = 'RemoteError'
  readonly #sentence: string

  constructor(code: RemoteErrorCode, detail: ErrorDetail = {}, sentence?: string) {
    super(code, detail)
    this.#sentence = sentence ?? fallbacks[code] ?? code
  }

  override get sentence(): string {
    return this.#sentence
  }
}
