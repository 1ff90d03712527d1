/** Length of what is sent, in bytes. */
export function bodyLength(body: Uint8Array | string): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : body.length
}

/** Whether answers with this status carry neither a body nor a length. */
export function hasNoBody(status: number): boolean {
  return status === 204 || status === 205 || status === 304
}
