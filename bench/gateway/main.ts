import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Child } from '../node/process/child.ts'
import { type ClientsTasks } from './clients-role.ts'
import { type GatewayTasks } from './gateway-role.ts'
import { type GuardTasks } from './guard-role.ts'
import { measureHeld } from './held.ts'
import { measureRoundTrips } from './round-trips.ts'

const usage = `npm run bench:gateway -- [options]

  --clients N     clients, each with a held request (1000)
  --bytes N       of a request (4096)
  --rounds N      rounds of round trips, direct and through the gateway in turn (10)
  --requests N    requests in a round (200)
`
const worker = fileURLToPath(new URL('worker.ts', import.meta.url))
const { values } = parseArgs({
  options: {
    help: { type: 'boolean', default: false },
    clients: { type: 'string', default: '1000' },
    bytes: { type: 'string', default: '4096' },
    rounds: { type: 'string', default: '10' },
    requests: { type: 'string', default: '200' },
  },
})
if (values.help) console.log(usage)
else await bench(Number(values.clients), Number(values.bytes), Number(values.rounds), Number(values.requests))

async function bench(count: number, bytes: number, rounds: number, requests: number): Promise<void> {
  const guard = await Child.start<GuardTasks>('guard', { worker })
  const guardPort = await guard.ask('listen', undefined)
  console.log(`\nRound trips of ${bytes} bytes and 2,048 back, ms\n`)
  const quick = await startGateway()
  const gatewayPort = await quick.ask('listen', { guardPort })
  console.log(await measureRoundTrips({ guardPort, gatewayPort, bytes, rounds, requests }))
  await quick.leave()
  console.log(`\nMemory\n`)
  // A new one: room that was used before would hide what is used now.
  const gateway = await startGateway()
  const clients = await Child.start<ClientsTasks>('clients', { worker })
  const port = await gateway.ask('listen', { guardPort })
  console.log(await measureHeld({ guard, guardPort, gateway, gatewayPort: port, clients, count, bytes }))
  for (const child of [guard, gateway, clients]) await child.leave()
}

async function startGateway(): Promise<Child<GatewayTasks>> {
  return Child.start<GatewayTasks>('gateway', { worker, nodeOptions: ['--expose-gc'] })
}
