import { blake2b } from '@sotto/protocol/crypto'
import { encodeHex, utf8Encode } from '@sotto/protocol/encoding'
import { type NodeEntry } from '../node-entry.ts'
import { RegistryError } from '../registry-error.ts'
import { type ServiceNodeList } from '../service-node-list.ts'
import { type ServiceNodesAnswer } from './parse-service-nodes.ts'

/**
 * The nodes that stand in at least `needed` of the answers with everything the same, in the order of their ids; fewer
 * liars than that can neither put a node in nor change one. The number is the greatest height that as many claim to have
 * reached. Spec 20 §1.3, spec 70 X22.
 * @param now when the answers came, Unix ms
 * @throws {RegistryError} `registry.bad-policy` unless `needed` is more than half of the answers: two halves could agree
 * on two different lists
 */
export function agreeOnNodes(answers: readonly ServiceNodesAnswer[], needed: number, now: number): ServiceNodeList {
  if (2 * needed <= answers.length) throw new RegistryError('registry.bad-policy', { needed, answers: answers.length })
  const voices = new Map<string, { readonly node: NodeEntry; count: number }>()
  for (const node of answers.flatMap(({ nodes }) => nodes)) {
    const voice = voices.get(keyOf(node))
    if (voice === undefined) voices.set(keyOf(node), { node, count: 1 })
    else voice.count++
  }
  const agreed = [...voices].filter(([, { count }]) => count >= needed).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const heights = answers.map(({ height }) => height).toSorted((a, b) => (a > b ? -1 : 1))
  return {
    number: heights[needed - 1] ?? 0n,
    hash: blake2b(32, utf8Encode(agreed.map(([key]) => key).join('\n'))),
    timestamp: now,
    nodes: agreed.map(([, { node }]) => node),
    names: new Map(),
  }
}

/** Begins with the id. An answer has each node once, so equal keys come from different answers. */
function keyOf({ x25519, ed25519, ...node }: NodeEntry): string {
  const { ip, httpsPort, omqPort, quicPort, swarmId, state, version, capabilities } = node
  const rest = [ip, httpsPort, omqPort, quicPort, swarmId, state, version.join('.'), ...capabilities]
  return [ed25519, encodeHex(x25519), ...rest].join(' ')
}
