import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { explainNpm, LaunchFailure } from './failure.mjs'
import { withInstallLock } from './lock.mjs'
import { npmCi } from './npm.mjs'
import { lockedPackage, notePath, readyRuntime, systemVersion } from './runtime.mjs'

/**
 * Installs the locked Node into tools/node. npm checks the lockfile's hash of the package, and runs no scripts.
 * @param {string} root
 * @returns {Promise<import('./runtime.mjs').Runtime>}
 */
export async function fetchRuntime(root) {
  const { name, version, path } = lockedPackage(root)
  return withInstallLock(root, async () => {
    // The one that held the lock before may have done it.
    const ready = readyRuntime(root)
    if (ready !== undefined) return ready
    const folder = join(root, 'tools/node')
    process.stderr.write(
      `Sotto runs on Node 24, and this is Node ${systemVersion()}: fetching ${name} ${version} (once) …\n`,
    )
    const said = await npmCi({
      what: `Node ${version}`,
      folder,
      nodePath: process.execPath,
      env: process.env,
      isNode: true,
    })
    if (!existsSync(path)) throw new LaunchFailure(explainNpm(`Node ${version}`, said, folder, true))
    const { node, abi } = askVersions(path)
    writeFileSync(notePath(root), JSON.stringify({ name, version, node, abi }))
    return { path, version: node, abi }
  })
}

const byHand = 'Install Node 24 yourself from https://nodejs.org and start again.'

/** Starts the fetched Node once: on a system with another C library (Alpine) it is there but does not start. */
function askVersions(path) {
  try {
    const answer = execFileSync(path, ['-p', 'JSON.stringify(process.versions)'], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const versions = JSON.parse(answer)
    return { node: versions.node, abi: versions.modules }
  } catch {
    throw new LaunchFailure(
      `The Node that npm delivers for ${process.platform} does not start on this system. ${byHand}`,
    )
  }
}
