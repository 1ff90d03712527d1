import { readdir } from 'node:fs/promises'
import type { FuzzTarget } from '../../packages/protocol/fuzz/target.ts'

const folder = new URL('../../packages/protocol/fuzz/', import.meta.url)

/** Every parser that a file of the fuzz folder offers, by name. */
export async function loadTargets(): Promise<ReadonlyMap<string, FuzzTarget>> {
  const files = (await readdir(folder)).filter(name => name.endsWith('.ts') && name !== 'target.ts').toSorted()
  const modules = await Promise.all(
    files.map(async name => (await import(new URL(name, folder).href)) as { readonly targets: readonly FuzzTarget[] }),
  )
  return new Map(modules.flatMap(({ targets }) => targets.map(target => [target.name, target] as const)))
}
