import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from './temporary-folder.ts'

/** A place for a database where the space ends soon, and how to make room there. */
export interface SmallDisk {
  readonly folder: string
  /** For places that are limited by SQLite itself. */
  readonly maxBytes?: number
  readonly makeRoom?: () => void
}

/** Where to try: always a database with a limit of its own; where this user may mount one, a file system of 4 MiB. */
export function smallDisks(): readonly (readonly [string, () => SmallDisk])[] {
  const limited = ['a limited database', () => ({ folder: temporaryFolder(), maxBytes: 2_000_000 })] as const
  return mayMount() ? [limited, ['a small file system', mountSmallDisk]] : [limited]
}

function mayMount(): boolean {
  try {
    shell('unshare --mount mount -t tmpfs none /mnt')
    return true
  } catch {
    return false
  }
}

function mountSmallDisk(): SmallDisk {
  const folder = join(temporaryFolder(), 'disk')
  mkdirSync(folder)
  shell(`mount -t tmpfs -o size=4m tmpfs '${folder}'`)
  onTestFinished(() => shell(`umount --lazy '${folder}'`))
  const ballast = join(folder, 'ballast')
  writeFileSync(ballast, new Uint8Array(2_000_000))
  return { folder, makeRoom: () => rmSync(ballast) }
}

function shell(command: string): void {
  execFileSync('bash', ['-c', command], { stdio: 'ignore' })
}
