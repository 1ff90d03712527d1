import { useEffect, useState } from 'react'
import { type HomeListing } from '@sotto/client/web'
import { useHome } from '../core/index.ts'

/** Unread messages of an account of this device; 0 while it is locked. */
export function useUnread({ slot, accountId }: HomeListing): number {
  const home = useHome()
  const [count, setCount] = useState(0)
  useEffect(() => {
    setCount(0)
    if (accountId === undefined) return undefined
    return home.account(slot).watch('conversations.unread', undefined, {
      onResult: ({ messages }) => setCount(messages),
      onError: () => setCount(0),
    })
  }, [home, slot, accountId])
  return count
}

/** Whether any of several accounts has something unread. */
export function useAnyUnread(accounts: readonly HomeListing[]): boolean {
  const home = useHome()
  const [unread, setUnread] = useState<ReadonlySet<string>>(new Set())
  const open = accounts.filter(each => each.accountId !== undefined).map(({ slot }) => slot)
  const key = open.join(' ')
  useEffect(() => {
    const stops = open.map(slot =>
      home.account(slot).watch('conversations.unread', undefined, {
        onResult: ({ messages }) => setUnread(before => withSlot(before, slot, messages > 0)),
        onError: () => setUnread(before => withSlot(before, slot, false)),
      }),
    )
    return () => {
      for (const stop of stops) stop()
      setUnread(new Set())
    }
    // The key says which they are; the list is a new one each time.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [home, key])
  return unread.size > 0
}

function withSlot(slots: ReadonlySet<string>, slot: string, isIn: boolean): ReadonlySet<string> {
  if (slots.has(slot) === isIn) return slots
  const next = new Set(slots)
  if (isIn) next.add(slot)
  else next.delete(slot)
  return next
}
