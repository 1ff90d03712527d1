import { useEffect, useState, useSyncExternalStore } from 'react'
import { useAccount, useAct } from '../core/index.ts'
import { MessageWindow, type WindowState } from './message-window.ts'

/** The part of a conversation that is shown, from the moment it is opened: at a message, if one is wanted. */
export function useMessageWindow(
  conversation: string,
  wanted: number | undefined,
): { readonly window: MessageWindow; readonly state: WindowState } {
  const { client } = useAccount()
  const act = useAct()
  const [window] = useState(() => new MessageWindow(client, conversation))
  const [first] = useState(wanted)
  useEffect(() => {
    void act(async () => window.start(first))
    return () => window.stop()
  }, [act, first, window])
  const state = useSyncExternalStore(window.subscribe, window.get)
  return { window, state }
}
