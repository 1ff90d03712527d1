import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useFileChoice } from '../attach/index.ts'
import { useAccount, useAct, useQuery } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { Avatar, Button, useToasts } from '../ui/index.ts'
import styles from './profile.module.css'

const PictureDialog = lazy(async () => ({ default: (await import('./picture-dialog.tsx')).PictureDialog }))

const accepted = 'image/png,image/jpeg,image/webp,image/gif'

/** The own picture, which can be chosen and removed. Spec 50 §9.1. */
export function OwnPicture({ name }: { readonly name: string | undefined }): ReactNode {
  const text = useText()
  const toasts = useToasts()
  const act = useAct()
  const { accountId, client } = useAccount()
  const rows = useQuery('pictures.of', { accounts: [accountId] })
  const [chosen, setChosen] = useState<File>()
  const choice = useFileChoice(([file]) => setChosen(file), accepted)
  const has = rows?.some(({ file }) => file !== undefined) ?? false
  const remove = async (): Promise<void> => {
    const before = await client.command('pictures.read', { account: accountId })
    await client.command('pictures.clear')
    const undo = before && {
      label: text('picture.undo'),
      onPress: () => void act(async () => client.command('pictures.set', { bytes: before })),
    }
    toasts.show({ text: text('picture.removed'), ...(undo === undefined ? {} : { action: undo }) })
  }
  return (
    <div className={styles['own']}>
      <Avatar id={accountId} size={96} {...(name === undefined ? {} : { name })} />
      <div className={styles['buttons']}>
        <Button size="small" onPress={choice.open}>
          {text(has ? 'picture.change' : 'picture.choose')}
        </Button>
        {has && (
          <Button size="small" variant="quiet" onPress={() => void act(remove)}>
            {text('picture.remove')}
          </Button>
        )}
      </div>
      {chosen !== undefined && (
        <Suspense fallback={null}>
          <PictureDialog file={chosen} onClose={() => setChosen(undefined)} />
        </Suspense>
      )}
    </div>
  )
}
