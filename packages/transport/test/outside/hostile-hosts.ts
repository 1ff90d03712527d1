/** Addresses in special networks: loopback, private, metadata, shared, multicast, documents, and what wraps IPv4. */
const ipv4 =
  '127.0.0.1 127.1.2.3 127.255.255.254 0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.254 192.168.0.1 ' +
  '192.168.255.1 169.254.169.254 169.254.0.1 100.64.0.1 100.100.100.200 100.127.255.255 192.0.0.192 192.0.0.1 192.0.2.1 ' +
  '198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 192.88.99.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 168.63.129.16'

const ipv6 =
  ':: ::1 0:0:0:0:0:0:0:1 fe80::1 febf::1 fc00::1 fd00:ec2::254 fdff:ffff::1 ff02::1 ff0e::1 fec0::1 2001:db8::1 2001::1 ' +
  '2001:10::1 2001:20::1 2002:7f00:1:: 2002:c0a8:101::1 3fff::1 3fff:fff::1 64:ff9b::7f00:1 64:ff9b:1::7f00:1 100::1 ' +
  '5f00::1 4000::1 8000::1 ::7f00:1 ::127.0.0.1 0::ffff:7f00:1'

/** Addresses that must never be connected to, in the spellings that are addresses. */
export const specialAddresses: readonly string[] = [
  ...ipv4.split(' '),
  ...ipv6.split(' '),
  ...ipv4.split(' ').flatMap(ip => [`::ffff:${ip}`, `0:0:0:0:0:ffff:${ip}`, `::FFFF:${hexPair(ip)}`]),
]

/** The same hosts in spellings that some resolvers or URL parsers understand. */
export const hostileHosts: readonly string[] = [
  ...specialAddresses,
  ...specialAddresses.filter(ip => ip.includes(':')).map(ip => `[${ip}]`),
  ...ipv4.split(' ').flatMap(spellings),

  'fe80::1%eth0',
  'fe80::1%25eth0',
  '[fe80::1%lo]',
  '::1%lo',
  '[::1',
  '::1]',
  '[[::1]]',
  '[127.0.0.1]',
  '[]',
  ':',
  '::',
  'localhost',
  'LOCALHOST',
  'localhost.',
  '127.0.0.1.',
  '127.0.0.1..',
  '.127.0.0.1',
  '127..0.1',
  '127.0.0.1:80',
  '127.0.0.1/',
  '127.0.0.1#',
  '127.0.0.1?x',

  '10.0.0.1:80/admin?',
  'u@h/x#',
  'good.example@127.0.0.1',
  '127.0.0.1\\@good.example',
  'http://127.0.0.1',
  '//127.0.0.1',
  '127.0.0.1\0',
  '127.0.0.1\n',
  '127.0.0.1\r\nHost: x',
  ' 127.0.0.1',
  '127.0.0.1 ',
  '127.0.0.1%00',
  '127。0。0。1',

  '１２７.0.0.1',
  '①②⑦.0.0.1',
  'loc\u{ad}alhost',
  'ⓛocalhost',
  'xn--',
  '-',
  '..',
  '.',
  '',
  'a'.repeat(254),
  `${'a'.repeat(64)}.x`,
  '%31%32%37.0.0.1',
  '127.0.0.1;x',
  '127.0.0.1,8.8.8.8',
  '8.8.8.8 127.0.0.1',
  '*',
  '$(x)',
  '`x`',
  '"',
  "'",
]

/** Decimal, octal, hexadecimal, mixed, short and padded. */
function spellings(ip: string): readonly string[] {
  const parts = ip.split('.').map(Number)
  const [a = 0, b = 0, c = 0, d = 0] = parts
  const whole = ((a * 256 + b) * 256 + c) * 256 + d
  return [
    String(whole),
    `0x${whole.toString(16)}`,
    `0X${whole.toString(16).toUpperCase()}`,
    `0${whole.toString(8)}`,
    parts.map(part => `0x${part.toString(16)}`).join('.'),
    parts.map(part => `0${part.toString(8)}`).join('.'),
    parts.map(part => String(part).padStart(3, '0')).join('.'),
    `${a}.${b}.${c * 256 + d}`,
    `${a}.${(b * 256 + c) * 256 + d}`,
    `0x${a.toString(16)}.${b}.0${c.toString(8)}.${d}`,
    `${a + 256}.${b}.${c}.${d}`,
    `${ip}.`,
    `${ip}%`,
  ]
}

function hexPair(ip: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = ip.split('.').map(Number)
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
}

/** Names that mean something inside many networks. Real resolvers are not asked for them in tests. */
export const innerNames: readonly string[] = 'internal a.local foo.localhost localhost.localdomain ip6-localhost'.split(
  ' ',
)
