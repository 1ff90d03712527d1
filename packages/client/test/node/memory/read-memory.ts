import { closeSync, openSync, readFileSync, readSync } from 'node:fs'

const CHUNK = 4 * 1024 * 1024

/** How often each of some byte strings stands in what a process can write to. Linux only. */
export function countInMemory(pid: number, canaries: ReadonlyMap<string, Buffer>): ReadonlyMap<string, number> {
  const longest = Math.max(...[...canaries.values()].map(({ length }) => length))
  const counts = new Map([...canaries.keys()].map(name => [name, 0]))
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  try {
    for (const { start, end } of writableParts(pid)) {
      for (let at = start; at < end; at += CHUNK) {
        const bytes = read(memory, at, Math.min(end, at + CHUNK + longest - 1))
        for (const [name, canary] of canaries) counts.set(name, (counts.get(name) ?? 0) + occurrences(bytes, canary))
      }
    }
  } finally {
    closeSync(memory)
  }
  return counts
}

function writableParts(pid: number): readonly { readonly start: number; readonly end: number }[] {
  return readFileSync(`/proc/${pid}/maps`, 'utf8')
    .split('\n')
    .flatMap(line => {
      const [, start = '', end = ''] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? []
      return start === '' ? [] : [{ start: Number.parseInt(start, 16), end: Number.parseInt(end, 16) }]
    })
}

/** What is not there to be read counts as empty. */
function read(memory: number, start: number, end: number): Buffer {
  const bytes = Buffer.alloc(end - start)
  try {
    return bytes.subarray(0, readSync(memory, bytes, 0, bytes.length, start))
  } catch {
    return bytes.subarray(0, 0)
  }
}

function occurrences(bytes: Buffer, canary: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(canary); at >= 0; at = bytes.indexOf(canary, at + 1)) count += 1
  return count
}
