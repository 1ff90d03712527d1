import fc from 'fast-check'
import { clientLimits, encodePipeFrame } from '@sotto/protocol/pipe'
import { hostile } from '@sotto/testing'
import { expect, test } from 'vitest'
import { echo, startGuard } from '../support/fake-guard.ts'
import { openPipe, RawPipe } from '../support/raw-pipe.ts'
import { metricOf, startGateway } from '../support/test-gateway.ts'

const body = new Uint8Array(10)
const hello = encodePipeFrame({ type: 'hello', version: 1, limits: clientLimits })

/** Sends messages on a new connection and waits for its end. */
async function tell(url: string, messages: readonly (Uint8Array | string)[]): Promise<number> {
  const pipe = new RawPipe(url, { mute: true })
  await new Promise(resolve => pipe.socket.once('open', resolve))
  for (const message of messages) pipe.socket.send(message)
  return pipe.closed()
}

test('a text is a broken rule', async () => {
  const { gateway, url } = await startGateway([])
  expect(await tell(url, ['hello'])).toBe(1003)
  expect(await metricOf(gateway, 'sotto_gateway_pipes_total{end="broken-rule"}')).toBe(1)
})

test('a frame over 65,541 bytes ends the pipe before it is read', async () => {
  const { url } = await startGateway([])
  expect(await tell(url, [hello, new Uint8Array(65_542)])).toBe(1009)
})

test('the gateway says that a rule was broken, then closes', async () => {
  const { url } = await startGateway([])
  const pipe = await openPipe(url)
  pipe.socket.send(Uint8Array.of(99, 0, 0, 0, 0))
  expect(await pipe.closed()).toBe(1002)
  expect(pipe.events).toContainEqual({ kind: 'failed', code: undefined })
})

test('a gateway that has been told every kind of nonsense still carries', async () => {
  const guard = await startGuard(echo)
  const { gateway, url } = await startGateway([guard.draft])
  const good = await openPipe(url, { from: '127.22.0.1' })
  const frame = fc.oneof(
    hostile(hello),
    hostile(encodePipeFrame({ type: 'open', stream: 1, guard: guard.id, deadlineMs: 1000, length: 10 })),
    fc.uint8Array({ maxLength: 60 }),
    fc
      .tuple(fc.integer({ min: 0, max: 12 }), fc.uint8Array({ minLength: 4, maxLength: 60 }))
      .map(([type, rest]) => Uint8Array.of(type, ...rest)),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 12 }), async frames => {
      const pipe = new RawPipe(url, { mute: true, from: '127.22.0.2' })
      await new Promise(resolve => pipe.socket.once('open', resolve))
      pipe.socket.send(hello)
      for (const each of frames) pipe.socket.send(each)
      pipe.socket.close()
      await pipe.closed()
      expect(await good.post(guard.id, body).result).toMatchObject({ status: 200 })
    }),
    { numRuns: 100 },
  )
  expect(await metricOf(gateway, 'sotto_gateway_pipes')).toBe(1)
  expect(await metricOf(gateway, 'sotto_gateway_requests')).toBe(0)
  expect(await metricOf(gateway, 'sotto_gateway_held_bytes')).toBe(0)
  expect(await metricOf(gateway, 'sotto_gateway_pipes_total{end="failed"}')).toBe(0)
})
