import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A build of one page, with the list that a real one has. */
export function tinyBuild(folder: string, page = '<!doctype html><title>Tiny</title>'): string {
  mkdirSync(folder, { recursive: true })
  const sha256 = createHash('sha256').update(page).digest('hex')
  const files = [{ path: '/index.html', sha256, size: page.length }]
  writeFileSync(join(folder, 'index.html'), page)
  writeFileSync(join(folder, 'build.json'), JSON.stringify({ format: 'sotto-build-1', version: 'tiny-1', files }))
  return folder
}
