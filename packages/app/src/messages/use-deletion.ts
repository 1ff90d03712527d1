import { useCallback, useEffect, useRef, useState } from 'react'
import { useAccount, useAct } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { useToasts } from '../ui/index.ts'

/** How long one can change one's mind. */
const UNDO_MS = 5000
/** What one command takes. */
const MAX_AT_ONCE = 200

/** Deleting, with a way back for what happens on this device only. */
export interface Deletion {
  /** Out of sight, and gone when the time for changing one's mind is over. */
  readonly hidden: ReadonlySet<number>
  /** Whether it was done. */
  readonly remove: (messages: readonly number[], scope: 'here' | 'everywhere') => Promise<boolean>
}

interface Pending {
  readonly messages: readonly number[]
  readonly timer: ReturnType<typeof setTimeout>
}

/** What waits is deleted at once when one leaves the conversation or the page: leaving is no way back. */
export function useDeletion(): Deletion {
  const { client } = useAccount()
  const act = useAct()
  const text = useText()
  const toasts = useToasts()
  const pending = useRef(new Set<Pending>())
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set())

  const show = useCallback((messages: readonly number[]) => {
    setHidden(before => new Set([...before].filter(id => !messages.includes(id))))
  }, [])

  const run = useCallback(
    async (messages: readonly number[], scope: 'here' | 'everywhere') =>
      act(async () => {
        for (let at = 0; at < messages.length; at += MAX_AT_ONCE) {
          await client.command('deletion.delete', { messages: messages.slice(at, at + MAX_AT_ONCE), scope })
        }
      }),
    [act, client],
  )

  const finish = useCallback(
    async (each: Pending) => {
      clearTimeout(each.timer)
      if (!pending.current.delete(each)) return
      await run(each.messages, 'here')
      show(each.messages)
    },
    [run, show],
  )

  useEffect(() => {
    const waiting = pending.current
    const finishAll = (): void => {
      for (const each of waiting) void finish(each)
    }
    addEventListener('pagehide', finishAll)
    return () => {
      removeEventListener('pagehide', finishAll)
      finishAll()
    }
  }, [finish])

  const remove = useCallback(
    async (messages: readonly number[], scope: 'here' | 'everywhere') => {
      const done = text('messages.delete.done', { count: messages.length })
      if (scope === 'everywhere') {
        const isDone = await run(messages, scope)
        if (isDone) toasts.show({ text: done })
        return isDone
      }
      setHidden(before => new Set([...before, ...messages]))
      const each: Pending = { messages, timer: setTimeout(() => void finish(each), UNDO_MS) }
      pending.current.add(each)
      const undo = (): void => {
        clearTimeout(each.timer)
        if (pending.current.delete(each)) show(messages)
      }
      toasts.show({
        text: done,
        durationMs: UNDO_MS,
        action: { label: text('messages.delete.undo'), onPress: undo },
      })
      return true
    },
    [finish, run, show, text, toasts],
  )
  return { hidden, remove }
}
