import { type NodeEntry } from '@sotto/registry'

/** Tells which nodes stand in one network and might be one operator's: /16 of IPv4, /32 of IPv6. Spec 70 §5.2. */
export class NodeNetworks {
  readonly #isLocal: boolean

  /** In a local network every node counts as a network of its own. */
  constructor(isLocal: boolean) {
    this.#isLocal = isLocal
  }

  /** Equal for nodes of one network. */
  keyOf({ ip, ed25519 }: NodeEntry): string {
    if (this.#isLocal) return ed25519
    return ip.includes(':') ? firstGroups(ip) : ip.split('.').slice(0, 2).join('.')
  }

  keysOf(nodes: readonly NodeEntry[]): ReadonlySet<string> {
    return new Set(nodes.map(node => this.keyOf(node)))
  }
}

/** The first two groups; what `::` stands for is zero. */
function firstGroups(ip: string): string {
  const [left = ''] = ip.split('::', 1)
  const [first = '0', second = '0'] = left === '' ? [] : left.split(':')
  return `${first}:${second}`
}
