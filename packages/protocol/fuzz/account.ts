import {
  decodeIdBytes,
  decodeRecoveryPhrase,
  parseAccountId,
  parseAnyId,
  parseDisplayName,
  truncateDisplayName,
} from '../src/account/index.ts'
import { decodeHex, utf8Encode } from '../src/encoding/index.ts'
import type { FuzzTarget } from './target.ts'

const phrases = [
  'abbey abbey abbey abbey abbey abbey abbey abbey abbey abbey abbey abbey abbey',
  'amazing buffalo cakewalk entropy symbol tigger lambda mazurka nestling tadpoles tufts ardent buffalo',
]
const ids = [
  '055bf55c73b82ebe22be80f3430667af570fae2556a6415e6b30d4065300aa947d',
  '0306fd4255b2b4f6bc0458132e1bc90440b528a8dfc79cc2859beea268f6cea210',
  '155678ab7f648665b1e90e3c19e56bbaa9d5890f367d1000101aebe265c46ae8c4',
]
/** Typed text is any text at all, so bytes that are no UTF-8 become replacement characters here. */
const decoder = new TextDecoder()

/** Parsers of `@sotto/protocol/account`. */
export const targets: readonly FuzzTarget[] = [
  text('account/recovery-phrase', phrases, decodeRecoveryPhrase),
  text('account/account-id', ids, parseAccountId),
  text('account/any-id', ids, parseAnyId),
  text('account/display-name', ['Alice', ' \u200bجميل 👩‍👩‍👧 \ufeff'], parseDisplayName),
  text('account/display-name-cut', ['x'.repeat(120), '👩‍👩‍👧'.repeat(9)], truncateDisplayName),
  { name: 'account/id-bytes', corpus: ids.map(id => decodeHex(id)), run: input => void decodeIdBytes(input) },
]

function text(name: string, corpus: readonly string[], parse: (typed: string) => unknown): FuzzTarget {
  return { name, corpus: corpus.map(utf8Encode), run: input => void parse(decoder.decode(input)) }
}
