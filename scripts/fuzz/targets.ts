import { readdir } from 'node:fs/promises'
import type { FuzzTarget } from '../../packages/protocol/fuzz/target.ts'

const folders = ['protocol', 'client', 'files'].map(name => new URL(`../../packages/${name}/fuzz/`, import.meta.url))

/** Every parser that a file of a fuzz folder offers, by name. */
export async function loadTargets(): Promise<ReadonlyMap<string, FuzzTarget>> {
  const targets = await Promise.all(folders.map(targetsIn))
  return new Map(targets.flat().map(target => [target.name, target] as const))
}

async function targetsIn(folder: URL): Promise<readonly FuzzTarget[]> {
  const files = (await readdir(folder)).filter(name => name.endsWith('.ts') && name !== 'target.ts').toSorted()
  const modules = await Promise.all(
    files.map(async name => (await import(new URL(name, folder).href)) as { readonly targets: readonly FuzzTarget[] }),
  )
  return modules.flatMap(({ targets }) => targets)
}
