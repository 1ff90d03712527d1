import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { FolderAccountFiles, systemClock, systemRandom } from '@sotto/client/node'
import { encodeRecoveryPhrase } from '@sotto/protocol/account'
import { encodeHex, utf8Encode } from '@sotto/protocol/encoding'
import { ManualClock } from '@sotto/testing'
import { expect, onTestFinished, test } from 'vitest'
import { Accounts } from '../../../src/accounts/accounts.ts'
import { type OpenAccount } from '../../../src/accounts/open-account.ts'
import { openMessenger } from '../../../src/open-messenger.ts'
import { FakeNetwork } from '../../support/fake-network.ts'
import { quickPolicy } from '../../support/quick-policy.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { countInMemory } from './read-memory.ts'

const passphrase = 'canary passphrase quokka'
const body = 'canary body of a message wombat'

/** Elsewhere a process cannot be looked into without a debugger. */
const systems = existsSync('/proc/self/mem') ? ['linux'] : []

test.for(systems)('after locking no key is in the memory of the process, and hardly any text (%s)', async () => {
  const folder = temporaryFolder()
  const files = new FolderAccountFiles(folder)
  const accounts = new Accounts({ files, random: systemRandom, clock: systemClock, policy: quickPolicy })
  const account = await accounts.create('Ada', { passphrase: utf8Encode(passphrase) })
  const canaries = canariesOf(account)
  await writeNotes(account)
  const secretFile = join(folder, 'secret')
  writeFileSync(secretFile, passphrase)

  const script = fileURLToPath(new URL('child.ts', import.meta.url))
  const args = ['--expose-gc', script, folder, account.slot, secretFile]
  const child = spawn(execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const { pid = 0 } = child
  await once(child.stdout, 'data')
  const open = countInMemory(pid, canaries)
  expect(open.get('body')).toBeGreaterThan(200)
  for (const key of ['seed', 'ed25519', 'x25519']) expect(open.get(key)).toBeGreaterThan(0)
  child.stdin.write('lock\n')
  await once(child.stdout, 'data')
  const { body: texts = 0, ...secrets } = Object.fromEntries(countInMemory(pid, canaries))
  expect(new Set(Object.values(secrets))).toEqual(new Set([0]))
  // What the collector has freed but not used again since is out of reach.
  expect(texts).toBeLessThan((open.get('body') ?? 0) / 10)
})

function canariesOf({ keys, origin }: OpenAccount): ReadonlyMap<string, Buffer> {
  const seed = origin.seed.expose()
  return new Map([
    ['body', Buffer.from(body)],
    ['passphrase', Buffer.from(passphrase)],
    ['words', Buffer.from(encodeRecoveryPhrase(origin.seed))],
    ['seed', Buffer.from(seed)],
    ['seed as text', Buffer.from(encodeHex(seed))],
    ['ed25519', Buffer.from(keys.ed25519.expose())],
    ['x25519', Buffer.from(keys.x25519.secretKey.expose())],
  ])
}

async function writeNotes(account: OpenAccount): Promise<void> {
  const clock = new ManualClock()
  const network = new FakeNetwork(clock).device()
  const messenger = openMessenger({ database: account.database, network, clock, random: systemRandom })
  const { accountId: conversation } = account
  for (let count = 0; count < 200; count++) {
    await messenger.command('messages.send', { id: `${count}`, conversation, body: `${body} ${count}` })
  }
  await messenger.stop()
  await account.lock()
}
