import { type AccountId } from '@sotto/protocol/account'
import { openMessenger, type Queries, TypedClient } from '@sotto/client'
import { type OpenAccount, systemClock, systemRandom } from '@sotto/client/node'
import { type Device } from './device.ts'

/** Someone with one device, whose account runs on it. Cases know no more than this of where a client runs. */
export interface Person {
  readonly accountId: AccountId
  readonly client: TypedClient
  readonly device: Device
  stop(): Promise<void>
}

/** Starts an open account on a device. Both end with the person. */
export function startPerson(account: OpenAccount, device: Device): Person {
  const { accountId, database } = account
  const { network } = device
  const report = (error: unknown): void => console.error(error)
  const client = openMessenger({ database, network, clock: systemClock, random: systemRandom, report })
  client.start()
  return {
    accountId,
    client: new TypedClient(client),
    device,
    stop: async () => {
      await client.stop()
      await account.lock()
      await device.stop()
    },
  }
}

/** Ends when the answer to a question is as wished; asked again with every change. */
export async function until<Name extends keyof Queries>(
  { client }: Person,
  name: Name,
  args: Parameters<Queries[Name]>[0],
  isWished: (answer: ReturnType<Queries[Name]>) => boolean,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const stop = client.watch(name, args, {
    onResult: answer => {
      if (isWished(answer as ReturnType<Queries[Name]>)) resolve()
    },
    onError: reject,
  })
  await promise.finally(stop)
}

/** Ends when the inbox is watched. */
export async function untilOnline(person: Person): Promise<void> {
  await until(person, 'connection.get', undefined, ({ kind }) => kind === 'live' || kind === 'polling')
}

/** Ends when nothing waits to be sent. */
export async function untilSent(person: Person): Promise<void> {
  await until(person, 'connection.get', undefined, ({ queued }) => queued === 0)
}
