import { type PathView } from '@sotto/client'
import { type HomeStatus } from '@sotto/client/web'

/** How good the connection is, in one word. Spec 50 §11. */
export type PathLevel = 'good' | 'some' | 'building' | 'none' | 'offline' | 'foreign'

/** What the light shows: what the device and the gateway say comes before what is known of paths. */
export function pathLevel(
  status: Pick<HomeStatus, 'online' | 'network' | 'gateway'> | undefined,
  path: Pick<PathView, 'state' | 'usable'> | undefined,
): PathLevel {
  if (status?.online === false) return 'offline'
  if (status?.network === 'foreign-key') return 'foreign'
  if (status?.gateway === 'waiting' || path?.state === 'offline') return 'offline'
  if (path?.state === 'ready' && path.usable > 0) return path.usable > 1 ? 'good' : 'some'
  return path?.state === 'building' ? 'building' : 'none'
}

/** An address as it is written: with its port, and brackets around version 6. */
export function formatAddress({ ip, port }: { readonly ip: string; readonly port: number }): string {
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`
}
