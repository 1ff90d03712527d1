import { type ReactNode } from 'react'
import { useText } from '../texts/index.ts'
import { TextField } from '../ui/index.ts'
import { readPhraseInput } from './phrase-input.ts'
import { type PhraseProblem } from './phrase-problem.ts'

interface PhraseFieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onSubmit: () => void
  readonly problem: PhraseProblem | undefined
}

/** Takes a recovery phrase, hidden unless one asks to see it. */
export function PhraseField({ value, onChange, onSubmit, problem }: PhraseFieldProps): ReactNode {
  const text = useText()
  const input = readPhraseInput(value)
  const count = input.kind === 'words' ? text('onboarding.phrase.count', { words: input.words.length }) : undefined
  return (
    <TextField
      label={text('onboarding.phrase')}
      description={
        input.kind === 'seed' ? text('onboarding.phrase.seed') : (count ?? text('onboarding.phrase.description'))
      }
      error={problem && <PhraseProblemText problem={problem} />}
      value={value}
      onChange={onChange}
      onSubmit={onSubmit}
      isSecret
      mono
      dir="ltr"
      autoFocus
    />
  )
}

function PhraseProblemText({ problem }: { readonly problem: PhraseProblem }): ReactNode {
  const text = useText()
  switch (problem.kind) {
    case 'too-short':
    case 'too-long':
      return text(`onboarding.phrase.${problem.kind}`, { words: problem.words })
    case 'wrong-words':
      return text.rich('onboarding.phrase.wrong-words', {
        position: problem.position,
        word: () => <bdi key="word">{problem.word.slice(0, 24)}</bdi>,
      })
    default:
      return text(`onboarding.phrase.${problem.kind}`)
  }
}
