import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file system of few bytes in memory. */
export class SmallDisk {
  readonly folder: string

  private constructor(folder: string) {
    this.folder = folder
  }

  /** `undefined` where this process may not mount. */
  static mount(megabytes: number): SmallDisk | undefined {
    const folder = mkdtempSync(join(tmpdir(), 'sotto-small-'))
    const options = ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'sotto-test', folder]
    if (spawnSync('mount', options).status === 0) return new SmallDisk(folder)
    rmSync(folder, { recursive: true })
    return undefined
  }

  /** Takes all the room that is left. */
  fill(): void {
    const piece = new Uint8Array(64 * 1024)
    for (let at = 0; ; at++) {
      try {
        writeFileSync(join(this.folder, `ballast-${at}`), piece)
      } catch {
        // Full: what was written of the last one stays too.
        return
      }
    }
  }

  /** Gives the room back. */
  empty(): void {
    const names = spawnSync('find', [this.folder, '-name', 'ballast-*', '-delete'])
    if (names.status !== 0) throw new Error('the ballast cannot be deleted')
  }

  unmount(): void {
    spawnSync('umount', ['-l', this.folder])
    rmSync(this.folder, { recursive: true, force: true })
  }
}
