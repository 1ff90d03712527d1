import { Ed25519KeyPair, Ed25519Seed } from '@sotto/protocol/crypto'
import { encodeHex, utf8Decode, utf8Encode } from '@sotto/protocol/encoding'
import { LINK_CAPABILITY, verifyGatewayProof } from '@sotto/protocol/link'
import { createCertificate, Listener, type Route, systemClock, systemRandom, textReply } from '@sotto/server'
import { expect, onTestFinished, test } from 'vitest'
import { echo, nodeDraft, startGuard } from '../support/fake-guard.ts'
import { openPipe } from '../support/raw-pipe.ts'
import { startGateway } from '../support/test-gateway.ts'

const key = new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(9)))
const certificate = createCertificate(systemClock.now(), systemRandom)
const body = utf8Encode('a sealed onion')

/** A node of ours that says what it is told, in its order: names of gateways, in hex, and onions. */
async function startLinkedGuard() {
  const told: string[] = []
  const name: Route = {
    maxBodyBytes: 1024,
    handle: ({ body: proof, binding = new Uint8Array() }) => {
      const gateway = verifyGatewayProof(proof, binding)
      told.push(gateway === undefined ? 'a proof that is wrong' : encodeHex(gateway))
      return textReply(403, 'Unknown gateway')
    },
  }
  const onion: Route = {
    maxBodyBytes: 1024,
    handle: ({ body: asked }) => {
      told.push('onion')
      return { status: 200, body: asked }
    },
  }
  const routes = new Map([
    ['POST /sotto/v1/gateway', name],
    ['POST /onion_req/v2', onion],
  ])
  const listener = new Listener({ host: '127.0.0.1', port: 0, tls: certificate, links: true, routes })
  await listener.start()
  onTestFinished(async () => listener.stop(0))
  return { told, draft: nodeDraft(listener.port, ['held_retrieve.1', LINK_CAPABILITY]) }
}

test('a gateway with a key names itself first on each link, and goes on whatever the node says', async () => {
  const { told, draft } = await startLinkedGuard()
  for (const round of [1, 2]) {
    const { gateway, url } = await startGateway([draft], { key })
    const pipe = await openPipe(url)
    const results = [pipe.post(draft.ed25519, body), pipe.post(draft.ed25519, body)].map(({ result }) => result)
    for (const result of await Promise.all(results)) {
      expect('body' in result && utf8Decode(result.body)).toBe('a sealed onion')
    }
    expect(told.splice(0), String(round)).toEqual([encodeHex(key.publicKey), 'onion', 'onion'])
    await gateway.stop(0)
  }
})

test('without a key it names itself to nobody', async () => {
  const { told, draft } = await startLinkedGuard()
  const { url } = await startGateway([draft])
  const pipe = await openPipe(url)
  expect(await pipe.post(draft.ed25519, body).result).toEqual({ status: 200, body })
  expect(told).toEqual(['onion'])
})

test.for(['native', 'compat'] as const)('a %s node without links is told no name', async kind => {
  const paths: unknown[] = []
  const guard = await startGuard((asked, response, request) => {
    paths.push(request.url)
    echo(asked, response, request)
  }, kind)
  const { url } = await startGateway([guard.draft], { key })
  const pipe = await openPipe(url)
  expect(await pipe.post(guard.id, body).result).toEqual({ status: 200, body })
  expect(paths).toEqual(['/onion_req/v2'])
})
