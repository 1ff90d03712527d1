import { X25519KeyPair, X25519SecretKey } from '../../src/crypto/index.ts'
import { decodeHex } from '../../src/encoding/index.ts'
import { parseServerAddress, type LayerSecret, type OnionPath } from '../../src/onion/index.ts'
import { parseNodeId } from '../../src/swarm/index.ts'
import network from '../../../../vectors/network.json' with { type: 'json' }
import { publicKeyOf } from './fixtures.ts'

/** One full onion of the vectors; its layers stand destination first. */
export type OnionVector = (typeof network.onion)[number]
export type LayerVector = OnionVector['layers'][number]

/** The members of a route that the vectors use. */
interface Route {
  readonly destination?: string
  readonly host?: string
  readonly target?: string
}

export function keyPairOf(layer: LayerVector): X25519KeyPair {
  return new X25519KeyPair(new X25519SecretKey(decodeHex(layer.recipient_x25519_sec)))
}

/** The key pair of the destination, which is the first layer. */
export function destinationPair({ layers: [layer] }: OnionVector): X25519KeyPair {
  if (layer === undefined) throw new Error('an onion has layers')
  return keyPairOf(layer)
}

export function secretsOfVector(v: OnionVector): readonly LayerSecret[] {
  return v.layers.map(layer => ({
    ephemeral: new X25519KeyPair(new X25519SecretKey(decodeHex(layer.ephemeral_sec))),
    nonce: decodeHex(layer.nonce),
  }))
}

export function pathOfVector(v: OnionVector): OnionPath {
  const [last, ...hops] = v.layers
  const route = JSON.parse(hops[0]?.route_json ?? '{}') as Route
  const key = publicKeyOf(last?.recipient_x25519_pub ?? '')
  return {
    hops: hops.toReversed().map(hop => ({
      id: parseNodeId(hop.recipient_ed25519_pub ?? ''),
      key: publicKeyOf(hop.recipient_x25519_pub),
    })),
    destination:
      route.host === undefined
        ? { kind: 'node', id: parseNodeId(route.destination ?? ''), key }
        : {
            kind: 'server',
            key,
            address: parseServerAddress({ host: route.host, protocol: 'https', port: 443, target: route.target ?? '' }),
          },
  }
}
