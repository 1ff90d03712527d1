import { type ReactNode, useState } from 'react'
import { useText } from '../texts/index.ts'
import { Button, RadioGroup } from '../ui/index.ts'
import { durationText } from './duration.ts'
import { type Expiry, type ExpiryMode, expiryModes, expiryTimes, isSameExpiry, proposedTime } from './expiry-choices.ts'
import styles from './expiry.module.css'
import { useExpiry } from './use-expiry.ts'

interface ExpiryPageProps {
  readonly conversation: string
  readonly isNotes: boolean
  /** After it was set. */
  readonly onDone: () => void
}

/** Chooses how own messages disappear. Spec 50 §5. */
export function ExpiryPage(props: ExpiryPageProps): ReactNode {
  const { expiry } = useExpiry(props.conversation)
  return expiry === undefined ? null : <Choice {...props} set={expiry} />
}

function Choice({ conversation, isNotes, onDone, set: now }: ExpiryPageProps & { readonly set: Expiry }): ReactNode {
  const text = useText()
  const { set } = useExpiry(conversation)
  const [wanted, setWanted] = useState(now)
  const [isPending, setPending] = useState(false)
  const save = async (): Promise<void> => {
    setPending(true)
    const worked = await set(wanted)
    setPending(false)
    if (worked) onDone()
  }
  const modes = expiryModes(isNotes).map(mode => ({
    value: mode,
    label: text(isNotes && mode === 'after-send' ? 'expiry.on' : `expiry.${mode}`),
    description: text(isNotes && mode === 'after-send' ? 'expiry.on.about' : `expiry.${mode}.about`),
  }))
  return (
    <div className={styles['page']}>
      <p className={styles['about']}>{isNotes ? text('expiry.about.notes') : text('expiry.about')}</p>
      <RadioGroup<ExpiryMode>
        label={text('expiry.mode')}
        options={modes}
        value={wanted.mode}
        onChange={mode => setWanted({ mode, timerSeconds: proposedTime(mode, now) })}
      />
      {wanted.mode !== 'off' && (
        <RadioGroup
          label={text('expiry.time')}
          options={expiryTimes(wanted.mode, now).map(seconds => ({
            value: String(seconds),
            label: durationText(seconds, text.language),
          }))}
          value={String(wanted.timerSeconds)}
          onChange={seconds => setWanted({ ...wanted, timerSeconds: Number(seconds) })}
        />
      )}
      <Button
        variant="primary"
        isWide
        isPending={isPending}
        isDisabled={isSameExpiry(wanted, now)}
        onPress={() => void save()}
      >
        {text('expiry.set')}
      </Button>
    </div>
  )
}
