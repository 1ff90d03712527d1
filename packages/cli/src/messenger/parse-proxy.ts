import { type Socks5Proxy } from '@sotto/transport'
import { UsageError } from '../usage-error.ts'

/**
 * Reads `socks5://host:port`. A name and password would be seen by other programs on the machine, so they are refused.
 * @throws {UsageError}
 */
export function parseProxy(text: string): Socks5Proxy {
  const url = URL.parse(text)
  const isProxy = url !== null && /^socks5h?:$/.test(url.protocol) && url.hostname !== '' && url.port !== ''
  if (!isProxy || url.username !== '' || url.password !== '' || !['', '/'].includes(url.pathname)) {
    throw new UsageError('--proxy takes socks5://HOST:PORT.')
  }
  return { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(url.port) }
}
