import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../network/test-network.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

test('two people talk, and do so again the next time', async () => {
  const { folder, remove } = temporaryFolder()
  onTestFinished(remove)
  for (const round of ['new', 'again']) {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, 'demo', '--dir', folder], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = once(child, 'close')
    const lines: string[] = []
    createInterface(child.stdout).on('line', line => lines.push(line))
    await expect.poll(() => lines.length, { timeout: 90_000 }).toBe(3)
    expect(lines, round).toEqual([
      'Ada: Hello Bob',
      'Bob: You said: Hello Bob',
      expect.stringContaining('through three nodes') as string,
    ])
    child.kill('SIGINT')
    expect(await ended).toEqual([0, null])
  }
}, 200_000)
