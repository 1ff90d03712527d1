import { parseArgs } from 'node:util'
import { formatDuration, summaryLine, sumCounts, type Counts } from '../report.ts'
import { endpointFuzz } from './endpoint-fuzz.ts'
import type { LongPart } from './long-part.ts'
import { processes } from './processes.ts'
import { scenarios } from './scenarios.ts'

const parts: readonly LongPart[] = [scenarios, processes, endpointFuzz]
const usual = parts.map(({ name, usualCount, unit }) => `  ${name.padEnd(14)} ${usualCount} ${unit}`).join('\n')
const help = `npm run test:long -- PART… [--count N] [--seed S] [--kind TEXT] [--from K]

What npm test does in minutes with a few seeds, with as many as you like. Everything that is drawn follows from the seed;
of real processes not everything is drawn. PART is the beginning of a name, or "all".

${usual}

  --count N    how many, for each part
  --seed S     the first seed (1)
  --kind TEXT  only kinds of faults whose name contains it
  --from K     the number of the first request of the seed, to repeat a finding of endpoint-fuzz`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string' },
    seed: { type: 'string', default: '1' },
    kind: { type: 'string', default: '' },
    from: { type: 'string', default: '0' },
    help: { type: 'boolean', default: false },
  },
})
const wanted = parts.filter(({ name }) => positionals.some(word => word === 'all' || name.startsWith(word)))

if (values.help || wanted.length === 0) {
  console.log(help)
  process.exitCode = values.help ? 0 : 2
} else {
  const counts: Counts[] = []
  for (const part of wanted) {
    const started = performance.now()
    const count = values.count === undefined ? part.usualCount : number(values.count)
    const order = { seed: number(values.seed), count, kind: values.kind, from: number(values.from) }
    const result = await part.run(order, line => console.log(line))
    counts.push(result)
    console.log(`${part.name}: ${summaryLine(result)} in ${formatDuration(performance.now() - started)}`)
  }
  const sum = sumCounts(counts)
  console.log(summaryLine(sum))
  process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0
}

function number(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0) throw new Error('a flag must be a whole number')
  return value
}
