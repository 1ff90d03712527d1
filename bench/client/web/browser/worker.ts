import { WebHome } from '../../../../packages/client/src/web/home/web-home.ts'
import { type AccountSlot } from '../../../../packages/client/src/accounts/account-slot.ts'
import { type Prepared, type WebTask } from '../web-task.ts'

interface WorkerScope {
  addEventListener(type: 'message', listener: (event: { readonly data: WebTask }) => void): void
  postMessage(message: unknown): void
}

const scope = globalThis as unknown as WorkerScope
scope.addEventListener('message', ({ data }) => void answer(data))
scope.postMessage('ready')

async function answer(task: WebTask): Promise<void> {
  const done = task.kind === 'prepare' ? prepare(task) : fetchAll(task)
  await done.then(
    result => scope.postMessage({ result }),
    (error: unknown) => scope.postMessage({ problem: String(error) }),
  )
}

async function prepare({ friend, gateway }: Extract<WebTask, { readonly kind: 'prepare' }>): Promise<Prepared> {
  const home = await WebHome.open({ gateway, trust: { kind: 'this-machine' } })
  const account = await home.accounts.create('Bob')
  const { slot, accountId } = account
  const { api } = await home.start(account)
  await api.command('messages.send', { id: 'first', conversation: friend, body: 'Write to me' })
  await until(api, 'connection.get', undefined, view => view['kind'] === 'live' && view['queued'] === 0)
  await home.stop()
  return { slot, accountId }
}

/** In seconds. Another account goes online before, so that the network is known, as it is where this is measured in Node. */
async function fetchAll(task: Extract<WebTask, { readonly kind: 'fetch' }>): Promise<number> {
  const { count, friend, gateway } = task
  const slot = task.slot as AccountSlot
  const home = await WebHome.open({ gateway, trust: { kind: 'this-machine' } })
  const first = await home.accounts.create('First')
  const { api: firstApi } = await home.start(first)
  await until(firstApi, 'connection.get', undefined, view => view['kind'] === 'live')
  const account = await home.accounts.unlock(slot)
  const start = performance.now()
  const { api } = await home.start(account)
  await until(api, 'conversations.get', { conversation: friend }, view => Number(view['unreadCount'] ?? 0) >= count)
  const seconds = (performance.now() - start) / 1000
  await home.stop()
  return seconds
}

type Api = Awaited<ReturnType<WebHome['start']>>['api']

async function until(
  api: Api,
  name: string,
  args: unknown,
  isWished: (answer: Readonly<Record<string, unknown>>) => boolean,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const stop = api.watch(name, args, {
    onResult: value => {
      if (typeof value === 'object' && value !== null && isWished(value as Readonly<Record<string, unknown>>)) resolve()
    },
    onError: reject,
  })
  await promise.finally(stop)
}
