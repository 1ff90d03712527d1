import type { ReactElement } from 'react'
import { Avatar } from '../ui/index.ts'
import { Part, Row } from './part.tsx'

const sizes = [24, 32, 44, 64, 96, 128] as const
const names = [
  'Mira Lindqvist',
  'jonas',
  'Ana-Maria',
  'سلمى الخطيب',
  '森 涼子',
  '🌿 Garden',
  '',
  'Österreich',
  'x',
  'Bo 2',
]

/** Placeholders of people, groups and oneself. */
export function Avatars(): ReactElement {
  return (
    <Part title="Avatars">
      <Row>
        {sizes.map(size => (
          <Avatar key={size} id="05a1" name="Mira Lindqvist" size={size} label="Mira Lindqvist" />
        ))}
      </Row>
      <Row>
        {names.map((name, at) => (
          <Avatar key={name} id={`05${at}`} name={name} size={44} />
        ))}
        <Avatar id="03aa" name="Harbour group" kind="group" size={44} />
        <Avatar id="03ab" kind="group" size={44} />
        <Avatar id="05a1" kind="self" size={44} />
        <Avatar id="05a1" size={44} picture="/icons/icon.svg" label="With a picture" />
      </Row>
    </Part>
  )
}
