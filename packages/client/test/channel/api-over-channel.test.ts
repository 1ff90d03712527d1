import { expect, test } from 'vitest'
import { channelPair } from '@sotto/client/testing'
import { ManualClock } from '@sotto/testing'
import { AccountsError } from '../../src/accounts/accounts-error.ts'
import { RemoteApi } from '../../src/channel/remote-api.ts'
import { RemoteError } from '../../src/channel/remote-error.ts'
import { serveApi } from '../../src/channel/serve-api.ts'
import { failure } from '../support/failure.ts'
import { ScriptedApi } from '../support/scripted-api.ts'

function setUp() {
  const { near, api } = freshServer()
  const clock = new ManualClock()
  return { api, clock, near, remote: new RemoteApi(near, { clock, deadlineMs: 1000, greetingMs: 100 }) }
}

const never = async (): Promise<unknown> => Promise.withResolvers<unknown>().promise
const code = (expected: string) => expect.objectContaining({ code: expected })

/** Lets everything happen that needs no time. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve()
}

test('commands and queries are answered, in any order', async () => {
  const { api, remote } = setUp()
  const first = Promise.withResolvers<unknown>()
  api.answers.set('command send', async () => first.promise)
  api.answers.set('query page', args => ({ echo: args }))
  const sent = remote.command('send', {})
  const value = { text: 'ä', big: 2n ** 70n, bytes: Uint8Array.of(1), list: [null, undefined, true] }
  expect(await remote.query('page', value)).toEqual({ echo: value })
  first.resolve('done')
  expect(await sent).toBe('done')
})

test('errors of ours keep code, detail and sentence; others say nothing', async () => {
  const { api, remote } = setUp()
  api.answers.set('query known', () => {
    throw new AccountsError('account.in-use', { count: 2 })
  })
  api.answers.set('query unknown', () => {
    throw new TypeError('the secret is 42')
  })
  const known = await remote.query('known', 1).catch((error: unknown) => error)
  expect(known).toBeInstanceOf(RemoteError)
  expect(known).toMatchObject({ code: 'account.in-use', detail: { count: 2 } })
  expect((known as RemoteError).sentence).toBe('Another program has this account open.')
  const unknown = await remote.query('unknown', 1).catch((error: unknown) => error)
  expect(unknown).toMatchObject({ code: 'remote.failed', detail: {} })
  expect(String(unknown) + (unknown as RemoteError).sentence).not.toContain('42')
})

test('what takes too long is given up on both sides', async () => {
  const { api, clock, remote } = setUp()
  let signal: AbortSignal | undefined
  api.answers.set('query slow', async (_args, given) => {
    signal = given
    return never()
  })
  const late = failure(remote.query('slow', 1))
  await clock.advance(1000)
  expect(await late).toEqual(code('channel.timed-out'))
  await settle()
  expect(signal?.aborted).toBe(true)
  expect(clock.waiting).toBe(0)
})

test('a signal ends an ask, before and while it waits', async () => {
  const { api, remote } = setUp()
  const stop = new AbortController()
  let signal: AbortSignal | undefined
  api.answers.set('command slow', async (_args, given) => {
    signal = given
    return never()
  })
  const asked = failure(remote.command('slow', 1, { signal: stop.signal }))
  await settle()
  stop.abort('enough')
  expect(await asked).toBe('enough')
  await settle()
  expect(signal?.aborted).toBe(true)
  await expect(remote.command('slow', 1, { signal: stop.signal })).rejects.toBe('enough')
  expect(api.asked).toEqual(['command slow'])
})

test('a slow reader gets the first and the newest result of a watch', async () => {
  const { api, near } = freshServer()
  const seen: unknown[] = []
  near.send({ kind: 'hello', version: 1 })
  near.onFrame(frame => seen.push(frame))
  near.send({ kind: 'watch', id: 5, name: 'rows', args: 1 })
  await settle()
  const [listener] = api.listeners
  for (let value = 1; value <= 100; value++) listener?.onResult(value)
  await settle()
  const results = () => seen.filter(frame => (frame as { kind: string }).kind === 'result')
  expect(results()).toEqual([{ kind: 'result', id: 5, value: 1 }])
  near.send({ kind: 'taken', id: 5 })
  await settle()
  expect(results().slice(1)).toEqual([{ kind: 'result', id: 5, value: 100 }])
  near.send({ kind: 'cancel', id: 5 })
  await settle()
  expect(api.listeners.size).toBe(0)
})

test('a watch goes on until it is ended, or fails', async () => {
  const { api, remote } = setUp()
  api.answers.set('watch rows', () => 0)
  const seen: unknown[] = []
  const stop = remote.watch('rows', 1, { onResult: value => seen.push(value) })
  for (let value = 1; value <= 3; value++) {
    await settle()
    for (const listener of api.listeners) listener.onResult(value)
  }
  await settle()
  expect(seen).toEqual([0, 1, 2, 3])
  stop()
  await settle()
  expect(api.listeners.size).toBe(0)
  const errors: unknown[] = []
  remote.watch('rows', 1, { onResult: value => seen.push(value), onError: error => errors.push(error) })
  await settle()
  for (const listener of api.listeners) listener.onError?.(new AccountsError('account.damaged'))
  await settle()
  expect(errors).toEqual([code('account.damaged')])
})

test('everything ends with the channel, on both sides', async () => {
  const { api, remote, near } = setUp()
  let signal: AbortSignal | undefined
  api.answers.set('query slow', async (_args, given) => {
    signal = given
    return never()
  })
  const errors: unknown[] = []
  remote.watch('rows', 1, { onResult: () => {}, onError: error => errors.push(error) })
  const asked = failure(remote.query('slow', 1))
  await settle()
  near.close()
  expect(await asked).toEqual(code('channel.closed'))
  await settle()
  expect(errors).toEqual([code('channel.closed')])
  expect(signal?.aborted).toBe(true)
  expect(api.listeners.size).toBe(0)
  await expect(remote.command('more', 1)).rejects.toEqual(code('channel.closed'))
  remote.watch('rows', 1, { onResult: () => {}, onError: error => errors.push(error) })
  expect(errors).toHaveLength(2)
})

test('only so much is asked at once, also of what was cancelled and still runs', async () => {
  const { api, near } = freshServer({ maxAsks: 2, maxWatches: 1 })
  api.answers.set('query slow', never)
  const seen: unknown[] = []
  near.onFrame(frame => seen.push(frame))
  near.send({ kind: 'hello', version: 1 })
  near.send({ kind: 'query', id: 1, name: 'slow', args: 1 })
  near.send({ kind: 'cancel', id: 1 })
  for (const id of [2, 3]) near.send({ kind: 'query', id, name: 'slow', args: 1 })
  for (const id of [4, 5]) near.send({ kind: 'watch', id, name: 'rows', args: 1 })
  await settle()
  expect(seen.slice(1)).toMatchObject([
    { kind: 'error', id: 3, code: 'channel.busy' },
    { kind: 'error', id: 5, code: 'channel.busy' },
  ])
})

const hello = { kind: 'hello', version: 1 }
const ask = { kind: 'query', id: 1, name: 'page', args: 1 }
const hostile: readonly (readonly unknown[])[] = [
  [ask],
  [{ kind: 'hello', version: 2 }],
  [hello, hello],
  [hello, null],
  [hello, 'text'],
  [hello, []],
  [hello, { kind: 'other', id: 1 }],
  [hello, { ...ask, id: 0 }],
  [hello, { ...ask, id: 1.5 }],
  [hello, { ...ask, id: '1' }],
  [hello, { ...ask, name: '' }],
  [hello, { ...ask, name: 'x'.repeat(65) }],
  [hello, { ...ask, name: 'a b' }],
  [hello, { ...ask, name: 7 }],
  [hello, ask, ask],
  [hello, { ...ask, id: 2 }, ask],
  [hello, { kind: 'result', id: 1, value: 1 }],
  [hello, { kind: 'cancel' }],
]
test.for(hostile.map((frames, index) => ({ index, frames })))(
  'nonsense closes the channel: $index',
  async ({ frames }) => {
    const { far, near, api } = freshServer()
    let closed = false
    near.onClose(() => (closed = true))
    for (const frame of frames) near.send(frame)
    await settle()
    expect(closed).toBe(true)
    const asked = api.asked.length
    near.send({ ...ask, id: 99 })
    await settle()
    expect(api.asked).toHaveLength(asked)
    far.close()
  },
)

test('frames for nothing are harmless', async () => {
  const { near, api } = freshServer()
  let closed = false
  near.onClose(() => (closed = true))
  for (const frame of [hello, { kind: 'cancel', id: 7 }, { kind: 'taken', id: 7 }, ask]) near.send(frame)
  await settle()
  expect(closed).toBe(false)
  expect(api.asked).toEqual(['query page'])
})

function freshServer(limits = { maxAsks: 10, maxWatches: 10 }) {
  const [near, far] = channelPair(structuredClone)
  const api = new ScriptedApi()
  serveApi(far, api, limits)
  return { near, far, api }
}

const answers: readonly (readonly [string, readonly unknown[]])[] = [
  ['channel.other-version', [{ kind: 'hello', version: 2 }]],
  ['channel.bad-frame', [{ kind: 'result', id: 1, value: 1 }]],
  ['channel.bad-frame', [hello, 7]],
  ['channel.bad-frame', [hello, { kind: 'error', id: 1, code: 'no code', sentence: '', detail: {} }]],
  ['channel.bad-frame', [hello, { kind: 'error', id: 1, code: 'a.b', sentence: 7, detail: {} }]],
  ['channel.bad-frame', [hello, { kind: 'error', id: 1, code: 'a.b', sentence: '', detail: { text: 'x' } }]],
]
test.for(answers)('an answering side that makes no sense: %s', async ([expected, frames]) => {
  const [near, far] = channelPair(structuredClone)
  const remote = new RemoteApi(near, { clock: new ManualClock() })
  const asked = failure(remote.query('page', 1))
  for (const frame of frames) far.send(frame)
  expect(await asked).toEqual(code(expected))
  expect(remote.end).toEqual(code(expected))
})

test('a side that never greets is left', async () => {
  const [near] = channelPair(structuredClone)
  const clock = new ManualClock()
  const remote = new RemoteApi(near, { clock, greetingMs: 100 })
  const asked = failure(remote.query('page', 1))
  await clock.advance(100)
  expect(await asked).toEqual(code('channel.timed-out'))
})
