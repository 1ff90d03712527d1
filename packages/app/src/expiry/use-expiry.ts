import { useCallback } from 'react'
import { useAccount, useAct, useQuery } from '../core/index.ts'
import { type Expiry } from './expiry-choices.ts'

/** How own messages of a conversation disappear, and what changes that. */
interface ExpirySetting {
  /** `undefined` until it is known. */
  readonly expiry: Expiry | undefined
  /** Whether it worked; a toast says why not. */
  readonly set: (expiry: Expiry) => Promise<boolean>
}

/** The setting of a conversation, kept up to date. */
export function useExpiry(conversation: string): ExpirySetting {
  const { client } = useAccount()
  const act = useAct()
  const expiry = useQuery('conversations.get', { conversation })?.expiry
  const set = useCallback(
    async ({ mode, timerSeconds }: Expiry) =>
      act(async () => client.command('expiry.set', { conversation, mode, timerSeconds })),
    [act, client, conversation],
  )
  return { expiry, set }
}
