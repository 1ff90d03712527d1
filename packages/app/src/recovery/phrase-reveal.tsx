import { Eye, EyeOff } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { type TypedClient } from '@sotto/client'
import { useAct } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { Button, Icon } from '../ui/index.ts'
import { CopyPhrase } from './copy-phrase.tsx'
import { PhraseCode } from './phrase-code.tsx'
import { RecoveryWords } from './recovery-words.tsx'
import styles from './recovery.module.css'

interface PhraseRevealProps {
  readonly client: Pick<TypedClient, 'command'>
  readonly showLabel: string
  /** Whether it is shown at once, to somebody who asked for it just now. */
  readonly isShown?: boolean
}

/** The recovery phrase behind a button. It is fetched when it is shown, and let go when it is hidden. */
export function PhraseReveal({ client, showLabel, isShown = false }: PhraseRevealProps): ReactNode {
  const act = useAct()
  const [phrase, setPhrase] = useState<string>()
  const show = useCallback(async (): Promise<void> => {
    await act(async () => setPhrase(await client.command('account.recovery-phrase')))
  }, [act, client])
  useEffect(() => {
    if (isShown) void show()
  }, [isShown, show])
  if (phrase === undefined) {
    return (
      <div className={styles['buttons']}>
        <Button onPress={() => void show()}>
          <Icon icon={Eye} size={16} />
          {showLabel}
        </Button>
      </div>
    )
  }
  return <ShownPhrase phrase={phrase} client={client} onHide={() => setPhrase(undefined)} />
}

interface ShownPhraseProps {
  readonly phrase: string
  readonly client: Pick<TypedClient, 'command'>
  readonly onHide: () => void
}

/** The words or their QR code, with what can be done about them. */
function ShownPhrase({ phrase, client, onHide }: ShownPhraseProps): ReactNode {
  const text = useText()
  const act = useAct()
  const [seed, setSeed] = useState<string>()
  const showCode = async (): Promise<void> => {
    await act(async () => setSeed(await client.command('account.recovery-seed')))
  }
  return (
    <div className={styles['shown']}>
      {seed === undefined ? <RecoveryWords phrase={phrase} /> : <PhraseCode seed={seed} />}
      <div className={styles['buttons']}>
        <CopyPhrase phrase={phrase} />
        <Button
          variant="quiet"
          size="small"
          onPress={() => (seed === undefined ? void showCode() : setSeed(undefined))}
        >
          {text(seed === undefined ? 'recovery.qr.show' : 'recovery.qr.hide')}
        </Button>
        <Button variant="quiet" size="small" onPress={onHide}>
          <Icon icon={EyeOff} size={16} />
          {text('recovery.hide')}
        </Button>
      </div>
    </div>
  )
}
