import { type ReactNode, useState } from 'react'
import { useAccount } from '../core/index.ts'
import { type SettingsPage, useLayout } from '../navigation/index.ts'
import { useHiddenPhrase } from '../recovery/index.ts'
import { useText } from '../texts/index.ts'
import { PageList } from './page-list.tsx'
import { PageView } from './page-view.tsx'
import { SettingsModal } from './settings-modal.tsx'

interface SettingsProps {
  /** The one that is opened at once; without one the first, or the list where there is no room for both. */
  readonly page: SettingsPage | undefined
  readonly onClose: () => void
}

/** How the account and this device are set. Spec 50 §9. */
export function Settings({ page: first, onClose }: SettingsProps): ReactNode {
  const text = useText()
  const isNarrow = useLayout() === 'narrow'
  const { slot } = useAccount()
  const [isPhraseHidden] = useHiddenPhrase(slot)
  const [chosen, choose] = useState(first)
  const shown = chosen ?? (isNarrow ? undefined : 'profile')
  const list = <PageList shown={shown} without={isPhraseHidden ? 'recovery' : undefined} onChoose={choose} />
  const view = shown && <PageView key={shown} page={shown} onChoose={choose} onClose={onClose} />
  return (
    <SettingsModal
      title={shown === undefined ? text('settings.title') : text(`settings.page.${shown}`)}
      isNarrow={isNarrow}
      list={list}
      view={view}
      onBack={() => choose(undefined)}
      onClose={onClose}
    />
  )
}
