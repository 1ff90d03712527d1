import {
  Clock,
  Coffee,
  Flag,
  Hand,
  Hash,
  Lightbulb,
  type LucideIcon,
  PawPrint,
  Plane,
  Search,
  Smile,
  Volleyball,
} from 'lucide-react'
import { type TextKey } from '../texts/index.ts'
import { type Section } from './picker-rows.ts'

const looks: ReadonlyMap<Section, readonly [icon: LucideIcon, key: TextKey]> = new Map<Section, [LucideIcon, TextKey]>([
  ['recent', [Clock, 'emoji.section.recent']],
  ['found', [Search, 'emoji.section.found']],
  [0, [Smile, 'emoji.section.smileys']],
  [1, [Hand, 'emoji.section.people']],
  [3, [PawPrint, 'emoji.section.nature']],
  [4, [Coffee, 'emoji.section.food']],
  [5, [Plane, 'emoji.section.travel']],
  [6, [Volleyball, 'emoji.section.activities']],
  [7, [Lightbulb, 'emoji.section.objects']],
  [8, [Hash, 'emoji.section.symbols']],
  [9, [Flag, 'emoji.section.flags']],
])

/** What a section is called. */
export function sectionKey(section: Section): TextKey {
  return looks.get(section)?.[1] ?? 'emoji.section.found'
}

/** What stands for it in the bar. */
export function sectionIcon(section: Section): LucideIcon {
  return looks.get(section)?.[0] ?? Search
}
