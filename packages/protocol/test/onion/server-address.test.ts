import { expect, test } from 'vitest'
import { parseServerAddress } from '../../src/onion/index.ts'
import { codeOf } from '../coded.ts'

const good = { host: 'Open.Example.org', protocol: 'https', port: 443, target: '/oxen/v4/lsrpc' }

test('a name in lower case, and addresses without brackets', () => {
  expect(parseServerAddress(good).host).toBe('open.example.org')
  for (const host of [
    'localhost',
    'a_b.x-y.example',
    '10.0.0.1',
    '255.255.255.255',
    '::1',
    '2001:db8::1:2',
    '1:2:3:4:5:6:7:8',
    '::ffff:1.2.3.4',
    '::',
  ]) {
    expect(parseServerAddress({ ...good, host }).host).toBe(host)
    if (host.includes(':')) expect(parseServerAddress({ ...good, host: `[${host}]` }).host).toBe(host)
  }
})

test.for([
  '',
  '.',
  'a..b',
  '-a',
  'a-',
  'a.',
  'a/b',
  'a?b',
  'a#b',
  'u@h',
  'a:80',
  '10.0.0.1:80/admin?',
  'a b',
  'a%2e',
  'a\\b',
  'ä.example',
  'a\n',
  '127.1',
  '0x7f.1',
  '2130706433',
  '0x7f000001',
  '1.2.3.256',
  '01.2.3.4',
  'a.1',
  '1.2.3.4.5',
  ':',
  ':::',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '1::2::3',
  '12345::',
  '[::1',
  '::1]',
  '[a.b]',
  'fe80::1%eth0',
  '::1.2.3.456',
  '1:2:3:4:5:6:7::8',
  'a'.repeat(64),
  `${'a.'.repeat(127)}a`,
])('not a bare host: %s', host => {
  expect(codeOf(() => parseServerAddress({ ...good, host }))).toBe('onion.bad-destination')
})

test('targets begin and end as they must', () => {
  for (const target of ['/loki/v3/lsrpc', '/oxen/lsrpc', '/oxen/v4/x/lsrpc', '/oxen/v4/..a/lsrpc']) {
    expect(parseServerAddress({ ...good, target }).target).toBe(target)
  }
})

test.for([
  '',
  '/',
  'oxen/v4/lsrpc',
  '/other/v4/lsrpc',
  '/oxen/v4/lsrpc/',
  '/oxen/v4/lsrpc2',
  '/oxen/v4/lsrpc?x',
  '/oxen/../x/lsrpc',
  '/oxen/./lsrpc',
  '/oxen/%2e%2e/lsrpc',
  '/oxen/#/lsrpc',
  '/oxen/\\/lsrpc',
  '/oxen//lsrpc',
  '/oxen/v4/lsrpc\n',
  '/oxen/é/lsrpc',
  `/oxen/${'a'.repeat(250)}/lsrpc`,
])('not a target: %s', target => {
  expect(codeOf(() => parseServerAddress({ ...good, target }))).toBe('onion.bad-destination')
})

test('ports and protocols', () => {
  for (const port of [0, -1, 65536, 1.5, Number.NaN, Infinity]) {
    expect(codeOf(() => parseServerAddress({ ...good, port }))).toBe('onion.bad-destination')
  }
  for (const protocol of ['HTTPS', 'ftp', '', 'https:']) {
    expect(codeOf(() => parseServerAddress({ ...good, protocol }))).toBe('onion.bad-destination')
  }
  expect(parseServerAddress({ ...good, protocol: 'http', port: 65535 })).toMatchObject({
    protocol: 'http',
    port: 65535,
  })
})
