/** Standard alphabet with padding, by Node's own conversion: several times faster than one that runs anywhere. */
export function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')
}
