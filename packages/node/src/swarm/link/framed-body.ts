/** What a frame is to carry: bytes, perhaps between others, so that large ones are not joined first. */
export interface FramedBody {
  readonly before: Uint8Array
  readonly bytes: Uint8Array
  readonly after: Uint8Array
  /**
   * Memory around `bytes` that nobody else uses any more. The frame is written there if there is room for it; otherwise, once
   * `bytes` are copied, it is given back.
   */
  readonly memory?: Uint8Array | undefined
}

/** Smaller bodies are joined: they would keep the memory that they came in, in which there is more than they. */
export const leastFramedBytes = 65_536

const none = new Uint8Array()

/** The same as an object. */
export function framedBody(body: Uint8Array | FramedBody): FramedBody {
  return body instanceof Uint8Array ? { before: none, bytes: body, after: none } : body
}

/** How many bytes the frame carries. */
export function bodyLength({ before, bytes, after }: FramedBody): number {
  return before.length + bytes.length + after.length
}

/** The part of the memory that begins so many bytes before the body's own and ends so many after it; `undefined`: it is too small. */
export function roomAround({ bytes, memory }: FramedBody, before: number, after: number): Uint8Array | undefined {
  if (memory === undefined || memory.buffer !== bytes.buffer) return undefined
  const start = bytes.byteOffset - memory.byteOffset - before
  const end = start + before + bytes.length + after
  return start >= 0 && end <= memory.length ? memory.subarray(start, end) : undefined
}
