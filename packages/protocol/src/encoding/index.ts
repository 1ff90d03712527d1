export { decodeBase32z, encodeBase32z } from './base32z.ts'
export { type Base64Options, decodeBase64, encodeBase64, encodeBase64Unpadded, encodeBase64Url } from './base64.ts'
export { type Bencode, type BencodeDict, type BencodeInput } from './bencode.ts'
export { BencodeError, type BencodeErrorCode } from './bencode-error.ts'
export {
  expectBytes,
  expectDict,
  expectInteger,
  expectList,
  expectNumber,
  expectText,
  optionalBytes,
  optionalDict,
  optionalInteger,
  optionalList,
  optionalNumber,
  optionalText,
} from './bencode-fields.ts'
export { type BencodeOptions } from './bencode-reader.ts'
export {
  asBytes,
  asDict,
  asInteger,
  asList,
  asNumber,
  asText,
  type IntegerLimits,
  type LengthLimits,
  type NumberLimits,
} from './bencode-values.ts'
export { compareBytes, concatBytes, trimTail } from './bytes.ts'
export { crc32 } from './crc32.ts'
export { type BencodeSpan, decodeBencode, decodeBencodePrefix, readBencodeDictSpans } from './decode-bencode.ts'
export { encodeBencode } from './encode-bencode.ts'
export { EncodingError, type EncodingErrorCode } from './encoding-error.ts'
export {
  encodeUint32BigEndian,
  encodeUint32LittleEndian,
  encodeUint64BigEndian,
  encodeUint64LittleEndian,
  readUint32BigEndian,
  readUint32LittleEndian,
  readUint64BigEndian,
  readUint64LittleEndian,
} from './fixed-integers.ts'
export { decodeFrame, encodeFrame, type Frame } from './frame.ts'
export { decodeHex, encodeHex, tryDecodeHex } from './hex.ts'
export { decodeHexOrBase64 } from './hex-or-base64.ts'
export { decodeJson, type JsonLimits } from './json/decode-json.ts'
export { formatJson } from './json/format-json.ts'
export { isJsonList, isJsonObject, type Json, type JsonObject } from './json/json.ts'
export { JsonError, type JsonErrorCode } from './json/json-error.ts'
export { latin1Decode, latin1Encode } from './latin1.ts'
export {
  legacyPaddedMessageLength,
  padMessage,
  paddedMessageLength,
  PaddingError,
  type PaddingErrorCode,
  unpadMessage,
} from './message-padding.ts'
export { toSafeNumber } from './safe-number.ts'
export { utf8Decode, utf8Encode } from './utf8.ts'
export { encodeVarint, readSafeVarint, readVarint, type Varint } from './varint.ts'
