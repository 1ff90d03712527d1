import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const source = fileURLToPath(new URL('./slow-syncs.c', import.meta.url))

/**
 * The environment in which every sync of a file takes so many ms longer, as on a slow disk: a library in front of the system's
 * own, compiled here and now. `undefined` if there is no compiler.
 */
export function slowSyncs(ms: number): Readonly<Record<string, string>> | undefined {
  if (ms === 0) return {}
  const folder = mkdtempSync(join(tmpdir(), 'sotto-bench-'))
  process.once('exit', () => rmSync(folder, { recursive: true }))
  const library = join(folder, 'slow-syncs.so')
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, source, '-ldl'], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  return { LD_PRELOAD: library, SOTTO_SYNC_MS: String(ms) }
}
