import { BlockList, isIPv4, isIPv6 } from 'node:net'

/** IPv4 that belongs to no server of the open internet; the last one is what a large cloud's machines ask for secrets. */
const special4 =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 ' +
  '192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3 168.63.129.16/32'
/** Of IPv6 only 2000::/3 is handed out; some of that carries IPv4 inside, or is for documents. */
const special6 = '2001::/23 2001:db8::/32 2002::/16 3fff::/20'

const forbidden4 = blockList(special4, 'ipv4')
const allowed6 = blockList('2000::/3', 'ipv6')
const forbidden6 = blockList(special6, 'ipv6')
/** Addresses of one machine or one house, which a user's own settings may allow; multicast and the like never. */
const local4 = blockList('10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 172.16.0.0/12 192.168.0.0/16', 'ipv4')
const local6 = blockList('::1/128 fc00::/7', 'ipv6')

/**
 * Whether a server may have this address: an ordinary public one, written in any way, IPv4 inside IPv6 as what it is
 * inside. Spec 70 X10.
 */
export function isPublicAddress(address: string): boolean {
  const plain = unmapped(address)
  if (isIPv4(plain)) return !forbidden4.check(plain)
  return isIPv6(plain) && !plain.includes('%') && allowed6.check(plain, 'ipv6') && !forbidden6.check(plain, 'ipv6')
}

/** Whether an address is on this machine or in a private network. */
export function isLocalAddress(address: string): boolean {
  const plain = unmapped(address)
  return isIPv4(plain) ? local4.check(plain) : isIPv6(plain) && !plain.includes('%') && local6.check(plain, 'ipv6')
}

/** Whether two addresses are the same, whatever their spelling. Anything that is no address is equal to nothing. */
export function isSameAddress(a: string, b: string): boolean {
  const [left, right] = [unmapped(a), unmapped(b)]
  const family = isIPv4(left) ? 'ipv4' : 'ipv6'
  if (isIPv4(left) !== isIPv4(right) || (family === 'ipv6' && !(isIPv6(left) && isIPv6(right)))) return false
  const list = new BlockList()
  list.addAddress(withoutZone(left), family)
  return list.check(withoutZone(right), family)
}

/** IPv4 out of `::ffff:1.2.3.4` in any spelling. */
function unmapped(address: string): string {
  if (!isIPv6(address) || address.includes('%')) return address
  const host = URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1) ?? address
  const groups = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(host)
  if (groups === null) return address
  const [high = 0, low = 0] = groups.slice(1).map(group => Number.parseInt(group, 16))
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.')
}

function withoutZone(address: string): string {
  return address.split('%', 1)[0] ?? address
}

function blockList(subnets: string, family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const subnet of subnets.split(' ')) {
    const [net = '', bits = ''] = subnet.split('/')
    list.addSubnet(net, Number(bits), family)
  }
  return list
}
