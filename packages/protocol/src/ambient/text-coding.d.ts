/**
 * The two platform classes that this package uses; browsers and Node both have them. Everything else of the
 * platform stays out, which is why this package is checked without DOM and Node types.
 */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>
}
declare class TextDecoder {
  constructor(label?: 'utf-8', options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean })
  decode(bytes: Uint8Array): string
}
