import { decodeJson, latin1Decode, utf8Encode } from '../src/encoding/index.ts'
import { parseNameAnswer, parseRegisteredName } from '../src/names/index.ts'
import type { FuzzTarget } from './target.ts'

const answer = {
  encrypted_value: '3575802dd9bfea72'.padEnd(98, '0'),
  nonce: '00112233445566778899aabbccddeeff00ffeeddccbbaa99',
}

/** Parsers of `@sotto/protocol/names`. */
export const targets: readonly FuzzTarget[] = [
  {
    name: 'names/registered-name',
    corpus: ['alice', 'Sotto-Test_1'].map(utf8Encode),
    run: input => void parseRegisteredName(latin1Decode(input)),
  },
  {
    name: 'names/answer',
    corpus: [utf8Encode(JSON.stringify(answer))],
    run: input => void parseNameAnswer(decodeJson(input)),
  },
]
