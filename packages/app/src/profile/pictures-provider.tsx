import { type ReactNode, useEffect, useState } from 'react'
import { type TypedClient } from '@sotto/client'
import { useAccount } from '../core/index.ts'
import { AvatarPicturesContext } from '../ui/index.ts'
import { AccountPictures } from './account-pictures.ts'

/** Gives avatars below it the pictures that people of this account have. */
export function PicturesProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { client } = useAccount()
  const [pictures, setPictures] = useState<AccountPictures>()
  useEffect(() => {
    const made = picturesOf(client)
    setPictures(made)
    return () => made.close()
  }, [client])
  return <AvatarPicturesContext value={pictures}>{children}</AvatarPicturesContext>
}

function picturesOf(client: TypedClient): AccountPictures {
  return new AccountPictures({
    watch: (accounts, onRows) =>
      client.watch('pictures.of', { accounts }, { onResult: onRows, onError: () => undefined }),
    load: async account => {
      const bytes = await client.command('pictures.read', { account })
      if (bytes === undefined) return undefined
      const { pictureUrl } = await import('./picture-url.ts')
      return pictureUrl(bytes)
    },
    revoke: url => URL.revokeObjectURL(url),
    soon: run => void setTimeout(run, 0),
  })
}
