import { useCallback, useEffect, useMemo, useRef, useState } from 'react'

/** A sound that is played from memory. */
export interface Playback {
  readonly isPlaying: boolean
  readonly atMs: number
  readonly toggle: () => void
  readonly seek: (ms: number) => void
}

/** Plays a sound; its address is given back when it is not shown any more. */
export function usePlayback(bytes: Uint8Array, type: string): Playback {
  const player = useRef<HTMLAudioElement>(undefined)
  const [isPlaying, setPlaying] = useState(false)
  const [atMs, setAt] = useState(0)
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }))
    const audio = new Audio(url)
    player.current = audio
    const look = (): void => {
      setPlaying(!audio.paused)
      setAt(audio.ended ? 0 : audio.currentTime * 1000)
    }
    const events = ['play', 'pause', 'timeupdate', 'seeked', 'ended'] as const
    for (const event of events) audio.addEventListener(event, look)
    return () => {
      for (const event of events) audio.removeEventListener(event, look)
      audio.pause()
      audio.removeAttribute('src')
      URL.revokeObjectURL(url)
      player.current = undefined
    }
  }, [bytes, type])
  const toggle = useCallback(() => {
    const { current } = player
    if (current?.paused === true) current.play().catch(() => setPlaying(false))
    else current?.pause()
  }, [])
  const seek = useCallback((ms: number) => {
    if (player.current !== undefined) player.current.currentTime = ms / 1000
  }, [])
  return useMemo(() => ({ isPlaying, atMs, toggle, seek }), [isPlaying, atMs, toggle, seek])
}
