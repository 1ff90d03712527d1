export { compareBytes, concatBytes } from './bytes.ts'
export { EncodingError, type EncodingErrorCode } from './encoding-error.ts'
export {
  type Base64Options,
  decodeBase64,
  encodeBase64,
  encodeBase64Unpadded,
  encodeBase64Url,
} from './base64.ts'
export { decodeHex, encodeHex } from './hex.ts'
export { utf8Decode, utf8Encode } from './utf8.ts'
