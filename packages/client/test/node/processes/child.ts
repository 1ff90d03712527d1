import { argv, stdout } from 'node:process'
import { AccountServer, FolderAccountFiles, systemClock, systemRandom } from '@sotto/client/node'
import { utf8Encode } from '@sotto/protocol/encoding'
import { Accounts } from '../../../src/accounts/accounts.ts'
import { parseAccountSlot } from '../../../src/accounts/account-slot.ts'
import { quickPolicy } from '../../support/quick-policy.ts'
import { ScriptedApi } from '../../support/scripted-api.ts'

const [, , task = '', folder = '', slotText = ''] = argv
const files = new FolderAccountFiles(folder)
const accounts = new Accounts({ files, random: systemRandom, clock: systemClock, policy: quickPolicy })
const slot = parseAccountSlot(slotText)

function say(text: string): void {
  stdout.write(`${text}\n`)
}

/** Commits numbers one by one and says each once it is committed; the parent kills it somewhere in there. */
async function write(): Promise<void> {
  const { database } = await accounts.unlock(slot, utf8Encode('right'))
  database.exec('CREATE TABLE IF NOT EXISTS numbers (n INTEGER PRIMARY KEY, junk BLOB)')
  const last = database.prepare('SELECT max(n) AS n FROM numbers').get()?.['n']
  const insert = database.prepare('INSERT INTO numbers (n, junk) VALUES (?, randomblob(3000))')
  for (let n = typeof last === 'number' ? last + 2 : 0; ; n += 2) {
    database.exec('BEGIN')
    insert.run(n)
    insert.run(n + 1)
    database.exec('COMMIT')
    say(`${n + 1}`)
  }
}

/** Opens the account if it can, serves it, and stays until it is killed. */
async function hold(): Promise<void> {
  try {
    await accounts.unlock(slot, utf8Encode('right'))
    await AccountServer.start(files.folderOf(slot), new ScriptedApi())
    say('holds')
    setInterval(() => {}, 1000)
  } catch (error) {
    say(error instanceof Error ? error.message : 'failed')
  }
}

/** Changes the passphrase to and fro until it is killed. */
async function change(): Promise<void> {
  for (let round = 0; ; round++) {
    const [current, next] = round % 2 === 0 ? ['right', 'left'] : ['left', 'right']
    await accounts.changePassphrase(slot, utf8Encode(current ?? ''), utf8Encode(next ?? ''))
    say(`${round}`)
  }
}

const tasks = new Map([
  ['write', write],
  ['hold', hold],
  ['change', change],
])
await tasks.get(task)?.()
