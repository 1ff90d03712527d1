import { createInterface } from 'node:readline'
import { openNodeStore } from '../../../src/index.ts'
import { killedMessage, KILLED_EXPIRY } from './killed-message.ts'
import { NOW, peerNumber, testLimits } from '../samples.ts'

/**
 * A process that stores as fast as it can, by many at once, and says each message's number once it is answered: `+7`. Every third
 * one is deleted again: `-9`. It is meant to be killed. Arguments: path, first number.
 */
const WRITERS = 24

const [path = '', first = '0'] = process.argv.slice(2)
const { store } = await openNodeStore({ path, limits: testLimits })
let next = Number(first)

async function write(): Promise<void> {
  for (;;) {
    const number = next++
    const { hash, owner, ...rest } = killedMessage(number)
    const message = { hash, owner, ...rest, expiry: KILLED_EXPIRY }
    const outcome = await store.store({ message, now: NOW, ...(number % 5 === 0 ? { peers: [peerNumber(1)] } : {}) })
    if (outcome.kind !== 'stored') throw new Error('not stored')
    process.stdout.write(`+${number}\n`)
    if (number % 3 !== 0) continue
    await store.deleteMessages({ owner, hashes: [hash], now: NOW })
    process.stdout.write(`-${number}\n`)
  }
}

process.stdout.write('ready\n')
createInterface({ input: process.stdin }).once('line', () => {
  for (let writer = 0; writer < WRITERS; writer++) void write()
})
