import { type ReactNode, useState } from 'react'
import { useText } from '../texts/index.ts'
import { TextField } from '../ui/index.ts'
import { faultOfName, type NameFault } from './name-rules.ts'

/** A name as far as it is typed. */
export interface NameDraft {
  readonly name: string
  readonly fault: NameFault | undefined
  /** Whether it makes sense to go on: it was edited since it was last found wrong. */
  readonly isFresh: boolean
}

/** The draft, and what checks it: whether it can be used as it is. Spec 50 §1.2. */
export function useNameDraft(initial = ''): {
  readonly draft: NameDraft
  readonly edit: (name: string) => void
  readonly check: () => boolean
} {
  const [draft, setDraft] = useState<NameDraft>({ name: initial, fault: undefined, isFresh: false })
  const check = (): boolean => {
    const fault = faultOfName(draft.name)
    setDraft({ ...draft, fault, isFresh: fault === undefined })
    return fault === undefined
  }
  return { draft, edit: name => setDraft({ name, fault: undefined, isFresh: true }), check }
}

interface NameFieldProps {
  readonly draft: NameDraft
  readonly onChange: (name: string) => void
  readonly onSubmit: () => void
  readonly autoFocus?: boolean
}

/** What others call one. */
export function NameField({ draft, onChange, onSubmit, autoFocus = false }: NameFieldProps): ReactNode {
  const text = useText()
  const { name, fault } = draft
  return (
    <TextField
      label={text('onboarding.name')}
      description={text('onboarding.name.description')}
      value={name}
      onChange={onChange}
      onSubmit={onSubmit}
      error={
        fault?.kind === 'too-long'
          ? text('onboarding.name.too-long', { bytes: fault.bytes })
          : fault && text('onboarding.name.empty')
      }
      dir="auto"
      autoFocus={autoFocus}
    />
  )
}
