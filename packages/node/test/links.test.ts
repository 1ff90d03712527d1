import { once } from 'node:events'
import { createServer, type TLSSocket } from 'node:tls'
import { Ed25519KeyPair, Ed25519Seed } from '@sotto/protocol/crypto'
import { utf8Encode } from '@sotto/protocol/encoding'
import { LINK_CAPABILITY, LINK_PROTOCOL } from '@sotto/protocol/link'
import { type OnionNode, openReply } from '@sotto/protocol/onion'
import { createCertificate, systemClock, systemRandom } from '@sotto/server'
import { NodeLinks } from '@sotto/transport'
import { expect, onTestFinished, test } from 'vitest'
import { productionLimits } from '../src/config.ts'
import { ask } from './https-client.ts'
import { seal } from './onion/relays.ts'
import { type RunningNode, runNodes } from './running-nodes.ts'

const info = '{"method":"info","params":{}}'
const hop = ({ identity }: RunningNode): OnionNode => ({ id: identity.id, key: identity.x25519.publicKey })

/** Sends a request to the last of some nodes through the others. */
async function throughOnion(path: readonly RunningNode[]) {
  const [guard, last] = [path[0], path.at(-1)]
  if (guard === undefined || last === undefined) throw new RangeError('an onion needs a guard')
  const destination = { kind: 'node', ...hop(last) } as const
  const onion = seal({ hops: path.slice(0, -1).map(hop), destination }, info, 'xchacha20')
  const reply = await ask(`${guard.url}/onion_req/v2`, onion.request)
  return { reply, open: () => openReply(reply.body, onion.keys) }
}

test('nodes with links and without serve each other', async () => {
  // They start at once, and who asks another one before it listens must not have to wait for the next try.
  const limits = { ...productionLimits, links: { backoffMs: 0 } }
  const { nodes, stop } = await runNodes(4, { unlinked: [1, 2], config: { limits } })
  onTestFinished(stop)
  for (const order of [
    [0, 3, 0, 3],
    [1, 2, 1],
    [0, 1, 2, 3],
    [3, 2, 0],
  ]) {
    const path = order.flatMap(at => nodes[at] ?? [])
    expect((await throughOnion(path)).open()).toMatchObject({ from: 'node', status: 200 })
  }
})

test('a node whose process ends in the middle of a request shows as a time-out, at once', async () => {
  // It is dead at first: its neighbours try again without a wait.
  const limits = { ...productionLimits, links: { backoffMs: 0 } }
  const { nodes, stop } = await runNodes(3, { dead: [2], config: { limits } })
  onTestFinished(stop)
  const [guard, middle, dying] = nodes
  if (guard === undefined || middle === undefined || dying === undefined) return expect.fail()
  const certificate = createCertificate(systemClock.now(), systemRandom)
  const spoken: (string | false | null)[] = []
  const end = (socket: TLSSocket): void => {
    socket.on('error', () => {})
    socket.once('data', () => {
      spoken.push(socket.alpnProtocol)
      socket.destroy()
    })
  }
  const tls = { cert: certificate.certificatePem, key: certificate.keyPem.expose(), ALPNProtocols: [LINK_PROTOCOL] }
  const server = createServer(tls, end).listen(dying.port, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const { reply } = await throughOnion([guard, middle, dying])
  expect({ status: reply.status, text: reply.text }).toEqual({ status: 504, text: 'Request time out' })
  expect(spoken).toContain(LINK_PROTOCOL)
})

test('a gateway whose key the node knows is not limited as one client', async () => {
  const [known, other] = [1, 2].map(byte => new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(byte))))
  if (known === undefined || other === undefined) return expect.fail()
  const clients = { ...productionLimits.clients, rpcBurst: 2, rpcRate: 0.001 }
  const limits = { ...productionLimits, clients }
  const { nodes, stop } = await runNodes(1, { config: { limits, gateways: [known.publicKey] } })
  onTestFinished(stop)
  const target = { ip: '127.0.0.1', port: nodes[0]?.port ?? 0, capabilities: [LINK_CAPABILITY] }
  const statuses = async (gateway: Ed25519KeyPair | undefined): Promise<readonly number[]> => {
    const links = new NodeLinks({ random: systemRandom, ...(gateway === undefined ? {} : { gateway }) })
    onTestFinished(() => links.stop())
    const one = () => links.request(target, '/storage_rpc/v1', utf8Encode(info), { timeoutMs: 10_000 })
    return (await Promise.all([one(), one(), one(), one()])).map(({ status }) => status)
  }
  expect(await statuses(known)).toEqual([200, 200, 200, 200])
  expect(await statuses(other)).toEqual([200, 200, 429, 429])
  expect(await statuses(undefined)).toEqual([429, 429, 429, 429])
  expect(await statuses(known)).toEqual([200, 200, 200, 200])
})
