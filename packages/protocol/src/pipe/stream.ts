import { ReceiveWindow } from './receive-window.ts'
import { SendQueue } from './send-queue.ts'

/** One request and its reply, while neither side has ended it. */
export interface PipeStream {
  readonly id: number
  /** What this side sends: the request of a client, the reply of a gateway. */
  readonly queue: SendQueue
  /** What it receives. */
  readonly window: ReceiveWindow
  /** How many bytes may come: exactly so many at a gateway, at most so many at a client. */
  readonly expected: number
  received: number
  receiveEnded: boolean
  /** The status has been sent or received. */
  replied: boolean
  /** Bytes handed over for sending. */
  written: number
}

/** A stream that has just been opened. */
export function createStream(id: number, window: number, credit: number, expected: number): PipeStream {
  return {
    id,
    queue: new SendQueue(credit),
    window: new ReceiveWindow(window),
    expected,
    received: 0,
    receiveEnded: false,
    replied: false,
    written: 0,
  }
}
