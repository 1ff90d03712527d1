import { SottoError } from '../error/index.ts'

/** Codes of `EncodingError`; stable. No spec: the codes are ours. */
export type EncodingErrorCode =
  | 'encoding.bad-utf8'
  | 'encoding.bad-latin1'
  | 'encoding.out-of-bounds'
  | 'encoding.out-of-range'
  | 'hex.bad-length'
  | 'hex.bad-digit'
  | 'base64.bad-length'
  | 'base64.bad-padding'
  | 'base64.bad-digit'
  | 'base64.bad-end'
  | 'base32z.bad-length'
  | 'base32z.bad-digit'
  | 'base32z.bad-end'
  | 'varint.truncated'
  | 'varint.too-large'
  | 'frame.truncated'

const sentences: Readonly<Record<EncodingErrorCode, string>> = {
  'encoding.bad-utf8': 'The text is not valid UTF-8.',
  'encoding.bad-latin1': 'The text holds a character that does not fit in one byte.',
  'encoding.out-of-bounds': 'The data ends before the number does.',
  'encoding.out-of-range': 'The number does not fit in the space for it.',
  'hex.bad-length': 'Hexadecimal text needs two digits for each byte.',
  'hex.bad-digit': 'The text holds something other than hexadecimal digits.',
  'base64.bad-length': 'The base64 text has a length that no data gives.',
  'base64.bad-padding': 'The base64 text has the wrong number of equals signs at its end.',
  'base64.bad-digit': 'The text holds something other than base64 digits.',
  'base64.bad-end': 'The last base64 digit says more than there is data.',
  'base32z.bad-length': 'The base32z text has a length that no data gives.',
  'base32z.bad-digit': 'The text holds something other than base32z digits.',
  'base32z.bad-end': 'The last base32z digit says more than there is data.',
  'varint.truncated': 'The data ends before the number does.',
  'varint.too-large': 'The number takes more than 64 bits.',
  'frame.truncated': 'The data ends before the frame does.',
}

/**
 * Bytes or text that are not what their encoding allows. `at` in the detail is the position where it shows.
 * No spec: the codes are ours.
 */
export class EncodingError extends SottoError<EncodingErrorCode> {
  override readonly name = 'EncodingError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
