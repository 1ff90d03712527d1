import { type ReactNode } from 'react'
import { useText } from '../texts/index.ts'
import { EmptyState, Mark } from '../ui/index.ts'

/** Beside the list, while no conversation is open. */
export function NothingOpen(): ReactNode {
  const text = useText()
  return <EmptyState icon={<Mark size={48} />} title={text('app.nothing-open')} />
}
