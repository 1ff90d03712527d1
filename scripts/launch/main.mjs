import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LaunchFailure } from './failure.mjs'
import { isInstalled, repairInstall } from './install.mjs'
import { dieLike, run } from './run.mjs'
import { readyRuntime, withRuntimeFirst } from './runtime.mjs'

const root = resolve(fileURLToPath(new URL('../..', import.meta.url)))

/**
 * Runs one TypeScript file and ends this process the way the file's process ended:
 *
 * 1. The runtime: this very Node if it is new enough, otherwise the one locked in tools/node, fetched on first use.
 * 2. The packages: installed by that runtime's npm, because npm leaves out native packages that don't suit the Node it
 *    runs under. A marker in node_modules says for which Node and which lockfile; without it they are checked or redone.
 * 3. The file, with the runtime first in PATH, so that child processes and nested npm scripts get it too.
 *
 * The usual start only reads a few small files. npm, the lock between launchers and the check of the installed tree are
 * loaded when there is something to install, and only then is the network needed.
 *
 * @param {string[]} args the file, relative to the repository's root, and its arguments
 */
export async function launch(args) {
  try {
    const [file, ...rest] = args
    if (file === undefined) throw new LaunchFailure('Usage: node scripts/launch.mjs FILE.ts [ARGUMENTS…]', 2)
    const path = resolve(root, file)
    if (!existsSync(path)) throw new LaunchFailure(`There is no ${file} here (yet).`)

    const runtime = readyRuntime(root) ?? (await fetchFor(root))
    // Node keeps what it compiled and stripped of types there, which halves the time of later starts.
    const cache = { NODE_COMPILE_CACHE: join(root, '.cache/compiled') }
    const env = { ...cache, ...withRuntimeFirst(process.env, runtime) }
    if (!isInstalled(root, runtime)) await repairInstall(root, runtime, env)

    const end = await run(runtime.path, ['--disable-warning=ExperimentalWarning', path, ...rest], {
      env,
      stdio: 'inherit',
    })
    dieLike(end)
  } catch (error) {
    if (!(error instanceof LaunchFailure)) throw error
    if (error.end !== undefined) dieLike(error.end)
    else {
      process.stderr.write(`${error.message}\n`)
      process.exitCode = error.exitCode
    }
  }
}

async function fetchFor(root) {
  const { fetchRuntime } = await import('./fetch-runtime.mjs')
  return fetchRuntime(root)
}
