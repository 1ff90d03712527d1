import { RefreshCw } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useText } from '../texts/index.ts'
import { Banner, LinkButton } from '../ui/index.ts'
import { type UpdateState } from './update-state.ts'
import { type Update, useUpdate } from './use-update.ts'
import styles from './update-notice.module.css'

/** Says that there is another build of the app, or that something is wrong with what the gateway offers. Never in the way. */
export function UpdateNotice(): ReactNode {
  const text = useText()
  const update = useUpdate()
  const [closed, setClosed] = useState<UpdateState['kind']>()
  const { kind } = update.state
  if (kind === 'none' || kind === 'current' || kind === 'checking' || kind === closed) return null
  const isWrong = kind === 'foreign-key' || kind === 'damaged' || kind === 'older'
  return (
    <div className={styles['notice']}>
      <Banner
        tone={isWrong ? 'caution' : 'info'}
        {...(isWrong ? {} : { icon: RefreshCw })}
        action={<UpdateAction update={update} />}
        onClose={() => setClosed(kind)}
      >
        {text(`updates.${kind}`)}
      </Banner>
    </div>
  )
}

function UpdateAction({ update: { state, activate, trust, reload } }: { readonly update: Update }): ReactNode {
  const text = useText()
  switch (state.kind) {
    case 'ready':
      return <LinkButton onPress={activate}>{text('updates.activate')}</LinkButton>
    case 'activated':
      return <LinkButton onPress={reload}>{text('updates.reload')}</LinkButton>
    case 'foreign-key':
      return state.mayTrust ? <LinkButton onPress={trust}>{text('updates.trust')}</LinkButton> : null
    default:
      return null
  }
}
