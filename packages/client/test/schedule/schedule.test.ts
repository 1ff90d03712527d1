import { expect, test } from 'vitest'
import { type Feature } from '../../src/engine/feature.ts'
import { type DueJob } from '../../src/schedule/job.ts'
import { EngineBench } from '../support/engine-bench.ts'

const HOUR = 3_600_000

test('jobs are done when they are due, also after a restart', async () => {
  const done: string[] = []
  const feature: Feature = {
    name: 'test',
    jobs: {
      note: ({ key, payload }: DueJob) => {
        done.push(`${key} ${JSON.stringify(payload)}`)
      },
    },
  }
  const bench = new EngineBench([feature])
  const engine = bench.start()
  const now = bench.clock.now()
  engine.context.store.write(tx => {
    const { schedule } = engine.context
    schedule.at(tx, 'note', 'later', now + 2 * HOUR, { a: 1 })
    schedule.at(tx, 'note', 'soon', now + HOUR)
    schedule.at(tx, 'note', 'never', now + HOUR)
    schedule.cancel(tx, 'note', 'never')
  })
  await bench.clock.advance(HOUR - 1)
  expect(done).toEqual([])
  await bench.clock.advance(1)
  expect(done).toEqual(['soon null'])
  await bench.stop()
  await bench.clock.advance(2 * HOUR)
  expect(done).toHaveLength(1)
  bench.start()
  await bench.clock.advance(1)
  expect(done).toEqual(['soon null', 'later {"a":1}'])
  await bench.clock.advance(100 * HOUR)
  expect(done).toHaveLength(2)
})

test('a job that is put off again waits for its new time; the sooner one of two counts where that is asked', async () => {
  const times: number[] = []
  const bench = new EngineBench([{ name: 'test', jobs: { note: () => void times.push(bench.clock.monotonic()) } }])
  const { context } = bench.start()
  const now = bench.clock.now()
  context.store.write(tx => context.schedule.at(tx, 'note', '', now + HOUR))
  context.store.write(tx => context.schedule.at(tx, 'note', '', now + 2 * HOUR))
  context.store.write(tx => context.schedule.atLatest(tx, 'note', '', now + 3 * HOUR))
  await bench.clock.advance(2 * HOUR + 1)
  expect(times).toHaveLength(1)
  context.store.write(tx => context.schedule.at(tx, 'note', '', now + 9 * HOUR))
  context.store.write(tx => context.schedule.atLatest(tx, 'note', '', now + 5 * HOUR))
  await bench.clock.advance(3 * HOUR + 1)
  expect(times).toHaveLength(2)
})

test('a job says when it wants to be done again, and is tried again when it fails', async () => {
  let runs = 0
  const bench = new EngineBench([
    {
      name: 'test',
      jobs: {
        note: async ({ attempts }: DueJob, { time }) => {
          runs += 1
          if (runs <= 2) throw new Error(`failed after ${attempts} attempts`)
          return runs < 5 ? time.now() + HOUR : undefined
        },
      },
    },
  ])
  const { context } = bench.start()
  context.store.write(tx => context.schedule.at(tx, 'note', '', bench.clock.now()))
  await bench.clock.advance(30_000)
  expect(runs).toBe(3)
  expect(bench.reported.map(String)).toEqual(['Error: failed after 0 attempts', 'Error: failed after 1 attempts'])
  await bench.clock.advance(HOUR)
  expect(runs).toBe(4)
  await bench.clock.advance(100 * HOUR)
  expect(runs).toBe(5)
})

test('what a job puts off while it runs is not forgotten when it ends', async () => {
  let runs = 0
  const bench = new EngineBench([
    {
      name: 'test',
      jobs: {
        note: (_, { schedule, store, time }) => {
          runs += 1
          if (runs === 1) store.write(tx => schedule.at(tx, 'note', '', time.now() + HOUR))
        },
      },
    },
  ])
  const { context } = bench.start()
  context.store.write(tx => context.schedule.at(tx, 'note', '', bench.clock.now()))
  await bench.clock.advance(HOUR + 1)
  expect(runs).toBe(2)
})

test('jobs of features that are gone are left alone', async () => {
  const bench = new EngineBench([])
  const { context } = bench.start()
  context.store.write(tx => context.schedule.at(tx, 'gone', '', bench.clock.now()))
  await bench.clock.advance(HOUR)
  expect(context.store.read(reader => reader.all("SELECT key FROM jobs WHERE name = 'gone'"))).toHaveLength(1)
  expect(bench.reported).toEqual([])
})
