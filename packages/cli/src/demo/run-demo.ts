import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { MessengerHome, type RunningAccount, signedNetwork } from '@sotto/client/node'
import { systemSleepingClock } from '@sotto/node'
import { type CommandPorts } from '../command.ts'
import { loopbackGatewayLimits } from '../gateway/gateway-limits.ts'
import { Chat } from '../messenger/chat-session.ts'
import { messengerHome } from '../messenger/messenger-home.ts'
import { Session } from '../messenger/session.ts'
import { LocalNetwork } from '../network/local-network.ts'
import { loopbackLimits } from '../network/loopback-limits.ts'
import { readArguments } from '../usage-error.ts'

/** `sotto demo`: see `demo.ts`. */
export async function runDemo(args: readonly string[], ports: CommandPorts): Promise<number> {
  const { values } = readArguments(args, {
    dir: { type: 'string' },
    fresh: { type: 'boolean' },
    'no-echo': { type: 'boolean' },
  })
  const folder = values.dir ?? join(messengerHome(undefined, ports.env), 'demo')
  const people = join(folder, 'people')
  if (values.fresh === true) await rm(people, { recursive: true, force: true })
  ports.tell('Starting twelve nodes …\n')
  const network = new LocalNetwork({
    folder: join(folder, 'network'),
    fresh: values.fresh === true,
    limits: loopbackLimits,
    gatewayLimits: loopbackGatewayLimits,
    clock: systemSleepingClock,
    random: ports.random,
  })
  const { files, registry, signer, nodes } = await network.start()
  const home = new MessengerHome({
    folder: people,
    network: signedNetwork(registry, signer, { isLocal: true }),
    fileServer: files,
  })
  const stop = async (): Promise<void> => {
    await home.stop()
    await network.stop()
  }
  try {
    const [ada, bob] = [await start(home, 'Ada'), await start(home, 'Bob')]
    if (values['no-echo'] !== true) void echo(bob)
    ports.tell(introduction(nodes.length, people))
    if (ports.terminal === undefined) {
      await exchange(ada, bob, ports)
      ports.tell('Ctrl-C ends it.\n')
      return await ports.untilTold(async () => undefined, ada.stopped)
    }
    const session = new Session(ada.api, { end: async () => undefined })
    await new Chat({ session, conversation: bob.accountId, terminal: ports.terminal, random: ports.random }).run()
    return 0
  } finally {
    await stop()
  }
}

function introduction(nodes: number, home: string): string {
  return `${nodes} nodes run on this machine. Ada and Bob have an account each; what they write goes through three nodes to a
swarm, and nobody on the way knows both ends. To be Bob, in another terminal:

  npm run sotto -- chat Ada --account Bob --home ${home}

`
}

/** The account of the last time, or a new one. What it holds is for show, so it needs no passphrase. */
async function start(home: MessengerHome, name: string): Promise<RunningAccount> {
  const known = (await home.accounts.list()).find(({ hint, state }) => hint === name && state === 'whole')
  const account =
    known === undefined ? await home.accounts.create(name, { hint: name }) : await home.accounts.unlock(known.slot)
  return home.start(account)
}

async function echo(bob: RunningAccount): Promise<void> {
  await bob.follow('echo', async ({ id, conversation, body }) => {
    if (body === undefined) return
    await bob.client.command('messages.send', { id: `echo ${id}`, conversation, body: `You said: ${body}` })
  })
}

/** Ada writes to Bob, and waits for what he says to it. */
async function exchange(ada: RunningAccount, bob: RunningAccount, { print }: CommandPorts): Promise<void> {
  const conversation = bob.accountId
  const session = new Session(ada.api, { end: async () => undefined })
  const began = performance.now()
  const id = `demo ${Date.now()}`
  const { message } = await ada.client.command('messages.send', { id, conversation, body: 'Hello Bob' })
  const page = { conversation, limit: 1 }
  const isAnswered = (newest: number, outgoing: boolean): boolean => newest > message && !outgoing
  const { messages } = await session.until(
    'messages.page',
    page,
    answer => answer.messages.some(each => isAnswered(each.id, each.outgoing) && each.kind === 'text'),
    AbortSignal.timeout(60_000),
  )
  const ms = Math.round(performance.now() - began)
  print(
    `Ada: Hello Bob\nBob: ${messages.at(-1)?.body ?? ''}\n(there and back through three nodes each way: ${ms} ms)\n`,
  )
}
