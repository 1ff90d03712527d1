import { type ReactNode } from 'react'
import { RoomSection } from './room-section.tsx'
import { UsageSections } from './usage-sections.tsx'

/** What Sotto keeps in this browser, and for how long the browser lets it. */
export function StoragePage(): ReactNode {
  return (
    <>
      <RoomSection />
      <UsageSections />
    </>
  )
}
