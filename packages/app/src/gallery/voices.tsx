import type { ReactElement } from 'react'
import { Waveform } from '../voice/waveform.tsx'
import { Part, Stack } from './part.tsx'

/** Loud and silent by turns. */
const bars = Array.from({ length: 72 }, (_, at) => Math.max(0, Math.sin(at / 3) * Math.cos(at / 11)))

/** How loud a voice message is: while it is recorded, in the middle of playing it, and without a sound. */
export function Voices(): ReactElement {
  return (
    <Part title="Voice messages">
      <Stack>
        <Waveform bars={bars} />
        <Waveform bars={bars} played={0.4} />
        <Waveform bars={bars.map(() => 0)} />
      </Stack>
    </Part>
  )
}
