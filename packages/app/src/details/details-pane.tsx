import { lazy, type ReactNode, Suspense } from 'react'
import { type Details } from '../navigation/index.ts'
import { useText } from '../texts/index.ts'
import { DetailsFrame } from './details-frame.tsx'
import { MessageDetails } from './message-details.tsx'
import { PinnedPane } from './pinned-pane.tsx'
import { SearchPane } from './search-pane.tsx'

const GalleryPane = lazy(async () => ({ default: (await import('../attachments/gallery-pane.tsx')).GalleryPane }))

interface DetailsPaneProps {
  readonly conversation: string
  readonly details: Details
}

/** Beside a conversation: more about a message, what was looked for, what was pinned, what was sent. Spec 50 §3.11. */
export function DetailsPane({ conversation, details }: DetailsPaneProps): ReactNode {
  switch (details.kind) {
    case 'message':
      return <MessageDetails key={details.message} conversation={conversation} message={details.message} />
    case 'search':
      return <SearchPane key={conversation} conversation={conversation} />
    case 'pinned':
      return <PinnedPane conversation={conversation} />
    case 'gallery':
      return <Gallery key={conversation} conversation={conversation} />
  }
}

function Gallery({ conversation }: Pick<DetailsPaneProps, 'conversation'>): ReactNode {
  const text = useText()
  return (
    <DetailsFrame title={text('attachments.gallery')}>
      <Suspense>
        <GalleryPane conversation={conversation} />
      </Suspense>
    </DetailsFrame>
  )
}
