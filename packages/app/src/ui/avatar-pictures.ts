import { createContext, useCallback, useContext, useSyncExternalStore } from 'react'

/** Where avatars find pictures: addresses by the id that gives an avatar its colour. */
export interface AvatarPictures {
  /** `undefined` while there is none. */
  readonly peek: (id: string) => string | undefined
  /** Follows the picture of an id; returns what ends it. */
  readonly subscribe: (id: string, listener: () => void) => () => void
}

/** Without one, avatars are drawn. */
export const AvatarPicturesContext = createContext<AvatarPictures | undefined>(undefined)

/** The address of the picture of an id. */
export function useAvatarPicture(id: string, isWanted: boolean): string | undefined {
  const found = useContext(AvatarPicturesContext)
  const pictures = isWanted ? found : undefined
  const subscribe = useCallback(
    (listener: () => void) => pictures?.subscribe(id, listener) ?? (() => undefined),
    [pictures, id],
  )
  return useSyncExternalStore(subscribe, () => pictures?.peek(id))
}
