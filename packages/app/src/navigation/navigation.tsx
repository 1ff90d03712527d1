import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { type Details, type Left, type Modal, type Place } from './place.ts'
import { PlaceStack } from './place-stack.ts'

/** Where one is, and the ways from there. */
export interface Navigation {
  readonly place: Place
  readonly showLeft: (left: Left) => void
  /**
   * Shows a conversation, at a message if one is given, and the list beside it. Back leads to where one was before
   * one looked for whom to write to.
   */
  readonly openConversation: (conversation: string, message?: number) => void
  /** Back to the list. */
  readonly closeConversation: () => void
  readonly showDetails: (details: Details) => void
  readonly closeDetails: () => void
  readonly showModal: (modal: Modal) => void
  readonly closeModal: () => void
  /** From a left pane that was gone to, back to the one before: at the latest the list of conversations. */
  readonly backToList: () => void
}

const StackContext = createContext<PlaceStack | undefined>(undefined)

/** One for each account that is shown: `key` it. */
export function NavigationProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [stack] = useState(() => new PlaceStack(history))
  useEffect(() => stack.listen(globalThis), [stack])
  return <StackContext value={stack}>{children}</StackContext>
}

/** Where one is, and the ways from there, below a provider. */
export function useNavigation(): Navigation {
  const stack = useContext(StackContext)
  if (stack === undefined) throw new Error('there is no navigation above this component')
  const place = useSyncExternalStore(stack.subscribe, stack.get)
  return useMemo(() => ({ place, ...waysFrom(stack) }), [place, stack])
}

function waysFrom(stack: PlaceStack): Omit<Navigation, 'place'> {
  const { arrive, push, backTo, get } = stack
  return {
    showLeft: left => push({ ...get(), left, modal: undefined }),
    openConversation: (conversation, message) => {
      const focus = message === undefined ? undefined : { message, nonce: performance.now() }
      arrive({ left: 'conversations', conversation, focus }, isOnTheWay)
    },
    closeConversation: () => {
      const { left, conversation } = get()
      if (conversation !== undefined)
        backTo({ left }, previous => previous.conversation === undefined && previous.modal === undefined)
    },
    showDetails: details => push({ ...get(), details, modal: undefined }),
    closeDetails: () => {
      const { left, conversation, focus, details } = get()
      if (details === undefined) return
      backTo(
        { left, conversation, focus },
        previous =>
          previous.conversation === conversation && previous.details === undefined && previous.modal === undefined,
      )
    },
    showModal: modal => push({ ...get(), modal }),
    closeModal: () => {
      const here = get()
      if (here.modal === undefined) return
      backTo(
        { ...here, modal: undefined },
        previous =>
          previous.modal === undefined && previous.conversation === here.conversation && previous.left === here.left,
      )
    },
    backToList: () => {
      const here = get()
      if (here.left === 'conversations') return
      backTo(
        { ...here, left: 'conversations' },
        previous =>
          previous.left !== here.left && previous.conversation === here.conversation && previous.modal === undefined,
      )
    },
  }
}

/** What one only passes on the way to a conversation. */
function isOnTheWay({ left, modal }: Place): boolean {
  return modal !== undefined || left === 'start' || left === 'new-message' || left === 'invite'
}
