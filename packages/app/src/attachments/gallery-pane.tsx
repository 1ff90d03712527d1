import { FileText, Images } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { type AttachmentView } from '@sotto/client'
import { createFormats } from '../messages/formats.ts'
import { useText } from '../texts/index.ts'
import { Button, EmptyState, Tabs } from '../ui/index.ts'
import { useAttachments } from './attachments-context.ts'
import { DocumentRow } from './document-row.tsx'
import { groupByMonth } from './gallery-pages.ts'
import styles from './gallery-pane.module.css'
import { MediaTile } from './media-tile.tsx'
import { type Gallery, useGallery } from './use-gallery.ts'
import { useNearView } from './use-near-view.ts'

/** Everything that was sent in a conversation, by month: pictures and videos, and other files. Spec 50 §5. */
export function GalleryPane({ conversation }: { readonly conversation: string }): ReactNode {
  const text = useText()
  return (
    <div className={styles['pane']}>
      <Tabs
        label={text('attachments.gallery')}
        tabs={[
          { id: 'media', label: text('attachments.gallery.media'), content: <Media conversation={conversation} /> },
          {
            id: 'documents',
            label: text('attachments.gallery.documents'),
            content: <Documents conversation={conversation} />,
          },
        ]}
      />
    </div>
  )
}

function Media({ conversation }: { readonly conversation: string }): ReactNode {
  const text = useText()
  const gallery = useGallery(conversation, 'media')
  const { actions } = useAttachments()
  const { attachments } = gallery
  if (attachments?.length === 0) {
    return (
      <EmptyState icon={Images} title={text('attachments.gallery.no-media')}>
        {text('attachments.gallery.no-media.hint')}
      </EmptyState>
    )
  }
  return (
    <Months gallery={gallery}>
      {month => (
        <ul className={styles['tiles']}>
          {month.map(attachment => (
            <li key={attachment.id}>
              <MediaTile
                attachment={attachment}
                outgoing={false}
                isSmall
                style={{ aspectRatio: '1' }}
                onOpen={() => actions.open(attachments ?? [], attachments?.indexOf(attachment) ?? 0)}
              />
            </li>
          ))}
        </ul>
      )}
    </Months>
  )
}

function Documents({ conversation }: { readonly conversation: string }): ReactNode {
  const text = useText()
  const gallery = useGallery(conversation, 'documents')
  const formats = createFormats(text.language, Date.now)
  if (gallery.attachments?.length === 0) {
    return (
      <EmptyState icon={FileText} title={text('attachments.gallery.no-documents')}>
        {text('attachments.gallery.no-documents.hint')}
      </EmptyState>
    )
  }
  return (
    <Months gallery={gallery}>
      {month => (
        <ul className={styles['documents']}>
          {month.map(attachment => (
            <li key={attachment.id}>
              <DocumentRow attachment={attachment} outgoing={false} note={formats.full(attachment.sentAt)} />
            </li>
          ))}
        </ul>
      )}
    </Months>
  )
}

interface MonthsProps {
  readonly gallery: Gallery
  readonly children: (attachments: readonly AttachmentView[]) => ReactNode
}

function Months({ children, gallery }: MonthsProps): ReactNode {
  const text = useText()
  const month = new Intl.DateTimeFormat(text.language, { month: 'long', year: 'numeric' })
  return (
    <div className={styles['months']} aria-busy={gallery.attachments === undefined}>
      {groupByMonth(gallery.attachments ?? []).map(({ attachments, startsAt }) => (
        <section key={startsAt} className={styles['month']}>
          <h3 className={styles['heading']}>{month.format(startsAt)}</h3>
          {children(attachments)}
        </section>
      ))}
      {gallery.hasOlder && <Older onReach={gallery.older} />}
    </div>
  )
}

/** Asks for more by itself as soon as one gets there. */
function Older({ onReach }: { readonly onReach: () => void }): ReactNode {
  const text = useText()
  const [ref, isNear] = useNearView<HTMLDivElement>()
  useEffect(() => {
    if (isNear) onReach()
  }, [isNear, onReach])
  return (
    <div ref={ref} className={styles['older']}>
      <Button onPress={onReach}>{text('attachments.gallery.older')}</Button>
    </div>
  )
}
