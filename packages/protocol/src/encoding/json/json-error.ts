import { SottoError } from '../../error/index.ts'

/** Codes of `JsonError`; stable. No spec: the codes are ours. */
export type JsonErrorCode =
  | 'json.too-long'
  | 'json.too-deep'
  | 'json.too-many-values'
  | 'json.bad-utf8'
  | 'json.bad-syntax'

const sentences: Readonly<Record<JsonErrorCode, string>> = {
  'json.too-long': 'The JSON text is longer than may be read.',
  'json.too-deep': 'The JSON text is nested too deeply.',
  'json.too-many-values': 'The JSON text is made of too many small values.',
  'json.bad-utf8': 'The JSON text is not valid UTF-8.',
  'json.bad-syntax': 'The text is not valid JSON.',
}

/**
 * A text that is not JSON, or more than may be read. `at` in the detail is the position where it shows.
 * No spec: the codes are ours.
 */
export class JsonError extends SottoError<JsonErrorCode> {
  override readonly name = 'JsonError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
