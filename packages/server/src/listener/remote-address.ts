import { isIP } from 'node:net'

/**
 * The address of the other side of a connection. Opaque: it can be compared by its network, and prints as a placeholder,
 * so that it reaches neither a log nor a metric nor a file. Spec 70 §4, L1 and L2.
 */
export class RemoteAddress {
  /** 4 or 16 bytes; IPv4 in the dress of IPv6 is IPv4 here. None if the socket was gone already. */
  readonly #bytes: Uint8Array

  /** Reads what a socket calls its remote address. */
  constructor(text: string | undefined) {
    this.#bytes = parseAddress(text ?? '')
  }

  /** 0 when it is not known. */
  get family(): 0 | 4 | 6 {
    return this.#bytes.length === 4 ? 4 : this.#bytes.length === 16 ? 6 : 0
  }

  /** Whether it is this machine itself. */
  get isLoopback(): boolean {
    const bytes = this.#bytes
    if (bytes.length === 4) return bytes[0] === 127
    return bytes.length === 16 && bytes.every((byte, at) => byte === (at === 15 ? 1 : 0))
  }

  /**
   * The first bits of the address behind one byte for the family, the rest zero: what limits are kept by, after it was
   * hashed with a key. All addresses that are not known are one network.
   */
  network(ipv4Bits: number, ipv6Bits: number): Uint8Array {
    const bits = this.#bytes.length === 4 ? ipv4Bits : ipv6Bits
    const network = new Uint8Array(1 + this.#bytes.length)
    network[0] = this.#bytes.length
    for (const [at, byte] of this.#bytes.entries()) {
      const kept = Math.max(0, Math.min(8, bits - 8 * at))
      network[1 + at] = byte & (0xff00 >> kept)
    }
    return network
  }

  toString(): string {
    return '[address]'
  }

  toJSON(): string {
    return '[address]'
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return 'RemoteAddress [address]'
  }
}

function parseAddress(text: string): Uint8Array {
  const bare = text.split('%', 1)[0] ?? ''
  if (isIP(bare) === 4) return Uint8Array.from(bare.split('.'), Number)
  if (isIP(bare) !== 6) return new Uint8Array()
  const bytes = parseIpv6(bare)
  const isMapped = bytes.subarray(0, 12).every((byte, at) => byte === (at < 10 ? 0 : 0xff))
  return isMapped ? bytes.slice(12) : bytes
}

/** Takes what `isIP` has found to be an IPv6 address. */
function parseIpv6(text: string): Uint8Array {
  const [before = [], after] = text.split('::').map(readGroups)
  const bytes = new Uint8Array(16)
  bytes.set(before)
  if (after !== undefined) bytes.set(after, 16 - after.length)
  return bytes
}

/** The bytes of groups between colons, the last perhaps an IPv4 address. */
function readGroups(text: string): readonly number[] {
  return text.split(':').flatMap(group => {
    if (group === '') return []
    if (group.includes('.')) return group.split('.').map(Number)
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 0xff]
  })
}
