import { type ReactNode } from 'react'
import { type Details } from '../navigation/index.ts'
import { MessageDetails } from './message-details.tsx'
import { PinnedPane } from './pinned-pane.tsx'
import { SearchPane } from './search-pane.tsx'

interface DetailsPaneProps {
  readonly conversation: string
  readonly details: Details
}

/** Beside a conversation: more about a message, what was looked for, what was pinned. Spec 50 §3.11. */
export function DetailsPane({ conversation, details }: DetailsPaneProps): ReactNode {
  switch (details.kind) {
    case 'message':
      return <MessageDetails key={details.message} conversation={conversation} message={details.message} />
    case 'search':
      return <SearchPane key={conversation} conversation={conversation} />
    case 'pinned':
      return <PinnedPane conversation={conversation} />
  }
}
