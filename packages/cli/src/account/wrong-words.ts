import { PhraseError } from '@sotto/protocol/account'
import { type ErrorDetail } from '@sotto/protocol/error'
import { type CommandPorts } from '../command.ts'

/** Runs something with recovery words. Where they are wrong it tells how, as exactly as is known, and none of the words. */
export function tellingWhatIsWrong<T>({ tell }: CommandPorts, run: () => T): T | undefined {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof PhraseError)) throw error
    tell(`${sentenceFor(error)}\n`)
    return undefined
  }
}

function sentenceFor({ code, detail, sentence }: PhraseError): string {
  const { position, words }: ErrorDetail = detail
  if (code === 'phrase.invalid-word' && position !== undefined) {
    return `Word ${String(position)} is not a word of recovery phrases.`
  }
  const isCount = code === 'phrase.too-short' || code === 'phrase.too-long'
  return isCount && words !== undefined ? `${sentence} These are ${String(words)}.` : sentence
}
