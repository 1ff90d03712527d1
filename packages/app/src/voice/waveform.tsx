import { type ReactNode } from 'react'
import { barsPath } from './levels.ts'
import styles from './voice.module.css'

interface WaveformProps {
  /** From 0 to 1, one for each stroke. */
  readonly bars: readonly number[]
  /** How many of them are played already, from 0 to 1. */
  readonly played?: number
}

/** How loud a recording is over its time. Decoration: the time stands beside it. Time runs from left to right everywhere. */
export function Waveform({ bars, played = 1 }: WaveformProps): ReactNode {
  const done = Math.round(played * bars.length)
  const parts = [
    { name: 'played', bars: bars.map((level, at) => (at < done ? level : undefined)) },
    { name: 'ahead', bars: bars.map((level, at) => (at < done ? undefined : level)) },
  ] as const
  return (
    <svg className={styles['waveform']} viewBox={`0 0 ${bars.length} 2`} preserveAspectRatio="none" aria-hidden="true">
      {parts.map(part => (
        <path key={part.name} className={styles[part.name]} d={barsPath(part.bars)} vectorEffect="non-scaling-stroke" />
      ))}
    </svg>
  )
}
