import { Bell, Info, LogOut, Palette, Phone, ShieldCheck } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import {
  Avatar,
  Badge,
  Button,
  ContextMenu,
  Dot,
  IconButton,
  ListRow,
  Pane,
  PaneHeader,
  Section,
  SettingsRow,
  Switch,
  TimerGlyph,
} from '../ui/index.ts'
import styles from './gallery.module.css'
import { Columns, Part, Stack } from './part.tsx'

const people = [
  { id: '05a1', name: 'Mira Lindqvist', time: '14:05', text: 'The blue folder is on the table.', unread: 3 },
  { id: '05b2', name: 'Harbour group', time: '13:50', text: 'Jonas: who has the keys?', unread: 1200 },
  { id: '05c4', name: 'سلمى الخطيب', time: 'Tue', text: 'أراك غدًا في المقهى', unread: 0 },
  { id: '05d3', name: '森 涼子', time: '3 May', text: 'また明日', unread: 0 },
] as const

/** Rows, panes and settings. */
export function Lists(): ReactElement {
  return (
    <Part title="Lists and panes">
      <Columns>
        <Conversations />
        <Conversation />
        <Settings />
      </Columns>
    </Part>
  )
}

function Conversations(): ReactElement {
  const [open, setOpen] = useState('05b2')
  return (
    <div className={styles['frame']}>
      <Pane header={<PaneHeader title="Messages" level={2} actions={<IconButton icon={Info} label="About" />} />}>
        <ul className={styles['list']}>
          {people.map(({ id, name, time, text, unread }) => (
            <li key={id}>
              <ContextMenu items={[{ id: 'open', label: 'Open', onAction: () => setOpen(id) }]} label={name}>
                <ListRow
                  leading={<Avatar id={id} name={name} size={44} kind={id === '05b2' ? 'group' : 'person'} />}
                  title={name}
                  meta={time}
                  subtitle={text}
                  trailing={<Badge count={unread} label={`${unread} unread`} />}
                  strong={unread > 0}
                  selected={open === id}
                  onPress={() => setOpen(id)}
                />
              </ContextMenu>
            </li>
          ))}
        </ul>
      </Pane>
    </div>
  )
}

function Conversation(): ReactElement {
  return (
    <div className={styles['frame']}>
      <Pane
        header={
          <PaneHeader
            title="Mira Lindqvist"
            subtitle="Read receipts on"
            onBack={() => undefined}
            start={<Avatar id="05a1" name="Mira Lindqvist" size={32} />}
            titleAction={{ label: 'Details', onPress: () => undefined }}
            actions={<IconButton icon={Phone} label="Call" />}
          />
        }
        footer={<div className={styles['composing']}>A footer that stays</div>}
        tone="sunken"
      >
        <div className={styles['list']}>
          <ListRow
            title="A row that only shows"
            subtitle="Disappears in an hour"
            trailing={<TimerGlyph progress={0.6} label="7 of 12" />}
          />
        </div>
      </Pane>
    </div>
  )
}

function Settings(): ReactElement {
  const [on, setOn] = useState(true)
  const nothing = (): void => undefined
  const toggle = <Switch label="Notifications" labelHidden isSelected={on} onChange={setOn} />
  return (
    <Stack>
      <Section title="This device" footnote="Settings of this device stay on it.">
        <SettingsRow icon={Palette} label="Appearance" value="Dark" onPress={nothing} />
        <SettingsRow icon={Bell} label="Notifications" description="While the app is open" control={toggle} />
        <SettingsRow icon={ShieldCheck} label="Passphrase" value={<Dot tone="good" label="on" />} onPress={nothing} />
        <SettingsRow icon={LogOut} label="Remove from this device" tone="danger" onPress={nothing} />
      </Section>
      <Section isPadded>
        <p>A card with other content.</p>
        <Button isWide>Wide</Button>
      </Section>
    </Stack>
  )
}
