import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { LaunchFailure, explainNpm } from './failure.mjs'
import { run } from './run.mjs'

/**
 * What to install, and where. `nodePath` runs npm, which picks native packages for it.
 * @typedef {{ what: string, folder: string, nodePath: string, env: NodeJS.ProcessEnv, isNode: boolean }} Order
 */

/**
 * Installs exactly what a folder's lockfile says, silently unless it fails. Install scripts never run: nothing in the
 * lockfiles needs one, and a package that downloads or compiles while it is installed has no place there.
 *
 * npm calls it a success when optional packages could not be had, and says so only when it is verbose. Therefore it is,
 * and the caller looks for what it needs.
 * @param {Order} order
 * @returns {Promise<string>} what npm said
 * @throws {LaunchFailure}
 */
export async function npmCi(order) {
  const end = await install(order)
  if (end.code !== 0) throw new LaunchFailure(explainNpm(order.what, end.output, order.folder, order.isNode))
  return end.output
}

async function install(order) {
  let end = await npm(order, ['ci'])
  if (end.code !== 0 && end.asked === undefined && lacksOnlyOptional(order.folder, end.output)) {
    rmSync(join(order.folder, 'node_modules'), { recursive: true, force: true })
    end = await npm(order, ['install', '--no-save'])
  }
  if (end.code !== 0 && end.asked !== undefined) throw LaunchFailure.stopped({ ...end, code: null, signal: end.asked })
  return end
}

const flags = ['--ignore-scripts', '--include=dev', '--include=optional', '--include=peer', '--prefer-offline']
const quiet = ['--no-audit', '--no-fund', '--no-progress', '--no-update-notifier', '--loglevel=verbose']

/**
 * @param {Order} order
 * @param {string[]} command
 */
function npm({ folder, nodePath, env }, command) {
  const found = findNpm(env)
  const [program, script] = found.script === undefined ? [found.program, []] : [nodePath, [found.script]]
  const options = {
    cwd: folder,
    env: npmEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: found.script === undefined && process.platform === 'win32',
  }
  return run(program, [...script, ...command, ...flags, ...quiet], options, isUnreachable).catch(error => {
    throw new LaunchFailure(`npm could not be started (${error.code ?? error.message}). ${missingNpm}`)
  })
}

/**
 * Whether `npm ci` refused a lockfile only because it lacks optional packages. `npm install` leaves those out that the
 * registry in use does not have (they are for other platforms), and npm 11 and 12 then call its own lockfile out of date:
 * https://github.com/npm/cli/issues/9846. `npm install` without saving keeps to the same lockfile, hashes included.
 */
function lacksOnlyOptional(folder, output) {
  const complaints = output.match(/\b(Missing|Invalid): .*/g) ?? []
  // Without a network every package is one that could not be looked up, and `npm install` would try all of them again.
  if (complaints.length === 0 || / attempt [3-9] failed with E/.test(output)) return false
  const optional = new Set()
  for (const entry of Object.values(JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages)) {
    for (const name of Object.keys(entry.optionalDependencies ?? {})) optional.add(name)
  }
  return complaints.every(line => optional.has(/^Missing: (@?[^@]+)@\S* from lock file$/.exec(line)?.[1]))
}

/** Several second tries failed and nothing has ever arrived: npm would go on like that for each package, for minutes. */
function isUnreachable(output) {
  const failures = output.match(/ attempt [2-9] failed with E/g) ?? []
  return failures.length >= 3 && !/ fetch GET \d{3} (?!.*\(cache (stale|hit)\))/.test(output)
}

const missingNpm = 'npm is needed for the first start. It comes with Node from https://nodejs.org.'

/**
 * The npm of whoever called us, else the one beside this Node, else the first in PATH.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [node] this Node
 * @returns {{ script: string, program?: undefined } | { script?: undefined, program: string }}
 */
export function findNpm(env, node = process.execPath) {
  const caller = env.npm_execpath
  if (caller !== undefined && /^np[mx].*\.c?js$/.test(basename(caller))) {
    // npx tells its own name; npm's program lies beside it.
    const script = join(dirname(caller), basename(caller).replace(/^npx/, 'npm'))
    if (existsSync(script)) return { script }
  }
  const folder = dirname(node)
  for (const modules of [join(folder, '../lib/node_modules'), join(folder, 'node_modules')]) {
    const script = join(modules, 'npm/bin/npm-cli.js')
    if (existsSync(script)) return { script }
  }
  return findInPath(env)
}

function findInPath(env) {
  const path = env[Object.keys(env).find(name => name.toUpperCase() === 'PATH') ?? 'PATH'] ?? ''
  const names = process.platform === 'win32' ? ['npm.cmd', 'npm.exe'] : ['npm']
  for (const folder of path.split(delimiter)) {
    const program = names.map(name => join(folder, name)).find(existsSync)
    if (folder === '' || program === undefined) continue
    const target = realpathSync(program)
    const beside = join(folder, 'node_modules/npm/bin/npm-cli.js')
    if (/\.c?js$/.test(target)) return { script: target }
    return existsSync(beside) ? { script: beside } : { program: process.platform === 'win32' ? 'npm' : program }
  }
  throw new LaunchFailure(`npm was not found. ${missingNpm}`)
}

/** Settings that an outer `npm run` hands down in the environment and that would change what `npm ci` installs, or where. */
const misleading =
  /^npm_config_(workspaces?|include_workspace_root|local_prefix|prefix|global|location|omit|only|production|also|include|dry_run|package_lock|package_lock_only|lockfile_version|install_strategy|install_links|cpu|os|libc|before|engine_strict|json|long|parseable|loglevel|silent|quiet|verbose)$/i

/** @param {NodeJS.ProcessEnv} env */
function npmEnvironment(env) {
  const kept = Object.entries(env).filter(
    ([name]) => !misleading.test(name) && !/^npm_(lifecycle|package)_/i.test(name),
  )
  // npm's own pauses between tries are up to a minute long; someone without a network should hear of it sooner.
  return {
    npm_config_fetch_retry_mintimeout: '1000',
    npm_config_fetch_retry_maxtimeout: '5000',
    ...Object.fromEntries(kept),
  }
}
