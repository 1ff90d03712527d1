import { randomBelow, seededRandom } from '@sotto/testing'
import { type StoreRecord } from '../history/records.ts'
import { ProcessRun, type ProcessVerdict } from './process-run.ts'
import { SmallDisk } from './small-disk.ts'

/** Members compare often, so that a run takes seconds. */
const settings = { 'swarm-repair-ms': 2000, 'swarm-repair-jitter-ms': 200, 'swarm-retry-max-ms': 1000 }
const members = 3
/** How long clients may have to find out what a test waits for. */
const waitMs = 60_000
const diskMegabytes = 24

/** SIGKILL under load, again and again, for one member or several at once. Spec 70, D2. */
export async function killRun(seed: number, rounds: number): Promise<ProcessVerdict> {
  const random = seededRandom(seed + 1)
  return inRun(seed, async run => {
    await run.during(async () => {
      for (let round = 0; round < rounds; round++) {
        await run.sleep(300 + randomBelow(random, 700))
        const first = randomBelow(random, members)
        const count = 1 + (randomBelow(random, 4) % members)
        const killed = Array.from({ length: count }, (_, at) => run.node((first + at) % members).process)
        await Promise.all(killed.map(async process => process.kill()))
        await run.sleep(randomBelow(random, 500))
        await Promise.all(killed.map(async process => process.start()))
      }
    })
    return run.settle()
  })
}

/** One member is frozen, and another away, while clients work. Spec 70, D3. */
export async function awayRun(seed: number): Promise<ProcessVerdict> {
  const random = seededRandom(seed + 1)
  return inRun(seed, async run => {
    const first = randomBelow(random, members)
    const [frozen, away] = [run.node(first), run.node((first + 1) % members)]
    await run.during(async () => {
      await run.sleep(500)
      frozen.process.freeze()
      await run.sleep(2000 + randomBelow(random, 2000))
      frozen.process.thaw()
      await away.process.stop()
      await run.sleep(500 + randomBelow(random, 2000))
      await away.process.start()
    })
    return run.settle()
  })
}

/** What came of a full disk. */
export interface FullDiskVerdict extends ProcessVerdict {
  /** Stores that the two others confirmed while the third could not. */
  readonly storedByOthers: number
  /** Ends of the process whose disk was full. */
  readonly ends: readonly string[]
}

/** The disk of one member is full for a while; `undefined` where this process may not make a small one. Spec 70, D10. */
export async function fullDiskRun(seed: number): Promise<FullDiskVerdict | undefined> {
  const disk = SmallDisk.mount(diskMegabytes)
  if (disk === undefined) return undefined
  const full = members - 1
  try {
    return await inRun(
      seed,
      async run => {
        await run.during(async () => run.sleep(500))
        disk.fill()
        const filledAt = Date.now()
        const byOthers = (): number => run.history.filter(record => isByTwo(record, filledAt)).length
        await run.during(async () => run.until(() => byOthers() > 0, waitMs))
        disk.empty()
        const verdict = await run.settle()
        return { ...verdict, storedByOthers: byOthers(), ends: run.node(full).process.unexpectedEnds }
      },
      at => (at === full ? disk.folder : undefined),
    )
  } finally {
    disk.unmount()
  }
}

function isByTwo(record: { readonly kind: string }, after: number): boolean {
  if (record.kind !== 'store') return false
  const { calledAt, confirmedBy } = record as StoreRecord
  return calledAt > after && confirmedBy.length === members - 1
}

async function inRun<Verdict>(
  seed: number,
  what: (run: ProcessRun) => Promise<Verdict>,
  folderOf: (at: number) => string | undefined = () => undefined,
): Promise<Verdict> {
  const run = await ProcessRun.start({ swarms: [members], settings, folderOf }, seed)
  try {
    return await what(run)
  } finally {
    await run.destroy()
  }
}
