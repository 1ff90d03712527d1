import { writeSync } from 'node:fs'
import { DatabaseWriter } from '@sotto/server'
import type { operations } from './sample-operations.ts'

/** Writes without end, sixteen at a time, and says each id once it is told that it is on disk. */
const [path = '', from = '0'] = process.argv.slice(2)
const module = new URL('./sample-operations.ts', import.meta.url)
const writer = await DatabaseWriter.open<typeof operations>({ path, module, synchronous: 'full' })
let next = Number(from)
await Promise.all(
  Array.from({ length: 16 }, async () => {
    for (;;) {
      const id = next++
      await writer.write('insert', { id, data: new Uint8Array(2000).fill(id) })
      say(`${id}\n`)
    }
  }),
)

/** At once: what is said later may be lost with this process. The pipe is full while its reader is busy. */
function say(line: string): void {
  for (;;) {
    try {
      return void writeSync(1, line)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
    }
  }
}
