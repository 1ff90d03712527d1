import { Ed25519KeyPair, Ed25519Seed } from '@sotto/protocol/crypto'
import { expect, test } from 'vitest'
import {
  DatabaseError,
  Log,
  LogOutput,
  RemoteAddress,
  type LogFormat,
  type LogLevel,
  type NoFields,
} from '@sotto/server'

interface Events {
  readonly 'test.started': { readonly port: number; readonly protocol: 'http' | 'https'; readonly fast: boolean }
  readonly 'test.stopped': NoFields
}

function capture(level: LogLevel = 'trace', format: LogFormat = 'json') {
  const lines: string[] = []
  const output = new LogOutput({
    level,
    format,
    clock: { now: () => 1_782_000_000_000 },
    write: line => lines.push(line),
  })
  return { lines, log: new Log<Events>(output) }
}

test('a line is one JSON object with time, level, event and fields', () => {
  const { lines, log } = capture()
  log.info('test.started', { port: 22021, protocol: 'https', fast: true })
  log.warn('test.stopped')
  expect(lines.map(line => JSON.parse(line) as unknown)).toEqual([
    {
      at: '2026-06-21T00:00:00.000Z',
      level: 'info',
      event: 'test.started',
      port: 22021,
      protocol: 'https',
      fast: true,
    },
    { at: '2026-06-21T00:00:00.000Z', level: 'warn', event: 'test.stopped' },
  ])
  expect(lines.every(line => line.endsWith('}\n'))).toBe(true)
})

test('a terminal gets a line for people', () => {
  const { lines, log } = capture('info', 'human')
  log.info('test.started', { port: 1, protocol: 'http', fast: false })
  log.error('test.stopped')
  expect(lines).toEqual([
    '00:00:00.000 info  test.started port=1 protocol=http fast=false\n',
    '00:00:00.000 error test.stopped\n',
  ])
})

test.for(['error', 'warn', 'info', 'debug', 'trace'] as const)(
  'level %s writes what is at least as important',
  level => {
    const { lines, log } = capture(level)
    log.error('test.stopped')
    log.warn('test.stopped')
    log.info('test.stopped')
    log.debug('test.stopped')
    expect(lines).toHaveLength({ error: 1, warn: 2, info: 3, debug: 4, trace: 4 }[level])
  },
)

test('types keep ids, addresses and free text out', () => {
  const { lines, log } = capture('error')
  const id: string = '05'.repeat(33)
  // @ts-expect-error a string is not a word of the list
  log.info('test.started', { port: 1, protocol: id, fast: true })
  // @ts-expect-error no field of that name
  log.info('test.started', { port: 1, protocol: 'http', fast: true, id })
  // @ts-expect-error no such event
  log.info('test.other')
  // @ts-expect-error a field is missing
  log.info('test.started', { port: 1 })
  // @ts-expect-error this event has fields
  log.info('test.started')
  // @ts-expect-error an open string among the fields of an event
  const open = new Log<{ readonly 'a.b': { readonly id: string } }>()
  type Branded = string & { readonly brand: unique symbol }
  // @ts-expect-error nor is a branded string a word
  const branded = new Log<{ readonly 'a.b': { readonly id: Branded } }>()
  // @ts-expect-error nor a template
  const template = new Log<{ readonly 'a.b': { readonly id: `id-${string}` } }>()
  // @ts-expect-error nor an object
  const nested = new Log<{ readonly 'a.b': { readonly id: { readonly x: 1 } } }>()
  // @ts-expect-error nor a name that every line has
  const taken = new Log<{ readonly 'a.b': { readonly event: 'x' } }>()
  expect([open, branded, template, nested, taken]).toHaveLength(5)
  expect(lines).toEqual([])
})

test.for([
  ['an account id', '05'.repeat(33)],
  ['an IPv4 address', '10.1.2.3'],
  ['an IPv6 address', 'fe80::1'],
  ['a hash', 'X9SJRbqKGVP7HXoc39TUgeOLLpqUFLkdTLnWlCZjFkE'],
  ['a text', 'hello you'],
  ['a secret', new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(7)))],
  ['an address object', new RemoteAddress('10.1.2.3')],
  ['nothing', undefined],
  ['an object', { a: 1 }],
] as const)('what a cast lets through is withheld: %s', ([, value]) => {
  const { lines, log } = capture()
  log.info('test.started', { port: 1, protocol: value as 'http', fast: true })
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ protocol: 'withheld' })
})

test('numbers that JSON does not have are null', () => {
  const { lines, log } = capture()
  log.info('test.started', { port: Number.NaN, protocol: 'http', fast: true })
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ port: null })
})

test('of an error of ours code and details are written, and where it came from', () => {
  const { lines, log } = capture()
  log.failure('test.stopped', new DatabaseError('database.io', { sync: true }))
  const line = JSON.parse(lines[0] ?? '') as { readonly places: readonly string[] }
  expect(line).toMatchObject({ level: 'error', event: 'test.stopped', code: 'database.io', sync: true })
  expect(line.places[0]).toMatch(/^log\.test\.ts:\d+$/)
})

test('the message of any other error stays out, even one that looks like a stack', () => {
  const { lines, log } = capture()
  const canary = `${'ab'.repeat(25)}.ts:1:1`
  log.failure('test.stopped', new TypeError(`cannot read 10.1.2.3\n    at ${canary}`))
  log.failure('test.stopped', Object.assign(new Error('10.1.2.3'), { code: 'ECONNRESET' }))
  log.failure('test.stopped', '10.1.2.3')
  expect(lines.join('')).not.toContain('10.1.2.3')
  expect(lines.join('')).not.toContain('abab')
  expect(lines.map(line => JSON.parse(line) as unknown)).toMatchObject([
    { kind: 'type-error' },
    { kind: 'error', code: 'econnreset' },
    { kind: 'no-error' },
  ])
})

test('without an output nothing happens', () => {
  expect(() => new Log<Events>().failure('test.stopped', new Error('x'))).not.toThrow()
})
