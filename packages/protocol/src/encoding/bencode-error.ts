import { SottoError } from '../error/index.ts'

/** Codes of `BencodeError`; stable. No spec: the codes are ours. */
export type BencodeErrorCode =
  | 'bencode.too-long'
  | 'bencode.too-deep'
  | 'bencode.too-many-values'
  | 'bencode.truncated'
  | 'bencode.bad-type'
  | 'bencode.bad-integer'
  | 'bencode.integer-too-large'
  | 'bencode.bad-length'
  | 'bencode.bad-key'
  | 'bencode.unordered-keys'
  | 'bencode.duplicate-key'
  | 'bencode.trailing-bytes'
  | 'bencode.not-a-dict'
  | 'bencode.missing-field'
  | 'bencode.wrong-type'
  | 'bencode.wrong-length'
  | 'bencode.out-of-range'
  | 'bencode.bad-text'

const sentences: Readonly<Record<BencodeErrorCode, string>> = {
  'bencode.too-long': 'The data is longer than may be read.',
  'bencode.too-deep': 'The data is nested too deeply.',
  'bencode.too-many-values': 'The data is made of too many small values.',
  'bencode.truncated': 'The data ends in the middle of a value.',
  'bencode.bad-type': 'A value begins with a byte that begins no value.',
  'bencode.bad-integer': 'An integer is not written in decimal digits.',
  'bencode.integer-too-large': 'An integer takes more than 64 bits.',
  'bencode.bad-length': 'The length of a string is not followed by a colon.',
  'bencode.bad-key': 'The key of a dictionary is not a byte string.',
  'bencode.unordered-keys': 'The keys of a dictionary are not in ascending order.',
  'bencode.duplicate-key': 'A dictionary has the same key twice.',
  'bencode.trailing-bytes': 'Something follows the end of the data.',
  'bencode.not-a-dict': 'The data is not a dictionary.',
  'bencode.missing-field': 'A field that has to be there is missing.',
  'bencode.wrong-type': 'A field holds another kind of value than it should.',
  'bencode.wrong-length': 'A field is longer or shorter than it may be.',
  'bencode.out-of-range': 'A number is outside of what is allowed.',
  'bencode.bad-text': 'A text is not valid UTF-8.',
}

/**
 * Bytes that are no bencoding, or bencoding that does not say what it should. `at` in the detail is a position.
 * No spec: the codes are ours.
 */
export class BencodeError extends SottoError<BencodeErrorCode> {
  override readonly name = 'BencodeError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
