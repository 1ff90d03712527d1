import { SottoError } from '@sotto/protocol/error'

/** Codes of `ListenerError`; stable. */
export type ListenerErrorCode =
  | 'listener.port-taken'
  | 'listener.not-allowed'
  | 'listener.bad-address'
  | 'listener.failed'

const sentences: Readonly<Record<ListenerErrorCode, string>> = {
  'listener.port-taken': 'Another program uses this port already: stop it or choose another port.',
  'listener.not-allowed': 'This user may not listen on this port: choose one above 1023.',
  'listener.bad-address': 'This machine does not have the address that the server should listen on.',
  'listener.failed': 'The server could not listen on its address and port.',
}

/** A listener that could not start. `detail.port` is the port. */
export class ListenerError extends SottoError<ListenerErrorCode> {
  override readonly name = 'ListenerError'

  override get sentence(): string {
    return sentences[this.code]
  }
}

const codes: ReadonlyMap<unknown, ListenerErrorCode> = new Map([
  ['EADDRINUSE', 'listener.port-taken'],
  ['EACCES', 'listener.not-allowed'],
  ['EADDRNOTAVAIL', 'listener.bad-address'],
  ['ENOTFOUND', 'listener.bad-address'],
])

/** The typed form of what `listen` failed with. */
export function listenerErrorOf(cause: Error, port: number): ListenerError {
  const code = codes.get('code' in cause ? cause.code : undefined) ?? 'listener.failed'
  return new ListenerError(code, { port }, { cause })
}
