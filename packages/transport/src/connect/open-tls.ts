import { createHash, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { isIP } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import { TransportError } from '../transport-error.ts'
import { discard, openTcp } from './open-tcp.ts'
import { type Endpoint, type Socks5Proxy } from './socks5.ts'

/** What a TLS connection has to be. */
export interface TlsOptions {
  readonly proxy?: Socks5Proxy | undefined
  /** The protocols of which one must be agreed on, the dearest first. HTTP/1.1 may go without saying. */
  readonly protocols: readonly string[]
  /**
   * What proves who answers: `nobody` where the layers above do not depend on it (spec 20 §6), a pin, which is the SHA-256
   * of the certificate's public key (SubjectPublicKeyInfo, DER), or a name that authorities vouch for.
   */
  readonly proof: 'nobody' | { readonly pin: Uint8Array } | NamedProof
}

/** A name, or an address, that the certificate must be for. */
interface NamedProof {
  readonly name: string
  /** Authorities in PEM in place of the usual ones. */
  readonly authorities?: readonly string[] | undefined
}

/**
 * Opens a TLS connection; the proof is complete before it is returned. On failure nothing stays open. Throws what sockets
 * throw, and besides:
 * @throws {TransportError} `transport.wrong-certificate`, `transport.bad-protocol`
 */
export async function openTls(endpoint: Endpoint, options: TlsOptions, signal: AbortSignal): Promise<TLSSocket> {
  const { proof, protocols } = options
  const tcp = await openTcp(endpoint, options.proxy, signal)
  const named = typeof proof === 'object' && 'name' in proof ? proof : undefined
  const socket = connect({
    socket: tcp,
    ALPNProtocols: [...protocols],
    minVersion: 'TLSv1.2',
    rejectUnauthorized: named !== undefined,
    ...(named === undefined ? {} : { host: named.name }),
    ...(named === undefined || isIP(named.name) > 0 ? {} : { servername: named.name }),
    ...(named?.authorities === undefined ? {} : { ca: [...named.authorities] }),
  })
  try {
    await once(socket, 'secureConnect', { signal })
    if (typeof proof === 'object' && 'pin' in proof) checkPin(socket, proof.pin)
    if (!protocols.includes(socket.alpnProtocol || 'http/1.1')) throw new TransportError('transport.bad-protocol')
    return socket
  } catch (cause) {
    discard(socket)
    discard(tcp)
    throw cause
  }
}

function checkPin(socket: TLSSocket, pin: Uint8Array): void {
  const key = socket.getPeerX509Certificate()?.publicKey.export({ type: 'spki', format: 'der' })
  const found = key === undefined ? undefined : createHash('sha256').update(key).digest()
  if (found?.length !== pin.length || !timingSafeEqual(found, pin)) {
    throw new TransportError('transport.wrong-certificate')
  }
}
