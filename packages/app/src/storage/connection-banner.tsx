import { CloudOff, WifiOff } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useHome, useHomeQuery, useQuery } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { Banner, LinkButton } from '../ui/index.ts'
import { type ConnectionTrouble, isSameTrouble, nextTrouble, secondsUntil } from './connection-trouble.ts'

/** What passes sooner is not worth a word, ms. */
const patienceMs = 2000

/** Says that nothing comes or goes at the moment, why, and when it is tried again. */
export function ConnectionBanner(): ReactNode {
  const trouble = useTrouble()
  const isTroubled = trouble !== undefined
  const [isLasting, setLasting] = useState(false)
  useEffect(() => {
    if (!isTroubled) return setLasting(false)
    const timer = setTimeout(() => setLasting(true), patienceMs)
    return () => clearTimeout(timer)
  }, [isTroubled])
  if (trouble === undefined || !isLasting) return null
  return <TroubleBanner trouble={trouble} />
}

function useTrouble(): ConnectionTrouble | undefined {
  const status = useHomeQuery('home.status')
  const connection = useQuery('connection.get')
  const [previous, setPrevious] = useState<ConnectionTrouble>()
  const trouble = nextTrouble(previous, status, connection)
  if (!isSameTrouble(previous, trouble)) setPrevious(trouble)
  return trouble
}

function TroubleBanner({ trouble }: { readonly trouble: ConnectionTrouble }): ReactNode {
  const text = useText()
  const home = useHome()
  if (trouble.kind === 'offline') {
    const { queued } = trouble
    return (
      <Banner tone="info" icon={WifiOff}>
        {queued === 0 ? text('storage.offline') : text('storage.offline.queued', { queued })}
      </Banner>
    )
  }
  const tryNow = (): void => void home.poke().catch(() => undefined)
  return (
    <Banner tone="caution" icon={CloudOff} action={<LinkButton onPress={tryNow}>{text('storage.try-now')}</LinkButton>}>
      <Countdown kind={trouble.kind} at={trouble.nextTryAt} /> {text('storage.safe')}
    </Banner>
  )
}

interface CountdownProps {
  readonly kind: 'gateway' | 'network'
  readonly at: number | undefined
}

/** Counts by itself, and is read out only once. */
function Countdown({ kind, at }: CountdownProps): ReactNode {
  const text = useText()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const seconds = secondsUntil(at, now)
  return <span aria-live="off">{text(`storage.${kind}`, { seconds })}</span>
}
