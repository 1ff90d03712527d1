import { type ReactNode, useMemo } from 'react'
import { type MessageView } from '@sotto/client'
import { assessLink } from '../links/index.ts'
import { useText } from '../texts/index.ts'
import { Icon, VisuallyHidden } from '../ui/index.ts'
import { TriangleAlert } from 'lucide-react'
import { useMessages } from './messages-context.ts'
import styles from './message-text.module.css'
import { emojiCount } from './text/emoji-only.ts'
import { markParts } from './text/mark-parts.ts'
import { parseText } from './text/parse-text.ts'
import { type TextBlock, type TextPart } from './text/text-parts.ts'

interface MessageTextProps {
  readonly message: Pick<MessageView, 'body' | 'mentions'>
  /** Pieces of text that were searched for. */
  readonly marks?: readonly string[] | undefined
}

/** What somebody wrote: text and nothing else, in the direction that it has by itself. */
export function MessageText({ message, marks }: MessageTextProps): ReactNode {
  const { body = '', mentions } = message
  const blocks = useMemo(() => parseText(body, mentions), [body, mentions])
  const emoji = useMemo(() => emojiCount(body), [body])
  return (
    <div className={styles['text']} dir="auto" data-emoji={emoji === 0 ? undefined : emoji}>
      {blocks.map((block, at) => (
        // Blocks have no names: a text never changes.
        <Block key={`${at}`} block={block} marks={marks} />
      ))}
    </div>
  )
}

function Block({
  block,
  marks,
}: {
  readonly block: TextBlock
  readonly marks: readonly string[] | undefined
}): ReactNode {
  if (block.kind === 'code') {
    return (
      <pre className={styles['block']} dir="ltr">
        {block.text}
      </pre>
    )
  }
  const parts = <Parts parts={block.parts} marks={marks} />
  if (block.kind === 'quote') {
    return (
      <blockquote className={styles['quote']} dir="auto">
        {parts}
      </blockquote>
    )
  }
  return (
    <p className={styles['paragraph']} dir="auto">
      {parts}
    </p>
  )
}

interface PartsProps {
  readonly parts: readonly TextPart[]
  readonly marks: readonly string[] | undefined
}

function Parts({ parts, marks }: PartsProps): ReactNode {
  return parts.map((part, at) => <Part key={`${at}`} part={part} marks={marks} />)
}

function Part({ part, marks }: { readonly part: TextPart; readonly marks: readonly string[] | undefined }): ReactNode {
  switch (part.kind) {
    case 'text':
      return <Marked text={part.text} marks={marks} />
    case 'code':
      return <code className={styles['code']}>{part.text}</code>
    case 'link':
      return <LinkPart text={part.text} url={part.url} />
    case 'mention':
      return <MentionPart account={part.account} name={part.name} />
    case 'bold':
      return (
        <strong>
          <Parts parts={part.parts} marks={marks} />
        </strong>
      )
    case 'italic':
      return (
        <em>
          <Parts parts={part.parts} marks={marks} />
        </em>
      )
    case 'strike':
      return (
        <s>
          <Parts parts={part.parts} marks={marks} />
        </s>
      )
  }
}

function Marked({ text, marks }: { readonly text: string; readonly marks: readonly string[] | undefined }): ReactNode {
  if (marks === undefined || marks.length === 0) return text
  return markParts(text, marks).map(({ isMatch, text: piece }, at) =>
    isMatch ? (
      <mark key={`${at}`} className={styles['mark']}>
        {piece}
      </mark>
    ) : (
      piece
    ),
  )
}

/** Never followed at once: what it is and where it leads is shown first. */
function LinkPart({ text: shown, url }: { readonly text: string; readonly url: string }): ReactNode {
  const text = useText()
  const { actions } = useMessages()
  const isDoubtful = assessLink(shown, url).some(doubt => doubt !== 'not-encrypted' && doubt !== 'port')
  return (
    <button
      type="button"
      role="link"
      className={styles['link']}
      data-doubtful={isDoubtful || undefined}
      data-link={url}
      onClick={event => {
        event.stopPropagation()
        actions.openLink({ text: shown, url })
      }}
    >
      {isDoubtful && (
        <>
          <Icon icon={TriangleAlert} size={16} />
          <VisuallyHidden>{text('links.marked')} </VisuallyHidden>
        </>
      )}
      <bdi dir="ltr">{shown}</bdi>
    </button>
  )
}

function MentionPart({ account, name }: { readonly account: string; readonly name: string | undefined }): ReactNode {
  const text = useText()
  const { actions, own } = useMessages()
  return (
    <button
      type="button"
      className={styles['mention']}
      data-own={account === own || undefined}
      onClick={event => {
        event.stopPropagation()
        actions.showPerson(account)
      }}
    >
      <bdi>@{name ?? text('messages.you')}</bdi>
    </button>
  )
}
