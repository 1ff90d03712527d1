import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import accounts from '../../../vectors/accounts.json' with { type: 'json' }
import { sotto } from './sotto-process.ts'

const known = accounts.recovery[1]
const phrase = known?.phrase ?? ''
const accountId = known?.accountId ?? ''

const homes: string[] = []
afterAll(() => {
  for (const home of homes) rmSync(home, { recursive: true })
})

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'sotto-home-'))
  homes.push(home)
  return home
}

async function listed(home: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { stdout } = await sotto(['account', 'list', '--home', home, '--json'])
  return JSON.parse(stdout) as readonly Readonly<Record<string, unknown>>[]
}

describe('account create', () => {
  test('shows an id and the words that lead to it, warns beside them, and keeps the account', async () => {
    const home = newHome()
    const { code, stdout, stderr } = await sotto(['account', 'create', 'Ada', '--home', home, '--no-passphrase'])
    expect(code).toBe(0)
    const [, id = '', words = ''] = /^Account id: +(05[0-9a-f]{64})\nRecovery words: +([a-z ]+)\n$/.exec(stdout) ?? []
    expect(words.split(' ')).toHaveLength(13)
    expect(stderr).toContain('Write the 13 words down')
    expect(stderr).not.toContain(words)
    expect(await sotto(['account', 'id'], words)).toEqual({ code: 0, stdout: `${id}\n`, stderr: '' })
    expect(await listed(home)).toMatchObject([{ state: 'whole', protection: 'device' }])
  })

  test('protects it by a passphrase from a file', async () => {
    const home = newHome()
    const file = join(home, 'passphrase')
    writeFileSync(file, 'correct horse\n')
    const args = ['account', 'create', 'Ada', '--home', home, '--hint', 'work', '--passphrase-file', file, '--json']
    const { accountId, recoveryPhrase } = JSON.parse((await sotto(args)).stdout) as Readonly<Record<string, string>>
    expect(recoveryPhrase?.split(' ')).toHaveLength(13)
    expect(await listed(home)).toMatchObject([{ protection: 'passphrase', hint: 'work' }])
    writeFileSync(file, 'battery staple\n')
    const show = ['account', 'show', '--home', home, '--passphrase-file', file]
    const wrong = await sotto(show)
    expect(wrong).toMatchObject({ code: 1, stdout: '' })
    expect(wrong.stderr).not.toContain(accountId ?? '')
  })

  test('asks nobody in a script how to protect it', async () => {
    const { code, stderr } = await sotto(['account', 'create', 'Ada', '--home', newHome()])
    expect(code).toBe(2)
    expect(stderr).toContain('--no-passphrase')
  })

  test.for([
    ['', 'client'],
    ['x'.repeat(101), 'client'],
  ])('a name of %j is refused, and nothing is kept', async ([name]) => {
    const home = newHome()
    const { code, stdout } = await sotto(['account', 'create', name ?? '', '--home', home, '--no-passphrase'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(await listed(home)).toEqual([])
  })
})

describe('account restore', () => {
  test('brings an account back from its words', async () => {
    const home = newHome()
    const args = ['account', 'restore', '--home', home, '--no-passphrase', '--json']
    const { stdout } = await sotto(args, phrase)
    expect(JSON.parse(stdout)).toMatchObject({ accountId })
    expect(await listed(home)).toHaveLength(1)
  })

  test('says what is wrong with the words, and keeps nothing', async () => {
    const home = newHome()
    const { code, stderr } = await sotto(['account', 'restore', '--home', home, '--no-passphrase'], 'abbey abbey')
    expect(code).toBe(1)
    expect(stderr).toBe('The recovery phrase has too few words. It has 13. These are 2.\n')
    expect(await listed(home)).toEqual([])
  })
})

describe('account list and delete', () => {
  test('says that there are none, and how to make one', async () => {
    const { code, stdout, stderr } = await sotto(['account', 'list', '--home', newHome()])
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toContain('sotto account create')
  })

  test('a deleted account is gone', async () => {
    const home = newHome()
    await sotto(['account', 'create', 'Ada', '--home', home, '--hint', 'a', '--no-passphrase'])
    await sotto(['account', 'create', 'Bob', '--home', home, '--hint', 'b', '--no-passphrase'])
    expect(await sotto(['account', 'delete', '--home', home, '--yes'])).toMatchObject({ code: 1 })
    expect(await sotto(['account', 'delete', '--home', home, '--account', 'a', '--yes'])).toMatchObject({ code: 0 })
    expect(await listed(home)).toMatchObject([{ hint: 'b' }])
    expect(await sotto(['account', 'delete', '--home', home, '--account', 'c', '--yes'])).toMatchObject({ code: 1 })
  })
})

describe('account id', () => {
  test('reads the words as people write them', async () => {
    const odd = `\n  ${phrase.toUpperCase().replaceAll(' ', '\n\t')}\r\n`
    expect(await sotto(['account', 'id'], odd)).toEqual({ code: 0, stdout: `${accountId}\n`, stderr: '' })
    const json = await sotto(['account', 'id', '--json'], phrase)
    expect(JSON.parse(json.stdout)).toEqual({ accountId })
  })

  const words = phrase.split(' ')
  test.for([
    ['too few', words.slice(1), 'The recovery phrase has too few words. It has 13. These are 12.'],
    ['too many', [...words, 'abbey'], 'The recovery phrase has too many words. It has 13. These are 14.'],
    ['an unknown word', words.with(3, 'xylophone'), 'Word 4 is not a word of recovery phrases.'],
    ['an unknown last word', words.with(12, 'xylophone'), 'Word 13 is not a word of recovery phrases.'],
    [
      'another last word',
      words.with(12, 'abbey'),
      'The words do not fit together. One of them is wrong, or their order is.',
    ],
    ['nothing', [], 'Nothing was given on standard input.'],
  ] as const)('says what is wrong: %s', async ([, given, sentence]) => {
    expect(await sotto(['account', 'id'], given.join(' '))).toEqual({ code: 1, stdout: '', stderr: `${sentence}\n` })
  })

  test('gives up on endless input', async () => {
    const { code, stdout, stderr } = await sotto(['account', 'id'], 'abbey '.repeat(20_000))
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toBe('Far too much was given.\n')
  })

  test('survives any bytes', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, at) => at)
    expect(await sotto(['account', 'id'], bytes)).toMatchObject({ code: 1, stdout: '' })
  })

  test('takes no words as arguments, and does not repeat them', async () => {
    const { code, stdout, stderr } = await sotto(['account', 'id', ...words])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('never given as arguments')
    for (const word of words) expect(stderr).not.toContain(word)
  })
})

