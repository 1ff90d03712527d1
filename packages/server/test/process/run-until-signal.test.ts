import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { LogOutput, runUntilSignal, type ProcessPort, type Startable } from '@sotto/server'

class FakeProcess implements ProcessPort {
  readonly #listeners = new Map<string, (cause: unknown) => void>()
  readonly exits: number[] = []
  readonly exited = Promise.withResolvers<number>()

  on(event: string, listener: (cause: unknown) => void): void {
    this.#listeners.set(event, listener)
  }

  emit(event: string, cause?: unknown): void {
    this.#listeners.get(event)?.(cause)
  }

  exit(code: number): void {
    this.exits.push(code)
    this.exited.resolve(code)
  }
}

function setUp(server: Partial<Startable> = {}) {
  const process = new FakeProcess()
  const lines: string[] = []
  const log = new LogOutput({
    level: 'trace',
    format: 'json',
    clock: { now: () => 0 },
    write: line => lines.push(line),
  })
  const stops: number[] = []
  const whole: Startable = {
    start: async () => undefined,
    stop: async deadlineMs => void stops.push(deadlineMs),
    ...server,
  }
  const events = () => lines.map(line => (JSON.parse(line) as { readonly event: string }).event)
  return { process, lines, stops, events, run: () => runUntilSignal(whole, { process, log, deadlineMs: 500 }) }
}

test.for(['SIGINT', 'SIGTERM'])('%s stops the server and ends with 0', async signal => {
  const { process, stops, events, run } = setUp()
  await run()
  process.emit(signal)
  expect(await process.exited.promise).toBe(0)
  expect(stops).toEqual([500])
  expect(events()).toEqual(['process.stopping', 'process.stopped'])
})

test('a second signal ends it at once', async () => {
  const { process, events, run } = setUp({ stop: () => new Promise(() => undefined) })
  await run()
  process.emit('SIGTERM')
  process.emit('SIGINT')
  expect(await process.exited.promise).toBe(130)
  expect(events()).toEqual(['process.stopping', 'process.stopping', 'process.cut'])
})

test('a start or a stop that fails ends it with 1', async () => {
  const fail = async () => {
    throw new Error('secret 10.0.0.1')
  }
  const start = setUp({ start: fail })
  await start.run()
  expect(start.process.exits).toEqual([1])
  expect(start.events()).toEqual(['process.not-started'])
  const stop = setUp({ stop: fail })
  await stop.run()
  stop.process.emit('SIGTERM')
  expect(await stop.process.exited.promise).toBe(1)
  expect([...start.lines, ...stop.lines].join('')).not.toContain('10.0.0.1')
})

test.for(['uncaughtException', 'unhandledRejection'])(
  '%s is logged without its message and stops the server',
  async event => {
    const { process, stops, lines, events, run } = setUp()
    await run()
    process.emit(event, new TypeError('secret 10.0.0.1'))
    process.emit(event, new TypeError('and another'))
    expect(await process.exited.promise).toBe(1)
    expect(stops).toEqual([500])
    expect(events()).toEqual(['process.failed', 'process.failed', 'process.stopped'])
    expect(lines.join('')).not.toContain('10.0.0.1')
  },
)

test('a real process answers to signals', async () => {
  const script = fileURLToPath(new URL('./signal-child.ts', import.meta.url))
  const running = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
  running.stdout.setEncoding('utf8')
  let text = ''
  running.stdout.on('data', (chunk: string) => {
    text += chunk
    if (chunk.includes('listener.started')) running.kill('SIGTERM')
  })
  expect(await once(running, 'close')).toEqual([0, null])
  expect(text.match(/event":"([a-z.-]+)/g)).toEqual([
    'event":"listener.started',
    'event":"process.stopping',
    'event":"listener.stopped',
    'event":"process.stopped',
  ])
})

test('a process whose server hangs is ended by the deadline', async () => {
  const script = fileURLToPath(new URL('./signal-child.ts', import.meta.url))
  const running = spawn(process.execPath, [script, 'hang'], { stdio: ['ignore', 'pipe', 'inherit'] })
  running.stdout.once('data', () => running.kill('SIGTERM'))
  expect(await once(running, 'close')).toEqual([130, null])
})
