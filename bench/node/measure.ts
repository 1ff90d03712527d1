import { type RequestCase, type Rates } from './cases.ts'
import { type Driven } from './load/drive.ts'
import { type loadTasks } from './load/load-role.ts'
import { type Child } from './process/child.ts'

/** The process that makes the load. */
type LoadChild = Child<ReturnType<typeof loadTasks>>

/** A process of which only the CPU time is asked here. */
type Server = Pick<LoadChild, 'cpuSeconds'>

/** Who takes part in the cases of requests. */
export interface Contestants<Node extends Server = Server> {
  readonly load: LoadChild
  readonly nodes: readonly Node[]
  readonly bare: readonly Server[]
}

/** What one case measured; rates are those of the better round. */
export interface RequestResult {
  readonly name: string
  readonly ours: Rates
  readonly bare: Rates
  /** Medians over the rounds of ours : bare. */
  readonly toBare: Rates
  /** Of ours, ms. */
  readonly p50: number
  readonly p99: number
  readonly failed: number
  /** Median over the rounds: signatures that one thread checked in a second, right after each. */
  readonly signatures: number
  readonly reference: Rates | undefined
  readonly goal: number | undefined
  /** CPU time that the load generator spent for each request of ours, µs. */
  readonly generatorMicros: number
}

interface Round {
  readonly driven: Driven
  readonly rates: Rates
}

/** Requests before anything is measured: until about then Node still compiles much of what it has seen run often. */
const warmUpCount = 24_000
/** They come in parts, and end after so long even if there were fewer. */
const warmUpParts = 40
const warmUpMs = 24_000
/** Requests that find out how many make up a round. */
const probeCount = 600
/** How long signatures are checked after each round. */
const signaturesMs = 200

/**
 * Runs a case in rounds of about `seconds`, the bare servers and ours in turn: what else the machine does hits both alike.
 */
export async function measureCase(
  { name, shape, reference, goal }: RequestCase,
  contestants: Contestants,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<RequestResult> {
  const { load, nodes, bare } = contestants
  const run = async (count: number): Promise<Round & { readonly requestBytes: number }> => {
    const requestBytes = await load.ask('prepare', { shape, count })
    return { requestBytes, ...(await timed(nodes, () => load.ask('run', { count }))) }
  }
  await warmUp(run)
  const probe = await run(probeCount)
  const { requestBytes, driven } = probe
  const runBare = (count: number): Promise<Round> =>
    timed(bare, () => load.ask('runBare', { count, requestBytes, replyBytes: driven.meanReplyBytes }))
  await warmUp(runBare)
  const bareProbe = await runBare(4 * probeCount)
  const count = Math.ceil(probe.rates.perSecond * seconds)
  const bareCount = Math.ceil(bareProbe.rates.perSecond * seconds)
  const pairs: { readonly ours: Round; readonly bare: Round }[] = []
  const signatures: number[] = []
  for (let round = 0; round < rounds; round++) {
    const bareRound = await runBare(bareCount)
    pairs.push({ ours: await run(count), bare: bareRound })
    signatures.push(await load.ask('signatureRate', { ms: signaturesMs }))
  }
  return { name, reference, goal, signatures: median(signatures), ...summary(pairs) }
}

async function warmUp(run: (count: number) => Promise<unknown>): Promise<void> {
  const endsAt = performance.now() + warmUpMs
  for (let part = 0; part < warmUpParts && performance.now() < endsAt; part++) await run(warmUpCount / warmUpParts)
}

async function timed(servers: readonly Server[], run: () => Promise<Driven>): Promise<Round> {
  const cpu = (): number => servers.reduce((sum, server) => sum + server.cpuSeconds, 0)
  const before = cpu()
  const driven = await run()
  const used = cpu() - before
  return { driven, rates: { perSecond: driven.count / driven.seconds, perCpuSecond: driven.count / used } }
}

type Summary = Omit<RequestResult, 'name' | 'reference' | 'goal' | 'signatures'>

function summary(pairs: readonly { readonly ours: Round; readonly bare: Round }[]): Summary {
  const ours = pairs.map(pair => pair.ours)
  const ratios = (pick: (rates: Rates) => number): number =>
    median(pairs.map(pair => pick(pair.ours.rates) / pick(pair.bare.rates)))
  const sum = (pick: (driven: Driven) => number): number => ours.reduce((total, { driven }) => total + pick(driven), 0)
  return {
    ours: best(ours),
    bare: best(pairs.map(pair => pair.bare)),
    toBare: { perSecond: ratios(each => each.perSecond), perCpuSecond: ratios(each => each.perCpuSecond) },
    p50: median(ours.map(({ driven }) => driven.p50)),
    p99: median(ours.map(({ driven }) => driven.p99)),
    failed: sum(driven => driven.failed),
    generatorMicros: (sum(driven => driven.ownCpuSeconds) / sum(driven => driven.count)) * 1e6,
  }
}

function best(rounds: readonly Round[]): Rates {
  return {
    perSecond: Math.max(...rounds.map(({ rates }) => rates.perSecond)),
    perCpuSecond: Math.max(...rounds.map(({ rates }) => rates.perCpuSecond)),
  }
}

/** The middle one. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
