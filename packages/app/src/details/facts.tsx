import { type ReactNode } from 'react'
import { type MessageInfo, type MessageView } from '@sotto/client'
import { type Formats, useFailure } from '../messages/index.ts'
import { type TextKey, useText } from '../texts/index.ts'
import styles from './details.module.css'
import { Fact } from './fact.tsx'

interface FactsProps {
  readonly message: MessageView
  readonly info: MessageInfo
  readonly formats: Formats
}

/** Times and places of a message, one below the other. */
export function Facts({ formats, info, message }: FactsProps): ReactNode {
  const text = useText()
  const why = useFailure(message.failure)
  const { hash, networkExpiry, readAt, receivedAt, remoteHash, sentAt, state } = info
  const { outgoing } = message
  const expiresAt = message.expiry?.expiresAt
  return (
    <dl className={styles['facts']}>
      <Fact name="details.state">{text(`details.state.${state}`)}</Fact>
      {why !== undefined && <Fact name="details.why">{why}</Fact>}
      <Fact name="details.sent">{formats.full(sentAt)}</Fact>
      <Fact name={outgoing ? 'details.written' : 'details.received'}>{formats.full(receivedAt)}</Fact>
      {readAt !== undefined && <Fact name={outgoing ? 'details.read-by' : 'details.read'}>{formats.full(readAt)}</Fact>}
      {expiresAt !== undefined && <Fact name="details.expiry">{formats.full(expiresAt)}</Fact>}
      {networkExpiry !== undefined && <Fact name="details.network-expiry">{formats.full(networkExpiry)}</Fact>}
      {hash !== undefined && <Code name="details.hash">{hash}</Code>}
      {remoteHash !== undefined && <Code name="details.remote-hash">{remoteHash}</Code>}
    </dl>
  )
}

function Code({ children, name }: { readonly name: TextKey; readonly children: string }): ReactNode {
  return (
    <Fact name={name}>
      <code className={styles['id']} dir="ltr">
        {children}
      </code>
    </Fact>
  )
}
