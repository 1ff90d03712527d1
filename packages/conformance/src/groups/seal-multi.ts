import { nonce24, x25519PublicKey } from '@sotto/protocol/crypto'
import {
  encodeMultiRecipient,
  type MultiRecipientSealing,
  openForMany,
  sealEntries,
  sealForMany,
} from '@sotto/protocol/seal'
import type { CaseReader } from '../case-reader.ts'
import type { Runner } from '../runner.ts'
import { keysIn, keysOfSeed, type SeedKeys } from './seal-keys.ts'

/** Runners for encryption to several recipients. */
export const multiRecipientRunners: readonly Runner[] = [
  { group: 'multiEncrypt', has: ['recipientSeedsHex', 'ciphertextsHex'], run: entriesOfHello },
  { group: 'multi', has: ['input.0', 'expect.0'], run: publicKeys },
  { group: 'multi', has: ['input.messages', 'input.seeds', 'expect.0'], run: entriesOfTexts },
  { group: 'multi', has: ['input.ciphertexts', 'expect.bytes_hex'], run: container },
  { group: 'multi_encrypt', has: ['sender_seed', 'recipients', 'encoded'], run: encoded },
]

/** The case says in words that the message is "hello". */
function entriesOfHello(c: CaseReader): void {
  const sender = keysIn(c, 'senderSeedHex')
  const recipients = c.hexes('recipientSeedsHex').map(keysOfSeed)
  const domain = c.text('domain')
  const hello = new TextEncoder().encode('hello')
  const nonce = nonce24(c.hex('nonceHex'))
  c.expect('ciphertextsHex', sealEntries(sealingOf(sender, recipients, [hello], domain, nonce)))
  const opened = openAll(sender, recipients, encodeMultiRecipient(nonce, c.hexes('ciphertextsHex')), domain)
  c.demand('ciphertextsHex', new Set(opened.map(String)).size === 1, 'do not all hold one message')
}

function sealingOf(
  sender: SeedKeys,
  recipients: readonly SeedKeys[],
  messages: readonly Uint8Array[],
  domain: string,
  nonce: ReturnType<typeof nonce24>,
): MultiRecipientSealing {
  const keys = recipients.map(({ x25519 }) => x25519.publicKey)
  return { sender: sender.x25519, recipients: keys, messages, domain, nonce }
}

function openAll(
  sender: SeedKeys,
  recipients: readonly SeedKeys[],
  data: Uint8Array,
  domain: string,
): readonly (Uint8Array | undefined)[] {
  return recipients.map(({ x25519 }) => openForMany(data, sender.x25519.publicKey, x25519, domain))
}

function publicKeys(c: CaseReader): void {
  c.expect(
    'expect',
    c.hexes('input').map(seed => keysOfSeed(seed).x25519.publicKey),
  )
}

/** Seed 0 writes to the seeds after it; the last one is nobody's recipient. */
function entriesOfTexts(c: CaseReader): void {
  const input = c.object('input')
  const [sender, ...others] = input.hexes('seeds').map(keysOfSeed)
  if (sender === undefined) return c.demand('input', false, 'has no seeds')
  const recipients = others.slice(0, -1)
  const texts = input.texts('messages')
  const messages = texts.map(text => new TextEncoder().encode(text))
  const domain = input.text('domain')
  const nonce = nonce24(input.hex('nonce_hex'))
  c.expect('expect', sealEntries(sealingOf(sender, recipients, messages, domain, nonce)))
  const data = encodeMultiRecipient(nonce, c.hexes('expect'))
  const opened = openAll(sender, others, data, domain)
  const wanted = [...recipients.map((_, at) => messages[messages.length === 1 ? 0 : at]), undefined]
  c.demand('expect', opened.map(String).join() === wanted.map(String).join(), 'do not open to the messages')
  const misread = openAll(sender, others, data, `${domain} `)
  c.demand(
    'expect',
    misread.every(message => message === undefined),
    'open for another domain',
  )
}

function container(c: CaseReader): void {
  const input = c.object('input')
  c.object('expect').expectHex(
    'bytes_hex',
    encodeMultiRecipient(nonce24(input.hex('nonce_hex')), input.hexes('ciphertexts')),
  )
}

/** `random` holds the nonce if the case gives none, then the junk. */
function encoded(c: CaseReader): void {
  const sender = keysIn(c, 'sender_seed')
  const recipients = c.list('recipients').map(recipient => {
    const keys = keysIn(recipient, 'seed')
    recipient.expectHex('x25519_pk', keys.x25519.publicKey)
    return keys
  })
  const random = c.random('random')
  const nonce = nonce24(c.given('nonce') ? c.hex('nonce') : random(24))
  const domain = c.text('domain')
  const pad = c.number('pad')
  const sealing = sealingOf(sender, recipients, c.hexes('messages'), domain, nonce)
  const junk = pad === 0 ? {} : { junk: { multiple: pad, random, likeMessages: true } }
  c.expectHex('encoded', sealForMany({ ...sealing, ...junk }))
  const data = c.hex('encoded')
  c.expect('decrypted', openAll(sender, recipients, data, domain))
  const [first] = recipients
  if (first === undefined) return c.demand('recipients', false, 'are missing')
  c.expect(
    'decrypted_ed25519_variant',
    openForMany(data, x25519PublicKey(sender.x25519.publicKey), first.x25519, domain),
  )
  c.expect('outsider_result', openAll(sender, [keysIn(c, 'outsider_seed')], data, domain)[0])
  c.expect('wrong_domain_result', openForMany(data, sender.x25519.publicKey, first.x25519, `${domain} `))
}
