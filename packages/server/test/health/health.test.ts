import { expect, test } from 'vitest'
import { Health, healthRoute } from '@sotto/server'
import { http1 } from '../support/client.ts'
import { startListener } from '../support/test-listener.ts'

type Reason = 'registry-empty' | 'stopping'

test('a server is ready when nothing stands in the way', () => {
  const health = new Health<Reason>(['registry-empty'])
  expect(health.ready).toBe(false)
  health.block('stopping')
  expect(health.reasons).toEqual(['registry-empty', 'stopping'])
  health.clear('registry-empty')
  health.clear('stopping')
  expect(health.ready).toBe(true)
  // @ts-expect-error not a word of the list
  health.clear('other')
  // @ts-expect-error any text would do
  new Health<string>().block('text')
})

test('the route tells so', async () => {
  const health = new Health<Reason>()
  const { port } = await startListener({ 'GET /health': healthRoute(health) })
  expect(await http1(port, { path: '/health' })).toMatchObject({ status: 200, text: '{"ready":true,"reasons":[]}' })
  health.block('stopping')
  expect(await http1(port, { path: '/health' })).toMatchObject({
    status: 503,
    text: '{"ready":false,"reasons":["stopping"]}',
  })
})
