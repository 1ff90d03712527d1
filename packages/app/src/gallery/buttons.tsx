import { Bell, BellOff, MoreHorizontal, Phone, Plus, Search, Trash2 } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { Button, type ButtonVariant, Icon, IconButton, LinkButton } from '../ui/index.ts'
import { Part, Row } from './part.tsx'

const variants: readonly ButtonVariant[] = ['primary', 'secondary', 'quiet', 'danger']

/** Buttons of every kind, size and state. */
export function Buttons(): ReactElement {
  const [muted, setMuted] = useState(true)
  return (
    <Part title="Buttons">
      {variants.map(variant => (
        <Row key={variant}>
          <Button variant={variant}>{variant}</Button>
          <Button variant={variant} size="small">
            Small
          </Button>
          <Button variant={variant}>
            <Icon icon={Plus} size={18} />
            With icon
          </Button>
          <Button variant={variant} isPending>
            Pending
          </Button>
          <Button variant={variant} isDisabled>
            Disabled
          </Button>
        </Row>
      ))}
      <Row>
        <IconButton icon={Search} label="Search" />
        <IconButton icon={Phone} label="Call" isDisabled />
        <IconButton icon={muted ? BellOff : Bell} label="Mute" isSelected={muted} onPress={() => setMuted(!muted)} />
        <IconButton icon={Trash2} label="Delete" tone="danger" />
        <IconButton icon={MoreHorizontal} label="More" size="small" />
        <LinkButton>A link that acts</LinkButton>
        <LinkButton tone="danger">Delete this</LinkButton>
      </Row>
    </Part>
  )
}
