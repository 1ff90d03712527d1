import { SottoError } from '@sotto/protocol/error'

/** Codes of `TransportError`; stable. */
export type TransportErrorCode =
  | 'transport.timeout'
  | 'transport.refused'
  | 'transport.unreachable'
  | 'transport.no-such-host'
  | 'transport.closed'
  | 'transport.stopped'
  | 'transport.busy'
  | 'transport.too-large'
  | 'transport.bad-protocol'
  | 'transport.wrong-certificate'
  | 'transport.proxy-refused'
  | 'transport.bad-address'
  | 'transport.forbidden-address'
  | 'transport.forbidden-port'

const sentences: Readonly<Record<TransportErrorCode, string>> = {
  'transport.timeout': 'The other side did not answer in time.',
  'transport.refused': 'The other side does not accept connections there.',
  'transport.unreachable': 'The other side cannot be reached.',
  'transport.no-such-host': 'There is no host of this name.',
  'transport.closed': 'The connection was closed before the answer was complete.',
  'transport.stopped': 'This program is stopping and sends nothing any more.',
  'transport.busy': 'Too many requests are waiting for the other side.',
  'transport.too-large': 'The answer is longer than is taken.',
  'transport.bad-protocol': 'The other side speaks another protocol than expected.',
  'transport.wrong-certificate': 'The other side shows a certificate that is not accepted.',
  'transport.proxy-refused': 'The proxy did not make the connection.',
  'transport.bad-address': 'This is not the address of a server.',
  'transport.forbidden-address':
    'The server has an address in a private or special network; such servers are not asked.',
  'transport.forbidden-port': 'Servers on this port are not asked.',
}

/** What goes wrong between asking another machine and having its answer. */
export class TransportError extends SottoError<TransportErrorCode> {
  override readonly name = 'TransportError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
