/** Numbers and flags only: an error can be logged without leaking an id, a key or a text. Spec 70 §4. */
export type ErrorDetail = Readonly<Record<string, number | boolean>>

/**
 * Base of every error thrown on purpose. `code` is stable and part of the API; `message` is for developers and is not.
 * The sentence for people stands beside each class, in its table of sentences. No spec: the form of errors is ours.
 */
export abstract class SottoError<Code extends string = string> extends Error {
  readonly code: Code
  readonly detail: ErrorDetail

  constructor(code: Code, detail: ErrorDetail = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(detail)}`, options)
    this.code = code
    this.detail = detail
  }

  /** A sentence that a person can act on. */
  abstract get sentence(): string
}
