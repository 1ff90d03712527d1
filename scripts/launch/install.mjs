import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** npm empties node_modules before it installs, so the marker never outlives the packages that it vouches for. */
const markerPath = root => join(root, 'node_modules/.sotto-install.json')
const lockfilePath = root => join(root, 'package-lock.json')
/** npm's own note of what it put there, rewritten by every npm that changes something. */
const treePath = root => join(root, 'node_modules/.package-lock.json')

/**
 * Whether the marker says that the packages here were installed for this runtime, from this lockfile, and that no other
 * npm has changed them since. Reads three files.
 * @param {string} root
 * @param {import('./runtime.mjs').Runtime} runtime
 */
export function isInstalled(root, runtime) {
  try {
    return readFileSync(markerPath(root), 'utf8') === markerText(root, runtime)
  } catch {
    return false
  }
}

function markerText(root, runtime) {
  const marker = {
    node: runtime.version.split('.')[0],
    abi: runtime.abi,
    platform: process.platform,
    arch: process.arch,
    lockfile: digest(lockfilePath(root)),
    tree: digest(treePath(root)),
  }
  return `${JSON.stringify(marker)}\n`
}

function digest(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

/**
 * Makes the install right: by looking, if someone else's npm has already done it well, otherwise by `npm ci`.
 * @param {string} root
 * @param {import('./runtime.mjs').Runtime} runtime
 * @param {NodeJS.ProcessEnv} env with the runtime first in PATH
 */
export async function repairInstall(root, runtime, env) {
  const { missingPackages } = await import('./installed-tree.mjs')
  if (missingPackages(root).length === 0) return mark(root, runtime)

  const { withInstallLock } = await import('./lock.mjs')
  const { npmCi } = await import('./npm.mjs')
  await withInstallLock(root, async () => {
    // The one that held the lock before may have done it.
    if (isInstalled(root, runtime)) return
    const again = existsSync(join(root, 'node_modules'))
    process.stderr.write(
      `${again ? 'The installed packages do not fit: installing them again' : 'Installing packages (once)'} …\n`,
    )
    await npmCi({ what: 'the packages of Sotto', folder: root, nodePath: runtime.path, env, isNode: false })
    const missing = missingPackages(root)
    if (missing.length === 0) mark(root, runtime)
    else warn(missing)
  })
}

/** Goes on all the same: they are optional. Without the marker the next start tries again. */
function warn(missing) {
  const names = missing.slice(0, 5).map(path => path.replace(/^.*node_modules\//, ''))
  process.stderr.write(
    `These packages for this system could not be had: ${names.join(', ')}. Some things may not work.\n`,
  )
}

/** A folder that can't be written to works all the same; it is looked through at every start. */
function mark(root, runtime) {
  try {
    writeFileSync(markerPath(root), markerText(root, runtime))
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT'].includes(error.code)) throw error
  }
}
