import { type ReactNode, useState } from 'react'
import { faultOfNewPassphrase, NewPassphrase, type PassphraseFault } from '../lock/index.ts'
import { useText } from '../texts/index.ts'
import { RadioGroup } from '../ui/index.ts'

/** How the account is to be kept on this device, as far as it is typed. */
export interface ProtectionDraft {
  readonly kind: 'none' | 'passphrase'
  readonly passphrase: string
  readonly repeated: string
  readonly fault: PassphraseFault | undefined
}

const untouched: ProtectionDraft = { kind: 'none', passphrase: '', repeated: '', fault: undefined }

/** The draft, and what checks it: whether it can be used as it is. */
export function useProtection(): {
  readonly draft: ProtectionDraft
  readonly setDraft: (draft: ProtectionDraft) => void
  readonly check: () => boolean
} {
  const [draft, setDraft] = useState(untouched)
  const check = (): boolean => {
    const fault = draft.kind === 'none' ? undefined : faultOfNewPassphrase(draft.passphrase, draft.repeated)
    setDraft({ ...draft, fault })
    return fault === undefined
  }
  return { draft, setDraft, check }
}

/** The passphrase that was chosen; `undefined` without one. */
export function chosenPassphrase({ kind, passphrase }: ProtectionDraft): string | undefined {
  return kind === 'none' ? undefined : passphrase
}

interface ProtectionProps {
  readonly draft: ProtectionDraft
  readonly onChange: (draft: ProtectionDraft) => void
  readonly onSubmit: () => void
}

/** With a passphrase or without, and what each of them is worth. */
export function Protection({ draft, onChange, onSubmit }: ProtectionProps): ReactNode {
  const text = useText()
  const options = (['none', 'passphrase'] as const).map(value => ({
    value,
    label: text(`onboarding.protect.${value}`),
    description: text(`onboarding.protect.${value}.description`),
  }))
  return (
    <>
      <RadioGroup
        label={text('onboarding.protect')}
        options={options}
        value={draft.kind}
        onChange={kind => onChange({ ...draft, kind, fault: undefined })}
      />
      {draft.kind === 'passphrase' && (
        <NewPassphrase
          passphrase={draft.passphrase}
          repeated={draft.repeated}
          fault={draft.fault}
          onChange={(passphrase, repeated) => onChange({ ...draft, passphrase, repeated, fault: undefined })}
          onSubmit={onSubmit}
        />
      )}
    </>
  )
}
