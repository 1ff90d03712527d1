import { Share2 } from 'lucide-react'
import { type ReactNode } from 'react'
import { useAccount, useAct } from '../core/index.ts'
import { useNavigation } from '../navigation/index.ts'
import { useText } from '../texts/index.ts'
import { Button, CopyField, PaneHeader, QrCode } from '../ui/index.ts'
import styles from './start.module.css'

/** The own id, to be given to somebody. Spec 50 §2.11. */
export function Invite(): ReactNode {
  const text = useText()
  const { accountId } = useAccount()
  const { backToList } = useNavigation()
  const act = useAct()
  const share = async (): Promise<void> => {
    try {
      await navigator.share({ text: text('start.invite.message', { id: accountId }) })
    } catch (error) {
      // The person changed their mind.
      if (!(error instanceof DOMException) || error.name !== 'AbortError') throw error
    }
  }
  return (
    <section className={styles['pane']} aria-label={text('start.invite.title')}>
      <PaneHeader title={text('start.invite.title')} onBack={backToList} />
      <div className={styles['form']}>
        <p>{text('start.invite.explanation')}</p>
        <div className={styles['code']}>
          <QrCode text={accountId} label={text('start.invite.code')} size={180} />
        </div>
        <CopyField label={text('start.invite.id')} value={accountId} mono />
        {'share' in navigator && (
          <Button variant="secondary" onPress={() => void act(share)}>
            <Share2 aria-hidden="true" />
            {text('start.invite.share')}
          </Button>
        )}
        <p className={styles['note']}>{text('start.invite.copied')}</p>
      </div>
    </section>
  )
}
