import {
  decodeBase32z,
  decodeBase64,
  decodeBencode,
  decodeBencodePrefix,
  decodeFrame,
  decodeHex,
  decodeHexOrBase64,
  decodeJson,
  encodeBencode,
  encodeFrame,
  formatJson,
  latin1Decode,
  readBencodeDictSpans,
  readVarint,
  unpadMessage,
  utf8Decode,
  utf8Encode,
} from '../src/encoding/index.ts'
import type { FuzzTarget } from './target.ts'

const dicts = [
  'd1:#i1e1:&d1:n5:Alicee1:<le1:=dee',
  'd1:ai-9223372036854775808e1:bl4:spami42eee',
  'l79:{"method":"GET","endpoint":"/room/some-room","headers":{}}4:bodye',
  'i18446744073709551615e',
  'd0:i1e9:__proto__le11:constructordee',
].map(utf8Encode)

/** Parsers of `@sotto/protocol/encoding`. */
export const targets: readonly FuzzTarget[] = [
  {
    name: 'encoding/bencode',
    corpus: dicts,
    run: input => {
      const decoded = decodeBencode(input)
      // What was read can be written, and the canonical form reads as itself.
      const canonical = encodeBencode(decoded)
      if (encodeBencode(decodeBencode(canonical)).length !== canonical.length) throw new Error('canonical form changed')
    },
  },
  {
    name: 'encoding/json',
    corpus: [utf8Encode('{"a":[1,-2.5e3,null,true,"\\u00e9\\n"],"b":{"c":18446744073709551615}}')],
    run: input => {
      const text = formatJson(decodeJson(input))
      if (formatJson(decodeJson(utf8Encode(text))) !== text) throw new Error('what was written reads otherwise')
    },
  },
  { name: 'encoding/bencode-prefix', corpus: dicts, run: input => void decodeBencodePrefix(input) },
  {
    name: 'encoding/bencode-unordered',
    corpus: dicts,
    run: input => void decodeBencode(input, { unorderedKeys: true, maxDepth: 64 }),
  },
  { name: 'encoding/bencode-spans', corpus: dicts, run: input => void readBencodeDictSpans(input) },
  text('encoding/hex', ['00ff', 'DEADbeef'], decodeHex),
  text('encoding/base64', ['aGVsbG8=', 'aGVsbG8', '+/+/'], word => decodeBase64(word)),
  text('encoding/hex-or-base64', ['00ff00ff00ff', 'AP8A/wD/'], word => decodeHexOrBase64(word, 6)),
  text('encoding/base32z', ['n7ni8pns5zxhprrq3kahnyx6pk3bhk7kyamz1s57equdjyw389ko'], word => decodeBase32z(word)),
  {
    name: 'encoding/utf8',
    corpus: [utf8Encode('grüße 🌍 \u202e'), Uint8Array.of(0xef, 0xbb, 0xbf)],
    run: input => void utf8Decode(input),
  },
  {
    name: 'encoding/frame',
    corpus: [encodeFrame(utf8Encode('blob'), utf8Encode('{}'))],
    run: input => void decodeFrame(input),
  },
  { name: 'encoding/varint', corpus: [Uint8Array.of(0xac, 2, 0)], run: input => void readVarint(input, 0) },
  {
    name: 'encoding/message-padding',
    corpus: [Uint8Array.of(104, 105, 0x80, 0, 0)],
    run: input => void unpadMessage(input),
  },
]

function text(name: string, corpus: readonly string[], parse: (word: string) => unknown): FuzzTarget {
  return { name, corpus: corpus.map(utf8Encode), run: input => void parse(latin1Decode(input)) }
}
