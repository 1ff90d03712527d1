import { Bookmark, Users } from 'lucide-react'
import { type ReactElement, type ReactNode, useMemo, useState } from 'react'
import { avatarHue, initials } from './avatar-look.ts'
import { useAvatarPicture } from './avatar-pictures.ts'
import styles from './avatar.module.css'
import { classes } from './classes.ts'

/** `id` gives the colour; it is decoration beside a name that is shown, unless `label` names it. Sizes in pixels at 100 %. */
export interface AvatarProps {
  readonly id: string
  readonly name?: string
  readonly size: 24 | 32 | 44 | 64 | 96 | 128
  readonly kind?: 'person' | 'self' | 'group'
  /** Address of a picture, shown in place of the initials; without it, that of a person from AvatarPicturesContext. */
  readonly picture?: string
  readonly label?: string
}

/** A picture, or what stands for it: initials in one of seven colours; groups have corners, the own notes a bookmark. */
export function Avatar({ id, name, size, kind = 'person', picture, label }: AvatarProps): ReactElement {
  const named = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
  const hue = useMemo(() => avatarHue(id), [id])
  const look = classes(styles['avatar'], styles[`size${size}`], styles[kind], styles[`hue${hue}`])
  const known = useAvatarPicture(id, kind === 'person' && picture === undefined)
  const [broken, setBroken] = useState<string>()
  const shown = picture ?? known
  return (
    <span className={look} {...named}>
      {shown === undefined || shown === broken ? (
        <Placeholder id={id} name={name} kind={kind} />
      ) : (
        <img src={shown} alt="" draggable={false} onError={() => setBroken(shown)} />
      )}
    </span>
  )
}

interface PlaceholderProps {
  readonly id: string
  readonly name: string | undefined
  readonly kind: 'person' | 'self' | 'group'
}

function Placeholder({ id, name, kind }: PlaceholderProps): ReactNode {
  if (kind === 'self') return <Bookmark width="46%" height="46%" strokeWidth={1.75} />
  if (kind === 'group' && (name ?? '').trim() === '') return <Users width="50%" height="50%" strokeWidth={1.75} />
  return initials(id, name)
}
