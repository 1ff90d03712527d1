/** How far an address reaches. Only `public` ones may stand in a list unless the user allows local networks. */
export type IpScope = 'public' | 'loopback' | 'private' | 'link-local' | 'reserved'

type Range = readonly [prefix: readonly number[], bits: number, scope: IpScope]

/** Special-purpose registry of IANA; addresses shared by a provider's customers count as private. First match wins. */
const ipv4Ranges: readonly Range[] = [
  [[0], 8, 'reserved'],
  [[10], 8, 'private'],
  [[100, 64], 10, 'private'],
  [[127], 8, 'loopback'],
  [[169, 254], 16, 'link-local'],
  [[172, 16], 12, 'private'],
  [[192, 0, 0], 24, 'reserved'],
  [[192, 0, 2], 24, 'reserved'],
  [[192, 88, 99], 24, 'reserved'],
  [[192, 168], 16, 'private'],
  [[198, 18], 15, 'reserved'],
  [[198, 51, 100], 24, 'reserved'],
  [[203, 0, 113], 24, 'reserved'],
  [[224], 3, 'reserved'],
]

/** Of IPv6 only 2000::/3 is handed out; what carries IPv4 inside, such as 6to4 and Teredo, is taken out of it. */
const ipv6Ranges: readonly Range[] = [
  [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], 128, 'loopback'],
  [[0xfc], 7, 'private'],
  [[0xfe, 0x80], 10, 'link-local'],
  [[0x20, 0x01, 0x00], 23, 'reserved'],
  [[0x20, 0x01, 0x0d, 0xb8], 32, 'reserved'],
  [[0x20, 0x02], 16, 'reserved'],
  [[0x3f, 0xff, 0x00], 20, 'reserved'],
  [[0x20], 3, 'public'],
]

/** The scope of an address of 4 or 16 bytes. */
export function ipScope(address: Uint8Array): IpScope {
  const isIpv4 = address.length === 4
  const range = (isIpv4 ? ipv4Ranges : ipv6Ranges).find(([prefix, bits]) => startsWith(address, prefix, bits))
  return range?.[2] ?? (isIpv4 ? 'public' : 'reserved')
}

function startsWith(address: Uint8Array, prefix: readonly number[], bits: number): boolean {
  return prefix.every((byte, at) => {
    const counted = Math.min(8, bits - 8 * at)
    return ((address[at] ?? 0) ^ byte) >> (8 - counted) === 0
  })
}
