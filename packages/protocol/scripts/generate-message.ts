import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const packageRoot = fileURLToPath(new URL('..', import.meta.url))
const generated = join('src', 'message', 'gen')
const buf = join(packageRoot, '..', '..', 'node_modules', '@bufbuild', 'buf', 'bin', 'buf')

/**
 * Writes `src/message/gen` from the schemas in `proto`. With `--check` it writes elsewhere, compares, and ends with 1 if
 * what is committed is not what the schemas give. Needs no network: compiler and plugin are installed packages.
 */
function main(args: readonly string[]): number {
  if (!args.includes('--check')) return generateInto(packageRoot)
  const scratch = mkdtempSync(join(tmpdir(), 'sotto-generated-'))
  try {
    return generateInto(scratch) === 0 ? compare(join(scratch, generated)) : 1
  } finally {
    rmSync(scratch, { recursive: true })
  }
}

function generateInto(folder: string): number {
  const run = spawnSync(process.execPath, [buf, 'generate', '--output', folder], {
    cwd: packageRoot,
    // The compiler looks the plugin's interpreter up by name; it must be this one.
    env: { ...process.env, PATH: [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter) },
    stdio: 'inherit',
  })
  return run.status ?? 1
}

function compare(fresh: string): number {
  const committed = filesOf(join(packageRoot, generated))
  const expected = filesOf(fresh)
  const names = [...new Set([...committed.keys(), ...expected.keys()])]
  const stale = names.filter(name => committed.get(name) !== expected.get(name))
  for (const name of stale) process.stderr.write(`${generated}/${name} is not what the schemas give\n`)
  if (stale.length === 0) process.stdout.write(`${names.length} generated files are current\n`)
  return stale.length === 0 ? 0 : 1
}

function filesOf(folder: string): ReadonlyMap<string, string> {
  return new Map(readdirSync(folder).map(name => [name, readFileSync(join(folder, name), 'utf8')]))
}

process.exitCode = main(process.argv.slice(2))
