import { existsSync, renameSync } from 'node:fs'
import { databaseErrorOf } from './database-error.ts'

/**
 * Takes a damaged database out of the way without losing anything of it, log included: `nodes.db` becomes
 * `nodes.db.corrupt-<Unix ms>`. Answers its new path.
 */
export function moveAside(path: string, now: number): string {
  const target = freeName(`${path}.corrupt-${now}`)
  try {
    // The log first: a log beside a fresh database would be taken for its own.
    for (const suffix of ['-wal', '-shm', '-journal']) {
      if (existsSync(path + suffix)) renameSync(path + suffix, target + suffix)
    }
    renameSync(path, target)
  } catch (cause) {
    throw databaseErrorOf(cause)
  }
  return target
}

function freeName(wanted: string): string {
  let name = wanted
  for (let count = 2; existsSync(name); count++) name = `${wanted}-${count}`
  return name
}
