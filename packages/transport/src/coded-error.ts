import { SottoError } from '@sotto/protocol/error'
import { TransportError, type TransportErrorCode } from './transport-error.ts'

/** Codes of Node, OpenSSL and undici by what they begin with; the first that fits counts. */
const known: readonly (readonly [string, TransportErrorCode])[] = [
  ['ECONNREFUSED', 'transport.refused'],
  ['ENOTFOUND', 'transport.no-such-host'],
  ['EAI_', 'transport.no-such-host'],
  ['ECONNRESET', 'transport.closed'],
  ['EPIPE', 'transport.closed'],
  ['UND_ERR_SOCKET', 'transport.closed'],
  ['UND_ERR_DESTROYED', 'transport.stopped'],
  ['UND_ERR_CLOSED', 'transport.stopped'],
  ['ERR_HTTP2', 'transport.closed'],
  ['ERR_TLS_CERT', 'transport.wrong-certificate'],
  ['CERT_', 'transport.wrong-certificate'],
  ['DEPTH_ZERO', 'transport.wrong-certificate'],
  ['SELF_SIGNED', 'transport.wrong-certificate'],
  ['UNABLE_TO', 'transport.wrong-certificate'],
  ['ERR_SSL', 'transport.bad-protocol'],
  ['EPROTO', 'transport.bad-protocol'],
  ['HPE_', 'transport.bad-protocol'],
  ['UND_ERR', 'transport.bad-protocol'],
]

/** The coded error for whatever a socket or library has thrown; coded ones stay as they are. */
export function codedError(cause: unknown): SottoError {
  if (cause instanceof SottoError) return cause
  const code = codeOf(cause)
  const found = known.find(([start]) => code.startsWith(start))
  return new TransportError(found?.[1] ?? 'transport.unreachable', {}, { cause })
}

function codeOf(cause: unknown): string {
  // undici's parser gives some of its errors a name only.
  if (cause instanceof Error && cause.name === 'HTTPParserError') return 'HPE_'
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
}
