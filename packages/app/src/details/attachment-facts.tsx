import { type ReactNode } from 'react'
import { type AttachmentView } from '@sotto/client'
import { useQuery } from '../core/index.ts'
import { formatDuration, offerOf, useDuration } from '../attachments/index.ts'
import { formatBytes } from '../storage/format-bytes.ts'
import { useText } from '../texts/index.ts'
import { Section } from '../ui/index.ts'
import styles from './details.module.css'
import { Fact } from './fact.tsx'

interface AttachmentFactsProps {
  readonly attachments: readonly AttachmentView[]
  /** Whether its message is the user's own. */
  readonly outgoing: boolean
}

/** What is known of each file of a message. Spec 50 §3.11. */
export function AttachmentFacts({ attachments, outgoing }: AttachmentFactsProps): ReactNode {
  const text = useText()
  if (attachments.length === 0) return null
  return (
    <Section title={text('attachments.fact.title', { count: attachments.length })} isPadded>
      {attachments.map(attachment => (
        <FileFacts key={attachment.id} attachment={attachment} outgoing={outgoing} />
      ))}
    </Section>
  )
}

interface FileFactsProps {
  readonly attachment: AttachmentView
  readonly outgoing: boolean
}

function FileFacts({ attachment, outgoing }: FileFactsProps): ReactNode {
  const text = useText()
  const { contentType, failure, height, kind, name, sizeBytes, state, width } = attachment
  const seconds = useDuration(attachment)
  const place = useQuery('attachments.place', { attachment: attachment.id })
  const offer = offerOf(state, outgoing)
  const why = failure === undefined ? undefined : `error.${failure}`
  return (
    <dl className={styles['facts']}>
      <Fact name="attachments.fact.name">
        <bdi>{name}</bdi>
      </Fact>
      <Fact name="attachments.fact.type">
        {text(`attachments.kind.${kind}`)} <code dir="ltr">{contentType}</code>
      </Fact>
      {sizeBytes !== undefined && <Fact name="attachments.fact.size">{formatBytes(text.language, sizeBytes)}</Fact>}
      {width !== undefined && height !== undefined && (
        <Fact name="attachments.fact.pixels">{text('attachments.fact.pixels.value', { width, height })}</Fact>
      )}
      {seconds !== undefined && <Fact name="attachments.fact.duration">{formatDuration(text.language, seconds)}</Fact>}
      <Fact name="attachments.fact.state">
        {offer === undefined ? text('attachments.fact.here') : text(`attachments.state.${offer.words}`)}
      </Fact>
      {place !== undefined && (
        <Fact name="attachments.fact.id">
          <code className={styles['id']} dir="ltr">
            {place.id}
          </code>
        </Fact>
      )}
      {place !== undefined && (
        <Fact name="attachments.fact.server">
          <code className={styles['id']} dir="ltr">
            {place.server}
          </code>
        </Fact>
      )}
      {why !== undefined && <Fact name="details.why">{text(text.has(why) ? why : 'messages.state.unforeseen')}</Fact>}
    </dl>
  )
}
