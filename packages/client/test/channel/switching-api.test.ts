import { expect, test } from 'vitest'
import { channelPair } from '@sotto/client/testing'
import { ManualClock } from '@sotto/testing'
import { RemoteApi } from '../../src/channel/remote-api.ts'
import { serveApi } from '../../src/channel/serve-api.ts'
import { SwitchingApi } from '../../src/channel/switching-api.ts'
import { failure } from '../support/failure.ts'
import { ScriptedApi } from '../support/scripted-api.ts'

const never = async (): Promise<unknown> => Promise.withResolvers<unknown>().promise
const code = (expected: string) => expect.objectContaining({ code: expected })

async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve()
}

/** A core behind a channel that the test can cut. */
function core() {
  const [near, far] = channelPair(structuredClone)
  const api = new ScriptedApi()
  serveApi(far, api)
  return { api, cut: () => near.close(), remote: new RemoteApi(near, { clock: new ManualClock() }) }
}

test('what a dead core was asked, the next one is asked again', async () => {
  const switching = new SwitchingApi({ clock: new ManualClock() })
  const [first, second] = [core(), core()]
  first.api.answers.set('command send', never)
  first.api.answers.set('query page', never)
  second.api.answers.set('command send', args => args)
  second.api.answers.set('query page', () => 'page')
  const early = switching.query('page', 1)
  await settle()
  switching.use(first.remote)
  const sent = switching.command('send', { id: 'made by the caller' })
  await settle()
  first.cut()
  await settle()
  switching.use(undefined)
  await settle()
  switching.use(second.remote)
  expect(await sent).toEqual({ id: 'made by the caller' })
  expect(await early).toBe('page')
  expect(first.api.asked.toSorted()).toEqual(['command send', 'query page'])
  expect(second.api.asked.toSorted()).toEqual(['command send', 'query page'])
})

test('watches go on with the next core', async () => {
  const switching = new SwitchingApi({ clock: new ManualClock() })
  const [first, second] = [core(), core()]
  first.api.answers.set('watch rows', () => 'first')
  second.api.answers.set('watch rows', () => 'second')
  const seen: unknown[] = []
  const errors: unknown[] = []
  const stop = switching.watch('rows', 1, {
    onResult: value => seen.push(value),
    onError: error => errors.push(error),
  })
  switching.use(first.remote)
  await settle()
  first.cut()
  await settle()
  switching.use(second.remote)
  await settle()
  expect(seen).toEqual(['first', 'second'])
  stop()
  await settle()
  expect(second.api.listeners.size).toBe(0)
  expect(errors).toEqual([])
})

test('a refusal is an answer, and is not asked again', async () => {
  const switching = new SwitchingApi({ clock: new ManualClock() })
  const { api, remote } = core()
  switching.use(remote)
  api.answers.set('command send', () => {
    throw new RangeError('no')
  })
  await expect(switching.command('send', 1)).rejects.toEqual(code('remote.failed'))
  expect(api.asked).toEqual(['command send'])
})

test('without a core an ask ends in time, or when nobody waits any more', async () => {
  const clock = new ManualClock()
  const switching = new SwitchingApi({ clock, deadlineMs: 5000 })
  const late = failure(switching.query('page', 1))
  await clock.advance(5000)
  expect(await late).toEqual(code('channel.timed-out'))
  const stop = new AbortController()
  const stopped = failure(switching.query('page', 1, { signal: stop.signal }))
  stop.abort('enough')
  expect(await stopped).toBe('enough')
  expect(clock.waiting).toBe(0)
})
