import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { type ListMoves } from './list-moves.ts'
import { type MessageWindow, type WindowState } from './message-window.ts'
import { ScrollKeeper } from './scroll-keeper.ts'

/** More is fetched when an edge is this near. */
const NEAR_SCREENS = 3
/** The end is out of sight, and worth a button, from here on. */
const AWAY_SCREENS = 0.6
const FLASH_MS = 1600

/** Where the list is, what keeps it there, and what moves it. */
export interface ListScroll {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly content: RefObject<HTMLOListElement | null>
  readonly keeper: RefObject<ScrollKeeper | undefined>
  readonly isAway: boolean
  readonly newestSeen: () => number | undefined
  readonly onScroll: () => void
  readonly toStart: () => void
  readonly toEnd: () => void
  readonly moves: ListMoves
}

/** A place that is to be shown as soon as its message is there. */
interface Target {
  readonly message: number
  readonly place: 'middle' | 'start'
  readonly isFlashing: boolean
}

/** Keeps the list in its place, fetches more near its edges, and goes where one wants. */
export function useListScroll(
  window: MessageWindow,
  state: WindowState,
  focus: { readonly message: number; readonly nonce: number } | undefined,
): ListScroll {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLOListElement>(null)
  const keeper = useRef<ScrollKeeper>(undefined)
  const target = useRef<Target>(undefined)
  const [isAway, setAway] = useState(false)

  const look = useCallback(() => {
    const { current } = keeper
    if (current === undefined || !window.get().isReady) return
    const { after, before } = current.screensToEnds
    const { hasNewer } = window.get()
    window.follow(current.isAtEnd && !hasNewer)
    setAway(hasNewer || after > AWAY_SCREENS)
    // What cannot be fetched now is fetched when one scrolls on.
    if (before < NEAR_SCREENS) window.older().catch(() => undefined)
    if (after < NEAR_SCREENS) window.newer().catch(() => undefined)
  }, [window])

  const settle = useCallback(() => {
    const { current } = keeper
    if (current === undefined) return
    const wanted = target.current
    if (wanted !== undefined && current.show(wanted.message, wanted.place)) {
      target.current = undefined
      if (wanted.isFlashing) flash(current.find(String(wanted.message)))
    } else current.restore()
    look()
  }, [look])

  useLayoutEffect(() => {
    const [view, rows] = [scroller.current, content.current]
    if (view === null || rows === null) return
    keeper.current = new ScrollKeeper(view, rows)
    const observer = new ResizeObserver(settle)
    observer.observe(view)
    observer.observe(rows)
    return () => observer.disconnect()
  }, [settle])

  // Where it is now, a moment before the rows change: the last scrolling may not have been told of yet.
  useLayoutEffect(() => window.subscribe(() => window.get().isReady && keeper.current?.note()), [window])

  const isReady = useRef(false)
  useLayoutEffect(() => {
    if (state.isReady && !isReady.current) {
      isReady.current = true
      const first = focus?.message ?? state.unread?.message
      if (first !== undefined)
        target.current = { message: first, place: focus ? 'middle' : 'start', isFlashing: !!focus }
    }
    settle()
  }, [focus, settle, state])

  const moves = useMoves(window, target, settle, keeper, scroller)
  const seen = useRef(focus?.nonce)
  useEffect(() => {
    if (focus === undefined || focus.nonce === seen.current) return
    seen.current = focus.nonce
    void moves.to(focus.message)
  }, [focus, moves])

  const onScroll = useCallback(() => {
    keeper.current?.note()
    look()
  }, [look])
  const newestSeen = useCallback(() => keeper.current?.newestSeen(), [])
  const toStart = useCallback(() => {
    if (window.get().hasOlder) void moves.toDate(0)
    else keeper.current?.toStart()
  }, [moves, window])
  return { scroller, content, keeper, isAway, newestSeen, onScroll, toStart, toEnd: moves.toEnd, moves }
}

function useMoves(
  window: MessageWindow,
  targetRef: RefObject<Target | undefined>,
  settle: () => void,
  keeper: RefObject<ScrollKeeper | undefined>,
  scroller: RefObject<HTMLDivElement | null>,
): ListMoves {
  return useMemo(() => {
    const aim = (message: number): void => {
      targetRef.current = { message, place: 'middle', isFlashing: true }
    }
    return {
      to: async message => {
        aim(message)
        const isThere = await window.to(message).catch(() => false)
        if (isThere) settle()
        else targetRef.current = undefined
        return isThere
      },
      toDate: async at => {
        const message = await window.toDate(at).catch(() => undefined)
        if (message === undefined) return false
        aim(message)
        settle()
        return true
      },
      toEnd: () => {
        targetRef.current = undefined
        const stay = (): void => keeper.current?.toEnd()
        window.toEnd().then(stay, () => undefined)
        if (!window.get().hasNewer) stay()
      },
      focus: () => scroller.current?.focus({ preventScroll: true }),
    }
  }, [keeper, scroller, settle, targetRef, window])
}

/** Lets the eye find it, and gives it the focus unless somebody is busy elsewhere, as in the search beside it. */
function flash(row: HTMLElement | undefined): void {
  if (row === undefined) return
  row.dataset['flash'] = ''
  const { activeElement, body } = document
  const list = row.parentElement?.parentElement
  if (activeElement === null || activeElement === body || list?.contains(activeElement) === true) {
    row.focus({ preventScroll: true })
  }
  setTimeout(() => delete row.dataset['flash'], FLASH_MS)
}
