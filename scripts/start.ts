import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './root.ts'
import { runTool } from './run-tool.ts'

/** What one may type, and what comes of it. Lines whose program is not there yet are left out. */
const offers: ReadonlyMap<string, { readonly typed: string; readonly does: string }> = new Map([
  ['sotto', { typed: 'npm run sotto -- --help', does: 'the sotto command: accounts, and what you can do with them' }],
  ['conformance', { typed: 'npm run conformance', does: 'every byte rule, held against known answers from elsewhere' }],
  ['test', { typed: 'npm test', does: 'all tests and checks, in Node and in a browser' }],
  ['check', { typed: 'npm run check', does: 'types, style and the order of the packages' }],
  ['fuzz', { typed: 'npm run fuzz', does: 'hostile bytes for every decoder, until one gives in' }],
  ['bench:protocol', { typed: 'npm run bench:protocol', does: 'how fast the protocol is on this machine' }],
])

/** The script that a line of package.json starts, if it is there. */
function exists(line: string | undefined): boolean {
  const script = line?.split(' ').find(word => word.endsWith('.ts'))
  return script !== undefined && existsSync(join(projectRoot, script))
}

function availableLines(): string[] {
  const text = readFileSync(join(projectRoot, 'package.json'), 'utf8')
  const { scripts } = JSON.parse(text) as { readonly scripts: Readonly<Record<string, string>> }
  const shown = [...offers].filter(([name]) => exists(scripts[name])).map(([, offer]) => offer)
  const width = Math.max(...shown.map(offer => offer.typed.length))
  return shown.map(({ typed, does }) => `  ${typed.padEnd(width)}   ${does}`)
}

/** The last line of the conformance run, or what stands for it. */
async function knownAnswers(): Promise<string> {
  const script = join(projectRoot, 'packages/conformance/src/main.ts')
  if (!existsSync(script)) return 'not there yet'
  const args = ['--disable-warning=ExperimentalWarning', script, '--allow-unknown']
  const { output } = await runTool({ command: process.execPath, args, cwd: projectRoot })
  return output.trimEnd().split('\n').at(-1) ?? 'nothing was said'
}

process.stdout.write(`
Sotto is a private messenger and the network under it: no phone number, no e-mail address, and no server that
knows who talks to whom. It speaks the protocol of the Session network.

The messenger itself is not built yet. What is here is the ground that it will stand on: the bytes and rules of
the protocol, and proof that they are right.

${availableLines().join('\n')}

Holding the protocol against its known answers …
`)
process.stdout.write(`  ${await knownAnswers()}\n\n`)
