import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { runRawClient } from './network/run-raw-client.ts'
import { temporaryFolder, testNetwork } from './network/test-network.ts'

const guide = readFileSync(new URL('../../../docs/guide/bot.md', import.meta.url), 'utf8')
const [, bot = ''] = /```js\n([\s\S]*?)```/.exec(guide) ?? []

test('the bot of the guide is short', () => {
  expect(bot.split('\n').length).toBeLessThan(40)
})

test('the bot of the guide, as printed, answers a client that shares nothing with it, before and after a restart', async () => {
  const { folder, remove } = temporaryFolder()
  const network = testNetwork(join(folder, 'network'))
  // Beside this file, so that it finds the packages; it is the guide's own text.
  const script = fileURLToPath(new URL(`./echo-bot-${process.pid}.tmp.mjs`, import.meta.url))
  writeFileSync(script, bot)
  const report = await network.start()
  const start = async () => startBot(script, [join(folder, 'bot'), report.registry, report.signer])
  let running = await start()
  onTestFinished(async () => {
    rmSync(script)
    await running.stop()
    await network.stop()
    remove()
  })
  const first = await runRawClient(report.seed, running.id, 'Hello?')
  expect(first).toMatchObject({ code: 0, output: expect.stringMatching(/^05[0-9a-f]{64}\nHello\?\n$/) as string })
  await running.stop()
  const { id } = running
  running = await start()
  expect(running.id).toBe(id)
  const second = await runRawClient(report.seed, id, 'Still there? ❤️')
  expect(second.output).toMatch(/\nStill there\? ❤️\n$/)
})

async function startBot(
  script: string,
  args: readonly string[],
): Promise<{ readonly id: string; readonly stop: () => Promise<void> }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return {
    id: line.replace('Write to ', ''),
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
