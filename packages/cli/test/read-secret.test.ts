import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { CliError } from '../src/cli-error.ts'
import { readSecret } from '../src/read-secret.ts'

/** A terminal that somebody types into; what would appear on it is gathered in `shown`. */
function terminal(typed: string): {
  input: PassThrough & { isTTY: boolean }
  shown: () => string
  tell: (text: string) => void
} {
  const input = Object.assign(new PassThrough(), { isTTY: true })
  let shown = ''
  const tell = (text: string): void => {
    shown += text
  }
  input.write(typed)
  return { input, shown: () => shown, tell }
}

test('a person is asked, and nothing typed is shown', async () => {
  const { input, shown, tell } = terminal('abbey abducts\r')
  expect(await readSecret(input, tell, 'Words: ')).toBe('abbey abducts')
  expect(shown()).toBe('Words: \n')
})

test('a mistyped letter can be taken back', async () => {
  const { input, tell } = terminal('abbez\u007fy\r')
  expect(await readSecret(input, tell, '')).toBe('abbey')
})

test('an empty answer, and the end of input at a terminal, are no input', async () => {
  for (const typed of ['\r', '\u0004']) {
    const { input, tell } = terminal(typed)
    await expect(readSecret(input, tell, '')).rejects.toThrow(new CliError('cli.no-input'))
  }
})

test('a pipe is read to its end, without a question', async () => {
  const input = new PassThrough()
  input.write('abbey\n')
  input.end('abducts\n')
  const refuse = (): never => expect.fail('nothing is to be said')
  expect(await readSecret(input, refuse, 'Words: ')).toBe('abbey\nabducts\n')
})

test('a pipe that never ends is given up on', async () => {
  const input = new PassThrough()
  input.write('a'.repeat(5000))
  await expect(readSecret(input, () => {}, '')).rejects.toThrow(
    new CliError('cli.too-much-input', { limitBytes: 4096 }),
  )
})
