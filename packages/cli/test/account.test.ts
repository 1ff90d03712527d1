import { describe, expect, test } from 'vitest'
import accounts from '../../../vectors/accounts.json' with { type: 'json' }
import { sotto } from './sotto-process.ts'

const known = accounts.recovery[1]
const phrase = known?.phrase ?? ''
const accountId = known?.accountId ?? ''

describe('account create', () => {
  test('shows an id and the words that lead to it, and warns beside them', async () => {
    const { code, stdout, stderr } = await sotto(['account', 'create'])
    expect(code).toBe(0)
    const [, id = '', words = ''] = /^Account id: +(05[0-9a-f]{64})\nRecovery words: +([a-z ]+)\n$/.exec(stdout) ?? []
    expect(words.split(' ')).toHaveLength(13)
    expect(stderr).toContain('Write the 13 words down')
    expect(stderr).not.toContain(words)
    expect(await sotto(['account', 'show'], words)).toEqual({ code: 0, stdout: `${id}\n`, stderr: '' })
  })

  test('draws another one each time', async () => {
    const [one, other] = [await sotto(['account', 'create', '--json']), await sotto(['account', 'create', '--json'])]
    const read = (text: string) => JSON.parse(text) as { accountId: string; recoveryPhrase: string }
    expect(Object.keys(read(one.stdout))).toEqual(['accountId', 'recoveryPhrase'])
    expect(read(one.stdout).accountId).not.toBe(read(other.stdout).accountId)
    expect(read(one.stdout).recoveryPhrase).not.toBe(read(other.stdout).recoveryPhrase)
  })
})

describe('account show', () => {
  test('reads the words as people write them', async () => {
    const odd = `\n  ${phrase.toUpperCase().replaceAll(' ', '\n\t')}\r\n`
    expect(await sotto(['account', 'show'], odd)).toEqual({ code: 0, stdout: `${accountId}\n`, stderr: '' })
    const json = await sotto(['account', 'show', '--json'], phrase)
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
    expect(await sotto(['account', 'show'], given.join(' '))).toEqual({ code: 1, stdout: '', stderr: `${sentence}\n` })
  })

  test('gives up on endless input', async () => {
    const { code, stdout, stderr } = await sotto(['account', 'show'], 'abbey '.repeat(20_000))
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toBe('Far too much was given.\n')
  })

  test('survives any bytes', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, at) => at)
    expect(await sotto(['account', 'show'], bytes)).toMatchObject({ code: 1, stdout: '' })
  })

  test('takes no words as arguments, and does not repeat them', async () => {
    const { code, stdout, stderr } = await sotto(['account', 'show', ...words])
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
