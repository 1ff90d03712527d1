/** What is needed of a WebSocket: the browser's own, Node's, and that of the `ws` package all have it. */
export interface PipeWebSocket {
  binaryType: string
  /** `message` events have the bytes in `data`. */
  addEventListener(type: 'open' | 'message' | 'close' | 'error', listener: (event: object) => void): void
  send(data: Uint8Array): void
  close(code?: number): void
}

/** Makes one and begins to connect. It throws for a URL that is none, or that the page may not ask. */
export type PipeWebSocketConstructor = new (url: string, protocols: string[]) => PipeWebSocket

/** What both sides call the protocol in their handshake. docs/protocol/pipe.md */
export const pipeProtocol = 'sotto-pipe.1'

/** The bytes of a message; `undefined` for a text, which is a broken rule of the pipe. */
export function bytesOf(event: object): Uint8Array | undefined {
  const data = 'data' in event ? event.data : undefined
  return data instanceof ArrayBuffer ? new Uint8Array(data) : undefined
}
