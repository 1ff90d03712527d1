import { type ReactNode } from 'react'
import { useText } from '../texts/index.ts'
import { Banner, Button, Dialog, useToasts } from '../ui/index.ts'
import { assessLink } from './assess-link.ts'
import styles from './link-dialog.module.css'

interface LinkDialogProps {
  /** As it stands in the text, and where it leads. */
  readonly link: { readonly text: string; readonly url: string }
  readonly onClose: () => void
}

/** The whole address before anything is asked of it, and what speaks against it. */
export function LinkDialog({ link, onClose }: LinkDialogProps): ReactNode {
  const text = useText()
  const toasts = useToasts()
  const { url } = link
  const host = URL.parse(url)?.host ?? url
  const doubts = assessLink(link.text, url)
  const isDoubtful = doubts.length > 0
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(url)
    toasts.show({ text: text('links.copied') })
    onClose()
  }
  const open = (): void => {
    globalThis.open(url, '_blank', 'noopener,noreferrer')
    onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={text(isDoubtful ? 'links.title.doubtful' : 'links.title')}
      actions={
        <>
          <Button variant="quiet" onPress={() => void copy()}>
            {text('links.copy')}
          </Button>
          <Button variant={isDoubtful ? 'danger' : 'primary'} onPress={open}>
            {text(isDoubtful ? 'links.open-anyway' : 'links.open')}
          </Button>
        </>
      }
    >
      <p className={styles['host']}>{text.rich('links.leads-to', { host: <bdi dir="ltr">{host}</bdi> })}</p>
      <p className={styles['url']} dir="ltr" aria-label={text('links.full')}>
        {url}
      </p>
      {doubts.map(doubt => (
        <Banner key={doubt} tone="caution">
          {text(`links.doubt.${doubt}`, { host })}
        </Banner>
      ))}
      <p className={styles['note']}>{text('links.note')}</p>
    </Dialog>
  )
}
