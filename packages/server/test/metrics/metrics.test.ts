import { expect, test } from 'vitest'
import { Metrics, metricsRoute } from '@sotto/server'
import { http1 } from '../support/client.ts'
import { startListener } from '../support/test-listener.ts'

test('counters, gauges and histograms as Prometheus reads them', () => {
  const metrics = new Metrics()
  const stores = metrics.counter('stores_total', 'Stores', { result: ['ok', 'refused'], via: ['onion', 'direct'] })
  stores.add(2, { result: 'ok', via: 'onion' })
  stores.of({ result: 'refused', via: 'direct' }).add()
  metrics.counter('plain_total', 'Plain').add(3)
  metrics.gauge('open', 'Open', () => 4)
  const sizes = metrics.histogram('size_bytes', 'Sizes', [10, 100])
  for (const size of [5, 10, 50, 500]) sizes.observe(size)
  metrics.histogram('took_ms', 'Took', [1], { how: ['a'] }).observe(2, { how: 'a' })
  expect(metrics.format()).toBe(`# HELP stores_total Stores
# TYPE stores_total counter
stores_total{result="ok",via="onion"} 2
stores_total{result="ok",via="direct"} 0
stores_total{result="refused",via="onion"} 0
stores_total{result="refused",via="direct"} 1
# HELP plain_total Plain
# TYPE plain_total counter
plain_total 3
# HELP open Open
# TYPE open gauge
open 4
# HELP size_bytes Sizes
# TYPE size_bytes histogram
size_bytes_bucket{le="10"} 2
size_bytes_bucket{le="100"} 3
size_bytes_bucket{le="+Inf"} 4
size_bytes_sum 565
size_bytes_count 4
# HELP took_ms Took
# TYPE took_ms histogram
took_ms_bucket{how="a",le="1"} 0
took_ms_bucket{how="a",le="+Inf"} 1
took_ms_sum{how="a"} 2
took_ms_count{how="a"} 1
`)
})

test('types keep anything but declared words out of labels', () => {
  const metrics = new Metrics()
  const id: string = '05'.repeat(33)
  const stores = metrics.counter('stores_total', 'Stores', { result: ['ok'] })
  // @ts-expect-error not a word of the list
  stores.add(1, { result: id })
  // @ts-expect-error labels are missing
  stores.add(1)
  const words: readonly string[] = [id]
  // @ts-expect-error an open list of words
  metrics.counter('open_total', 'Open', { id: words })
  expect(metrics.format()).toContain('stores_total{result="ok"} 0')
  expect(metrics.format()).not.toContain('stores_total{result="05')
})

test('a name is used once, and is a name', () => {
  const metrics = new Metrics()
  metrics.counter('a_total', 'A')
  expect(() => metrics.counter('a_total', 'A')).toThrow(RangeError)
  expect(() => metrics.counter('a-total', 'A')).toThrow(RangeError)
})

test('a listener counts on the metrics that it is given, and a route shows them', async () => {
  const metrics = new Metrics()
  const { port } = await startListener({ 'GET /metrics': metricsRoute(metrics) }, { metrics })
  await http1(port, { path: '/nothing' })
  const { text, headers } = await http1(port, { path: '/metrics' })
  expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(text).toContain('sotto_http_answers_total{status="4xx"} 1\n')
  expect(text).toContain('sotto_http_unhandled_errors_total 0\n')
  expect(text).toMatch(/sotto_http_requests_in_flight 1\n/)
})
