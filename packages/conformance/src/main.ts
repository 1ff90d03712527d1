import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { formatFile, formatTotals, LayoutError, runFile, totalsOf, type FileResult } from './index.ts'

const USAGE = `Usage: npm run conformance -- FILE... [--allow-unknown]

Runs files of known answers through the library: those in vectors/, or any others laid out like them. Without
a file, all of vectors/ are run.

  --allow-unknown  a group that nothing here knows is listed and is no failure
`

const OWN_FILES = ['accounts', 'config', 'libsession', 'network', 'servers'].map(name =>
  resolve(import.meta.dirname, `../../../vectors/${name}.json`),
)

/** What the arguments ask for. npm changes the working directory, so files are meant from where it was started. */
function parseArguments(given: readonly string[]): {
  readonly files: readonly string[]
  readonly allowUnknown: boolean
} {
  const from = process.env['INIT_CWD'] ?? process.cwd()
  const options = given.filter(argument => argument.startsWith('-'))
  const wrong = options.find(option => option !== '--allow-unknown' && option !== '--help' && option !== '-h')
  if (wrong !== undefined) throw new LayoutError(`there is no option ${wrong}`)
  const files = given.filter(argument => !argument.startsWith('-')).map(file => resolve(from, file))
  return { files: files.length > 0 ? files : OWN_FILES, allowUnknown: options.includes('--allow-unknown') }
}

function readFile(path: string): FileResult {
  const json: unknown = JSON.parse(readFileSync(path, 'utf8'))
  return runFile(json, { name: basename(path, '.json') })
}

/** Answers with the exit code: 0 if all is well, 1 for failures and unknown groups, 2 if a file cannot be read. */
function main(given: readonly string[]): number {
  if (given.includes('--help') || given.includes('-h')) {
    process.stdout.write(USAGE)
    return 0
  }
  const { files, allowUnknown } = parseArguments(given)
  const results: FileResult[] = []
  for (const path of files) {
    const result = readFile(path)
    results.push(result)
    process.stdout.write(`${formatFile(result).join('\n')}\n`)
  }
  process.stdout.write(`${formatTotals(results).join('\n')}\n`)
  const { failed, unknown } = totalsOf(results)
  return failed > 0 || (unknown.length > 0 && !allowUnknown) ? 1 : 0
}

try {
  process.exitCode = main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
}
