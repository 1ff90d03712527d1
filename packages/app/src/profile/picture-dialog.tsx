import { type ReactNode, useState } from 'react'
import { attachLimits } from '../attach/limits.ts'
import { useAccount, useAct } from '../core/index.ts'
import { maxZoom, wholeCrop } from '../pictures/index.ts'
import { useText } from '../texts/index.ts'
import { Button, Dialog, Slider, Spinner, useToasts } from '../ui/index.ts'
import { CropArea } from './crop-area.tsx'
import styles from './profile.module.css'
import { squareOf, useDecoded } from './square-picture.ts'

interface PictureDialogProps {
  readonly file: File
  readonly onClose: () => void
}

/** Which square of a picture is shown; what one sees is what others see. Spec 50 §9.1. */
export function PictureDialog({ file, onClose }: PictureDialogProps): ReactNode {
  const text = useText()
  const toasts = useToasts()
  const act = useAct()
  const { client } = useAccount()
  const decoded = useDecoded(file)
  const [crop, setCrop] = useState(wholeCrop)
  const [isSaving, setSaving] = useState(false)
  const save = async (): Promise<void> => {
    if (decoded.kind !== 'ready') return
    setSaving(true)
    const isDone = await act(async () => {
      const bytes = await squareOf(decoded.bitmap, crop)
      await client.command('pictures.set', { bytes })
    })
    setSaving(false)
    if (!isDone) return
    toasts.show({ text: text('picture.saved') })
    onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={text('picture.title')}
      isDismissable={!isSaving}
      actions={
        <>
          <Button variant="quiet" isDisabled={isSaving} onPress={onClose}>
            {text('ui.cancel')}
          </Button>
          <Button
            variant="primary"
            isDisabled={decoded.kind !== 'ready'}
            isPending={isSaving}
            onPress={() => void save()}
          >
            {text('picture.save')}
          </Button>
        </>
      }
    >
      <div className={styles['crop']}>
        {decoded.kind === 'reading' && <Spinner size={32} />}
        {decoded.kind === 'failed' && (
          <p role="alert">{text(`picture.${decoded.problem}`, { pixels: attachLimits.pixels / 1_000_000 })}</p>
        )}
        {decoded.kind === 'ready' && (
          <>
            <CropArea bitmap={decoded.bitmap} crop={crop} onChange={setCrop} />
            <p className={styles['hint']}>{text('picture.hint')}</p>
            <Slider
              label={text('picture.size')}
              value={crop.zoom}
              min={1}
              max={maxZoom}
              step={0.05}
              valueText={new Intl.NumberFormat(text.language, { style: 'percent' }).format(crop.zoom)}
              onChange={zoom => setCrop({ ...crop, zoom })}
            />
            <p className={styles['hint']}>{text('picture.about')}</p>
          </>
        )}
      </div>
    </Dialog>
  )
}
