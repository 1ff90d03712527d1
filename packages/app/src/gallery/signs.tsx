import { type ReactElement, useEffect, useState } from 'react'
import {
  Badge,
  Button,
  createSounds,
  Dot,
  Kbd,
  Mark,
  QrCode,
  TimerGlyph,
  VisuallyHidden,
  Wordmark,
} from '../ui/index.ts'
import { Part, Row } from './part.tsx'
import { SAMPLE_ID } from './sample.ts'

const marks = [16, 20, 24, 32, 48, 96]
const twelfths = Array.from({ length: 13 }, (_, at) => at / 12)
const dots = ['accent', 'muted', 'good', 'caution', 'danger'] as const

/** Small things that say much. */
export function Signs(): ReactElement {
  return (
    <Part title="Signs">
      <Row>
        {marks.map(size => (
          <Mark key={size} size={size} />
        ))}
        <Wordmark size={34} />
      </Row>
      <Row>
        <Badge count={1} label="1 unread" />
        <Badge count={42} tone="muted" label="42 unread, muted" />
        <Badge count={1200} label="More than 999 unread" />
        <Badge count={7} tone="danger" label="7 failed" />
        {dots.map(tone => (
          <Dot key={tone} tone={tone} label={tone} />
        ))}
        <Kbd>Ctrl</Kbd>
        <Kbd>K</Kbd>
      </Row>
      <Row>
        {twelfths.map(progress => (
          <TimerGlyph key={progress} progress={progress} />
        ))}
        <VisuallyHidden>The timers empty in twelve steps.</VisuallyHidden>
      </Row>
      <Row>
        <Tones />
      </Row>
      <QrCode text={SAMPLE_ID} label="Your account id as a code" size={200} />
    </Part>
  )
}

function Tones(): ReactElement {
  const [sounds] = useState(createSounds)
  useEffect(() => () => sounds.close(), [sounds])
  return (
    <>
      <Button onPress={() => sounds.play('sent')}>Tone for sent</Button>
      <Button onPress={() => sounds.play('received')}>Tone for received</Button>
    </>
  )
}
