import { PipeTransport } from '@sotto/client/web'
import { systemClock, systemRandom } from '@sotto/client/node'
import { type PostReply } from '@sotto/network'
import { heldByte } from './guard-role.ts'
import { directoryOf, type GuardKind, guardOf } from './network.ts'

const timeoutMs = 600_000

/** Tasks of many clients of a gateway, each with a socket of its own. */
export function clientsTasks() {
  const transports: PipeTransport[] = []
  let waiting: Promise<PostReply>[] = []
  return {
    /** Makes clients; each connects with its first request. */
    create: ({ port, count }: { readonly port: number; readonly count: number }): void => {
      const url = `ws://127.0.0.1:${port}/pipe`
      for (let made = 0; made < count; made++) {
        transports.push(new PipeTransport({ url, WebSocket, clock: systemClock, random: systemRandom }))
      }
    },
    /** Each asks once and has its answer. */
    connect: async ({ guardPort, bytes }: { readonly guardPort: number; readonly bytes: number }): Promise<void> => {
      const guard = guardOf(directoryOf(guardPort), 'native')
      const ask = async (transport: PipeTransport): Promise<PostReply> =>
        transport.post(guard, '/onion_req/v2', new Uint8Array(bytes), { timeoutMs })
      // A few at a time: a thousand handshakes at once are a matter of their own.
      for (let at = 0; at < transports.length; at += 50) await Promise.all(transports.slice(at, at + 50).map(ask))
    },
    /** Each has a request that is held. */
    hold: (params: { readonly guardPort: number; readonly bytes: number; readonly kind: GuardKind }): void => {
      const guard = guardOf(directoryOf(params.guardPort), params.kind)
      waiting = transports.map(async transport => {
        const body = new Uint8Array(params.bytes).fill(heldByte)
        return transport.post(guard, '/onion_req/v2', body, { timeoutMs })
      })
    },
    /** Ends when all are answered. How many were. */
    answered: async (): Promise<number> => (await Promise.all(waiting)).length,
  }
}

/** Its type, for whoever directs it. */
export type ClientsTasks = ReturnType<typeof clientsTasks>
