/**
 * Writes src/account/word-list.ts from the package that carries the words. The package itself stays out of the product:
 * beside the English words it brings twelve other lists, a CRC library, a random source and a `Buffer` for browsers.
 * A test compares the written list with the package and with the hash of spec 10 §1.3.
 *
 * Run: node packages/protocol/scripts/write-word-list.ts
 */
import { writeFile } from 'node:fs/promises'
import mnemonics from '@turtlecoin/mnemonics'

const lineLength = 116

interface MnemonicsModule {
  readonly default: { readonly words: { readonly english: { readonly words: readonly string[] } } }
}

const { words } = (mnemonics as unknown as MnemonicsModule).default.words.english
const lines: string[] = []
let line = ''
for (const word of words) {
  if (line !== '' && line.length + 1 + word.length > lineLength) {
    lines.push(line)
    line = ''
  }
  line += line === '' ? word : ` ${word}`
}
lines.push(line)

const source = `/**
 * The 1626 words of recovery phrases: the English list of the Monero project (BSD-3-Clause), which comes from Electrum,
 * as carried by @turtlecoin/mnemonics. Alphabetical, 4 to 12 letters each, no two with the same first three.
 * Spec 10 §1.3 pins them by a hash. Written by scripts/write-word-list.ts; not to be edited.
 */
export const wordList: readonly string[] = \`
${lines.join('\n')}
\`
  .trim()
  .split(/[ \\n]/)
`
await writeFile(new URL('../src/account/word-list.ts', import.meta.url), source)
