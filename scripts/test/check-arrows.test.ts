import { expect, test } from 'vitest'
import { adapterArrows, algorithmLibraries, checkArrows, packageArrows, protocolOrder } from '../check/arrows.ts'
import { example, found, manifests } from './check-trees.ts'

test('imports along the arrows pass', () => {
  const verdict = checkArrows(
    example({
      ...manifests,
      'packages/protocol/src/encoding/index.ts': `export { hex } from './hex.ts'`,
      'packages/protocol/src/crypto/index.ts': `import { hex } from '../encoding/index.ts'; import '#backend'`,
      'packages/protocol/src/crypto/backend/node.ts': `import sodium from 'sodium-native'`,
      'packages/protocol/src/onion/layer.ts': `import { hex } from '@sotto/protocol/encoding'; import './path.ts'`,
      'packages/protocol/test/onion/layer.test.ts': `
        import { x25519 } from '@noble/curves/ed25519.js'
        import { layer } from '../../src/onion/layer.ts'
        import { flipBit } from '@sotto/testing'
        import known from '../../../../vectors/network.json' with { type: 'json' }`,
      'packages/server/src/index.ts': `import type { Hex } from '@sotto/protocol/encoding'; import 'node:http'`,
      'bench/protocol/main.ts': `import '../../packages/protocol/src/onion/layer.ts'; import '@noble/hashes/blake2.js'`,
    }),
  )
  expect(found(verdict)).toEqual([])
  expect(verdict.looked).toBe(12)
})

test('imports against the arrows are found', () => {
  const verdict = checkArrows(
    example({
      ...manifests,
      'packages/protocol/src/crypto/index.ts': `import { layer } from '../onion/index.ts'`,
      'packages/protocol/src/onion/layer.ts': `
        import { hex } from '../encoding/hex.ts'
        export { self } from '@sotto/protocol/nothing'
        type Deep = import('@sotto/testing').Deep
        const late = await import('@noble/hashes/blake2.js')`,
      'packages/protocol/src/secrets/index.ts': `import '../encoding/index.ts'`,
      'packages/protocol/src/swarm/ring.ts': `import '../../test/swarm/ring.ts'; import '../../../server/src/index.ts'`,
      'packages/protocol/src/names/open.ts': `import '#nothing'; import '@sotto/server'`,
      'packages/shop/src/index.ts': `import '@sotto/server'`,
      'packages/server/test/a.test.ts': `import '../../protocol/src/crypto/index.ts'`,
    }),
  )
  expect(found(verdict)).toEqual([
    'packages/protocol/src/crypto/index.ts:1 crypto may not import onion: onion comes later in the order of sub-paths',
    'packages/protocol/src/onion/layer.ts:2 ../encoding/hex.ts: import another sub-path by its index',
    'packages/protocol/src/onion/layer.ts:3 @sotto/protocol/nothing is not exported by @sotto/protocol',
    'packages/protocol/src/onion/layer.ts:4 protocol may not import testing',
    'packages/protocol/src/onion/layer.ts:5 @noble/hashes is an algorithm library: import @sotto/protocol/crypto',
    'packages/protocol/src/secrets/index.ts:1 secrets is not in the order of sub-paths',
    'packages/protocol/src/swarm/ring.ts:1 ../../test/swarm/ring.ts: source may not import tests',
    'packages/protocol/src/swarm/ring.ts:1 ../../../server/src/index.ts leaves the package: use its exports',
    "packages/protocol/src/names/open.ts:1 #nothing is not in the package's imports",
    'packages/protocol/src/names/open.ts:1 protocol may not import server',
    'packages/shop/src/index.ts:1 package shop is not in the table of arrows',
    'packages/server/test/a.test.ts:1 ../../protocol/src/crypto/index.ts leaves the package: use its exports',
  ])
})

test('the tables hold no arrow upwards', () => {
  for (const [name, may] of packageArrows) {
    for (const below of may) expect(packageArrows.get(below), `${name} → ${below}`).not.toContain(name)
  }
  expect(new Set(protocolOrder).size).toBe(18)
  expect(adapterArrows.every(({ folder }) => folder.startsWith('packages/'))).toBe(true)
  expect(algorithmLibraries.has('sodium-native')).toBe(true)
})
