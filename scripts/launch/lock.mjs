import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, rmdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { LaunchFailure, explainWriting } from './failure.mjs'

const beatMs = 2_000
const staleMs = 60_000
const pollMs = 150
const announceMs = 1_500

/**
 * Does work that no second launcher of this folder may do at the same time. The lock is a directory with a note about
 * its holder. It appears complete, by a rename, and its holder touches it while the work goes on: it is stale when the
 * holder no longer runs, or has not touched it for a minute (another machine, or a process number in use again).
 * @template T
 * @param {string} root
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withInstallLock(root, work) {
  const lock = join(root, '.cache/install.lock')
  const token = await acquire(root, lock)
  const beat = setInterval(() => touch(lock), beatMs)
  try {
    return await work()
  } catch (error) {
    const words = explainWriting(error, root)
    throw words === undefined ? error : new LaunchFailure(words)
  } finally {
    clearInterval(beat)
    if (holderOf(lock)?.token === token) remove(lock)
  }
}

async function acquire(root, lock) {
  const startedAt = Date.now()
  let announced = false
  for (;;) {
    const token = tryToTake(root, lock)
    if (token !== undefined) return token
    if (isStale(lock) && removeStale(lock)) continue
    await new Promise(resolve => setTimeout(resolve, pollMs))
    if (!announced && Date.now() - startedAt > announceMs) {
      announced = true
      process.stderr.write('Waiting for another start of Sotto that is installing packages here …\n')
    }
  }
}

/** @returns {string | undefined} the token of the new holder, nothing if there is one already */
function tryToTake(root, lock) {
  const token = randomBytes(8).toString('hex')
  const draft = `${lock}.${token}`
  try {
    mkdirSync(draft, { recursive: true })
    writeFileSync(join(draft, 'holder.json'), JSON.stringify({ token, pid: process.pid, host: hostname() }))
  } catch (error) {
    throw new LaunchFailure(explainWriting(error, root) ?? `Nothing can be installed in ${root}: ${error.message}`)
  }
  try {
    // Fails when the target exists: a directory is never renamed over one that is not empty.
    renameSync(draft, lock)
    return token
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES', 'EBUSY'].includes(error.code)) return undefined
    throw new LaunchFailure(explainWriting(error, root) ?? `Nothing can be installed in ${root}: ${error.message}`)
  }
}

function holderOf(lock) {
  try {
    return JSON.parse(readFileSync(join(lock, 'holder.json'), 'utf8'))
  } catch {
    return undefined
  }
}

function touch(path) {
  const now = new Date()
  try {
    utimesSync(path, now, now)
  } catch {
    // Someone took the lock away; the release notices by the token.
  }
}

function isStale(lock) {
  const age = ageMs(lock)
  if (age === undefined) return false
  if (age > staleMs) return true
  const holder = holderOf(lock)
  return holder !== undefined && holder.host === hostname() && !isRunning(holder.pid)
}

function ageMs(path) {
  try {
    return Date.now() - statSync(path).mtimeMs
  } catch {
    return undefined
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/**
 * Only one launcher at a time judges and removes, so that nobody removes the lock that another has just taken.
 * @returns {boolean} whether it may be free now
 */
function removeStale(lock) {
  const judge = `${lock}.judge`
  try {
    mkdirSync(judge)
  } catch {
    if ((ageMs(judge) ?? 0) > staleMs) rmSync(judge, { recursive: true, force: true })
    return false
  }
  try {
    if (isStale(lock)) remove(lock)
    return true
  } finally {
    rmdirSync(judge)
  }
}

/** Away in one step; emptied in place, it could be replaced and deleted together with its successor. */
function remove(lock) {
  const away = `${lock}.${randomBytes(8).toString('hex')}`
  renameSync(lock, away)
  rmSync(away, { recursive: true, force: true })
}
