import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { type ServerAddress } from '@sotto/protocol/onion'
import { TransportError } from '../transport-error.ts'
import { isLocalAddress, isPublicAddress, isSameAddress } from './address-rules.ts'

/** A server that the operator's own settings name, exactly. */
export interface AllowedServer {
  /** As clients write it; case does not matter. */
  readonly host: string
  readonly port: number
  /** Also if its address is of this machine or a private network: for local networks. Default false. */
  readonly local?: boolean
}

/** Which servers outside may be asked: from the operator's settings, never from a request. */
export interface ServerPolicy {
  /** Beyond 80 and 443 of any public server. */
  readonly allowed?: readonly AllowedServer[]
  /** By which this machine is reached, beside those that its network interfaces have. */
  readonly ownAddresses?: readonly string[]
}

const openPorts: ReadonlySet<number> = new Set([80, 443])

/** @throws {TransportError} `transport.forbidden-port` */
export function checkPort(server: ServerAddress, policy: ServerPolicy): void {
  if (openPorts.has(server.port) || findAllowed(server, policy) !== undefined) return
  throw new TransportError('transport.forbidden-port', { port: server.port })
}

/**
 * The addresses that may be connected to, out of those that a name resolves to; IPv4 first, as every node has that. Names
 * do not matter here, only addresses do.
 * @throws {TransportError} `transport.forbidden-address` if none is left
 */
export function checkAddresses(
  server: ServerAddress,
  addresses: readonly string[],
  policy: ServerPolicy,
): readonly string[] {
  const local = findAllowed(server, policy)?.local === true
  const own = local ? [] : [...(policy.ownAddresses ?? []), ...machineAddresses()]
  const fine = addresses.filter(
    address =>
      (isPublicAddress(address) || (local && isLocalAddress(address))) &&
      !own.some(each => isSameAddress(each, address)),
  )
  if (fine.length === 0) throw new TransportError('transport.forbidden-address', { addresses: addresses.length })
  return fine.toSorted((a, b) => isIP(a) - isIP(b))
}

function findAllowed({ host, port }: ServerAddress, { allowed = [] }: ServerPolicy): AllowedServer | undefined {
  return allowed.find(each => each.host.toLowerCase() === host && each.port === port)
}

function machineAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap(addresses => addresses?.map(({ address }) => address) ?? [])
}
