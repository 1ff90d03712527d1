import { type ReactNode, useState } from 'react'
import { useText } from '../texts/index.ts'
import { Banner, LinkButton } from '../ui/index.ts'
import { accountsMark } from './accounts-mark.ts'

/** Where no account is: says so if the browser removed them. */
export function Evicted(): ReactNode {
  const text = useText()
  const [isShown, setShown] = useState(() => accountsMark.isSet)
  if (!isShown) return null
  const close = (): void => {
    accountsMark.clear()
    setShown(false)
  }
  return (
    <Banner tone="caution" action={<LinkButton onPress={close}>{text('storage.evicted.close')}</LinkButton>}>
      <strong>{text('storage.evicted.title')}</strong>
      <p>{text('storage.evicted.body')}</p>
    </Banner>
  )
}
