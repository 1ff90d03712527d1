import { type ReactNode, useEffect } from 'react'
import { useAccount, useQuery } from '../core/index.ts'
import { useNavigation } from '../navigation/index.ts'
import { useText } from '../texts/index.ts'
import { Banner, LinkButton } from '../ui/index.ts'
import { nextBannerMemory } from './banner-state.ts'
import { useHiddenPhrase } from './hidden-phrases.ts'
import { useBannerMemory } from './use-banner-memory.ts'

/** Above the list of conversations: reminds of the recovery phrase once there is something to lose. Spec 50 §2.5. */
export function RecoveryBanner(): ReactNode {
  const text = useText()
  const { slot } = useAccount()
  const { showModal } = useNavigation()
  const account = useQuery('account.get')
  const count = useQuery('conversations.list')?.length
  const [memory, remember] = useBannerMemory(slot)
  const [isHidden] = useHiddenPhrase(slot)
  const next = count === undefined ? memory : nextBannerMemory(memory, count)
  useEffect(() => {
    if (next !== memory) remember(next)
  }, [next, memory, remember])
  if (next !== 'shown' || isHidden || account?.origin !== 'created') return null
  const dismiss = (): void => remember('dismissed')
  const open = (): void => {
    dismiss()
    showModal({ kind: 'settings', page: 'recovery' })
  }
  return (
    <Banner
      tone="info"
      action={<LinkButton onPress={open}>{text('recovery.banner.open')}</LinkButton>}
      onClose={dismiss}
    >
      {text('recovery.banner')}
    </Banner>
  )
}
