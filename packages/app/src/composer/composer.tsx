import { type ReactNode } from 'react'
import { BlockedComposer } from './blocked-composer.tsx'
import { type ComposerProps } from './composer-props.ts'
import { OpenComposer } from './open-composer.tsx'

/** Where a message is written. One for each conversation: `key` it. Spec 50 §4, §3.12. */
export function Composer(props: ComposerProps): ReactNode {
  return props.conversation.blocked ? (
    <BlockedComposer conversation={props.conversation} />
  ) : (
    <OpenComposer {...props} />
  )
}
