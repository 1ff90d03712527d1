import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { callersFolder } from './callers-folder.ts'
import { commands } from './commands.ts'
import { readSecret } from './read-secret.ts'
import { readText } from './read-text.ts'
import { runCommand } from './run-command.ts'
import { untilTold } from './until-told.ts'

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
const tell = (text: string): void => void process.stderr.write(text)

// A reader that has seen enough, such as `head`, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

process.chdir(callersFolder(process.env, process.cwd()))
process.exitCode = await runCommand(
  process.argv.slice(2),
  { commands, version: manifest.version },
  {
    random: size => Uint8Array.from(randomBytes(size)),
    print: text => void process.stdout.write(text),
    tell,
    readSecret: question => readSecret(process.stdin, tell, question),
    readText: async () => readText(process.stdin),
    terminal:
      process.stdin.isTTY && process.stdout.isTTY ? { input: process.stdin, output: process.stdout } : undefined,
    untilTold: async (end, broken) => untilTold(process, end, broken),
    env: process.env,
    serve: async (server, log, ended) => {
      const { serveUntilTold } = await import('./serve-until-told.ts')
      return serveUntilTold(server, log, process, ended)
    },
  },
)
