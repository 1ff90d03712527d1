import { Ban, BellOff, Copy, MoreHorizontal, Pin, Reply, Smile, Timer, Trash2 } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import {
  Button,
  ConfirmDialog,
  ContextMenu,
  Dialog,
  IconButton,
  Menu,
  type MenuItem,
  Popover,
  TextField,
  Tooltip,
  useToasts,
} from '../ui/index.ts'
import styles from './gallery.module.css'
import { Part, Row } from './part.tsx'

/** What lies above the page for a while. */
export function Overlays(): ReactElement {
  const [presses, setPresses] = useState(0)
  return (
    <Part title="Above the page">
      <Row>
        <Dialogs />
        <Menus />
        <Popover trigger={<IconButton icon={Smile} label="Emoji" />} label="Emoji">
          A small panel beside its button.
        </Popover>
        <Tooltip text="A few words more">
          <Button>Tooltip</Button>
        </Tooltip>
        <Toasts />
      </Row>
      <ContextMenu items={useActions()}>
        <button type="button" className={styles['target']} onClick={() => setPresses(presses + 1)}>
          Right click, long press or Shift+F10: pressed {presses} times
        </button>
      </ContextMenu>
    </Part>
  )
}

function Dialogs(): ReactElement {
  const [open, setOpen] = useState<'none' | 'dialog' | 'confirm' | 'inner'>('none')
  const [name, setName] = useState('Harbour group')
  const close = (): void => setOpen('none')
  return (
    <>
      <Button onPress={() => setOpen('dialog')}>Dialog</Button>
      <Button onPress={() => setOpen('confirm')}>Confirm</Button>
      <Dialog
        isOpen={open === 'dialog' || open === 'inner'}
        onClose={close}
        title="Rename the group"
        actions={
          <>
            <Button variant="quiet" onPress={() => setOpen('inner')}>
              Delete the group
            </Button>
            <Button variant="primary" onPress={close}>
              Rename
            </Button>
          </>
        }
      >
        <p>Everyone in the group sees the new name.</p>
        <TextField label="Name" value={name} onChange={setName} autoFocus />
        <ConfirmDialog
          isOpen={open === 'inner'}
          onClose={() => setOpen('dialog')}
          title="Delete the group?"
          confirm={{ label: 'Delete for everyone', tone: 'danger', onPress: close }}
        >
          Its messages disappear from all devices.
        </ConfirmDialog>
      </Dialog>
      <ConfirmDialog
        isOpen={open === 'confirm'}
        onClose={close}
        title="Delete this message for everyone?"
        confirm={{ label: 'Delete for everyone', tone: 'danger', onPress: close }}
      >
        Whoever has read it already may still remember it.
      </ConfirmDialog>
    </>
  )
}

function Menus(): ReactElement {
  return <Menu trigger={<IconButton icon={MoreHorizontal} label="More" />} items={useActions()} />
}

function useActions(): readonly MenuItem[] {
  const [pinned, setPinned] = useState(true)
  const nothing = (): void => undefined
  return [
    { id: 'reply', label: 'Reply', icon: Reply, shortcut: 'R', onAction: nothing },
    { id: 'copy', label: 'Copy text', icon: Copy, onAction: nothing },
    { id: 'pin', label: 'Pinned', icon: Pin, isSelected: pinned, onAction: () => setPinned(!pinned) },
    {
      id: 'mute',
      label: 'Mute',
      icon: BellOff,
      items: [
        { id: 'hour', label: 'For an hour', onAction: nothing },
        { id: 'always', label: 'Until I turn it on', onAction: nothing },
      ],
    },
    { id: 'timer', label: 'Disappearing messages', icon: Timer, isDisabled: true, onAction: nothing },
    { separator: true },
    { id: 'block', label: 'Block', description: 'They cannot write to you.', icon: Ban, onAction: nothing },
    { id: 'delete', label: 'Delete', icon: Trash2, tone: 'danger', onAction: nothing },
  ]
}

function Toasts(): ReactElement {
  const { show } = useToasts()
  return (
    <>
      <Button onPress={() => show({ text: 'Copied' })}>Toast</Button>
      <Button
        onPress={() => show({ text: 'Conversation deleted', action: { label: 'Undo', onPress: () => undefined } })}
      >
        Toast with a way back
      </Button>
      <Button onPress={() => show({ text: 'Not saved. The disk is full.', tone: 'danger' })}>Toast of a failure</Button>
    </>
  )
}
