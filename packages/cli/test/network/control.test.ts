import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { controlPath, ControlServer, tellNetwork } from '../../src/network/control.ts'

let folder = ''
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'sotto-control-'))))
afterEach(() => rmSync(folder, { recursive: true }))

test('answers commands on a socket that is its owner’s', async () => {
  const server = new ControlServer(folder, async command => ({ command }))
  await server.start()
  expect(statSync(controlPath(folder)).mode & 0o777).toBe(0o600)
  expect(await tellNetwork(folder, 'status')).toEqual({ command: 'status' })
  expect(await tellNetwork(folder, 'down')).toEqual({ command: 'down' })
  const second = new ControlServer(folder, async () => ({}))
  await expect(second.start()).rejects.toMatchObject({ code: 'network.running' })
  await server.stop()
  await expect(tellNetwork(folder, 'status')).rejects.toMatchObject({ code: 'network.not-running' })
})

test('takes the place of one that did not clean up', async () => {
  const first = new ControlServer(folder, async () => ({}))
  await first.start()
  await first.stop()
  const second = new ControlServer(folder, async () => ({ second: true }))
  await second.start()
  expect(await tellNetwork(folder, 'status')).toEqual({ second: true })
  await second.stop()
})

test('refuses what is no command, and lets endless lines go', async () => {
  const server = new ControlServer(folder, async () => ({}))
  await server.start()
  const say = async (text: string): Promise<string> =>
    new Promise(resolve => {
      let answer = ''
      const socket = connect(controlPath(folder), () => socket.write(text))
      socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk))
      socket.on('error', () => {})
      socket.on('close', () => resolve(answer))
    })
  expect(await say('explode\n')).toBe('{"error":"unknown command"}\n')
  expect(await say('x'.repeat(100_000))).toBe('')
  await server.stop()
})

test('a long folder has its socket elsewhere', () => {
  expect(controlPath(`/${'long/'.repeat(40)}`).length).toBeLessThan(104)
})
