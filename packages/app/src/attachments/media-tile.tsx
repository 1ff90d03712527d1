import { Video } from 'lucide-react'
import { type CSSProperties, type ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { type AttachmentView } from '@sotto/client'
import { useText } from '../texts/index.ts'
import { Icon, VisuallyHidden } from '../ui/index.ts'
import { MediaContent } from './media-content.tsx'
import styles from './media-tile.module.css'
import { mayBeHere, offerOf } from './offer.ts'
import { FailureSign, StateControl } from './state-control.tsx'
import { unlessMenu } from './unless-menu.ts'
import { useNearView } from './use-near-view.ts'
import { useStateWords } from './use-state-words.ts'

interface MediaTileProps {
  readonly attachment: AttachmentView
  /** Whether its message is the user's own. */
  readonly outgoing: boolean
  readonly onOpen: () => void
  /** How many more there are, which stands on it. */
  readonly more?: number
  /** There is no room for words. */
  readonly isSmall?: boolean
  readonly style?: CSSProperties
}

/** A picture or a video: itself as soon as it is here, before that what is true of it. */
export function MediaTile(props: MediaTileProps): ReactNode {
  const { attachment, isSmall = false, more = 0, onOpen, outgoing, style } = props
  const text = useText()
  const [ref, isNear] = useNearView<HTMLDivElement>()
  const { kind, name, state } = attachment
  const offer = offerOf(state, outgoing)
  const isHere = mayBeHere(state, outgoing)
  const open = text(kind === 'video' ? 'attachments.open.video' : 'attachments.open.image', { name })
  return (
    <div ref={ref} className={styles['tile']} style={style} data-state={state}>
      <MediaContent attachment={attachment} isHere={isHere} isNear={isNear} isSmall={isSmall} />
      {(isHere || more > 0) && (
        <Button
          className={styles['open'] ?? ''}
          aria-label={more > 0 ? text('attachments.more', { count: more }) : open}
          onPress={unlessMenu(onOpen)}
        >
          {more > 0 && (
            <span className={styles['more']} dir="ltr">
              +{new Intl.NumberFormat(text.language).format(more)}
            </span>
          )}
        </Button>
      )}
      {offer !== undefined && more === 0 && (
        <TileState attachment={attachment} offer={offer} isSmall={isSmall} isShown={isHere} />
      )}
    </div>
  )
}

interface TileStateProps {
  readonly attachment: AttachmentView
  readonly offer: NonNullable<ReturnType<typeof offerOf>>
  readonly isSmall: boolean
  /** Whether the picture is seen below. */
  readonly isShown: boolean
}

function TileState({ attachment, isShown, isSmall, offer }: TileStateProps): ReactNode {
  const words = useStateWords(attachment, offer)
  const { heard, share, size, state, why } = words
  // Of a film that nobody has seen here its name is all that one can go by: pointers have no small pictures.
  const isNamed = attachment.kind === 'video' && !attachment.hasThumbnail && !isShown && !isSmall
  return (
    <div className={styles['state']} data-shown={isShown || undefined} data-small={isSmall || undefined}>
      <StateControl attachment={attachment} offer={offer} words={words} />
      {isNamed && (
        <span className={styles['name']} title={attachment.name}>
          <Icon icon={Video} size={16} />
          <bdi>{attachment.name}</bdi>
        </span>
      )}
      <p className={styles['words']} role="status">
        <span className={styles['line']}>
          <FailureSign sign={offer.sign} />
          {state}
        </span>
        {why === undefined ? (
          size !== undefined && <span aria-hidden={share !== undefined}>{size}</span>
        ) : (
          <span className={styles['why']}>{why}</span>
        )}
        {heard !== undefined && <VisuallyHidden>{heard}</VisuallyHidden>}
      </p>
    </div>
  )
}