describe('account check', () => {
  const key = accountId.slice(2)
  test.for([
    ['05', 'This is an account id.'],
    ['03', 'This is a group id.'],
    ['15', 'This is the id of an account that is blinded for one community server (first scheme).'],
    ['25', 'This is the id of an account that is blinded for one community server (second scheme).'],
    ['00', 'This is the id of an account towards a community server without blinding.'],
    ['07', 'This is an identity for asking the file server about new versions, and nothing else.'],
  ] as const)('knows %s', async ([prefix, sentence]) => {
    const end = await sotto(['account', 'check', `${prefix}${key.toUpperCase()}`])
    expect(end).toEqual({ code: 0, stdout: `${prefix}${key}\n${sentence}\n`, stderr: '' })
  })

  test.for([
    [accountId.slice(1), 'This is not an id of any kind.'],
    [accountId.slice(0, -1), 'This is not an account id. It has 66 digits and begins with 05.'],
    [`${accountId.slice(0, -1)}g`, 'This is not an account id. It has 66 digits and begins with 05.'],
    [`03${key}0`, 'This is not a group id. It has 66 digits and begins with 03.'],
    ['', 'This is not an id of any kind.'],
  ] as const)('refuses "%s"', async ([text, sentence]) => {
    expect(await sotto(['account', 'check', text])).toEqual({ code: 1, stdout: '', stderr: `${sentence}\n` })
  })

  test('wants one id', async () => {
    expect(await sotto(['account', 'check'])).toMatchObject({ code: 2, stderr: 'ID is missing.\nSee: sotto --help\n' })
    expect(await sotto(['account', 'check', '05', '05'])).toMatchObject({ code: 2 })
  })
})
