import { request } from 'node:https'
import { encodeBase64 } from '@sotto/protocol/encoding'
import { formatNodeAddress, nodePublicKey } from '@sotto/protocol/swarm'
import { type NodeEntry } from '@sotto/registry'
import { PING_HEADER } from './ping-route.ts'

/**
 * Asks a node for its name on a connection of its own, as a client would have to make one. Its certificate proves nothing and
 * is not looked at. Never rejects. Spec 20 §6.
 */
export async function pingTest(node: NodeEntry, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
  const host = formatNodeAddress(nodePublicKey(node.ed25519))
  const answer = await ask(node, host, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]))
  return answer === encodeBase64(nodePublicKey(node.ed25519))
}

/** What the header says; `undefined` for whatever else may happen. */
async function ask({ ip, httpsPort }: NodeEntry, host: string, signal: AbortSignal): Promise<string | undefined> {
  return new Promise(resolve => {
    const outgoing = request({
      host: ip,
      port: httpsPort,
      method: 'POST',
      path: '/ping_test/v1',
      headers: { host, 'content-length': 0 },
      agent: false,
      rejectUnauthorized: false,
      signal,
    })
    outgoing.on('error', () => resolve(undefined))
    outgoing.on('response', incoming => {
      const header = incoming.headers[PING_HEADER]
      resolve(incoming.statusCode === 200 && typeof header === 'string' ? header : undefined)
      // The body says nothing; the connection is not kept.
      incoming.destroy()
    })
    outgoing.end()
  })
}
