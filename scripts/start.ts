import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { projectRoot } from './root.ts'

/**
 * The main job of this repository: the app in a browser, with a whole network on this machine. What is typed behind
 * `npm start --` goes to `sotto app up`.
 */
const main = join(projectRoot, 'packages/cli/src/main.ts')
const child = spawn(
  process.execPath,
  ['--disable-warning=ExperimentalWarning', main, 'app', 'up', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
)
// The terminal tells the child as well; whoever else ends this process means both.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
  })
}
child.once('close', code => {
  process.exitCode = code ?? 1
})
