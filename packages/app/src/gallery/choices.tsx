import { type ReactElement, useState } from 'react'
import { Checkbox, RadioGroup, SegmentedControl, Switch, Tabs } from '../ui/index.ts'
import { Columns, Part, Stack } from './part.tsx'

/** What is on or off, and one of several. */
export function Choices(): ReactElement {
  return (
    <Part title="Choices">
      <Columns>
        <Binary />
        <OneOfMany />
        <Views />
      </Columns>
    </Part>
  )
}

function Binary(): ReactElement {
  const [receipts, setReceipts] = useState(true)
  const [typing, setTyping] = useState(false)
  return (
    <Stack>
      <Switch
        label="Read receipts"
        description="Others see when you read their messages, and you see when they read yours."
        isSelected={receipts}
        onChange={setReceipts}
      />
      <Switch label="Typing" isSelected={typing} onChange={setTyping} />
      <Switch label="Off for good" isSelected onChange={setTyping} isDisabled />
      <Checkbox label="Delete from my devices too" isSelected={receipts} onChange={setReceipts} />
      <Checkbox
        label="Keep attachments"
        description="They stay in the folder that you chose."
        isSelected={typing}
        onChange={setTyping}
      />
      <Checkbox label="Not possible here" isSelected={false} onChange={setTyping} isDisabled />
    </Stack>
  )
}

function OneOfMany(): ReactElement {
  const [content, setContent] = useState<'all' | 'name' | 'count'>('name')
  return (
    <RadioGroup
      label="What notifications show"
      options={[
        { value: 'all', label: 'Name and text' },
        { value: 'name', label: 'Name only', description: 'The text stays in the app.' },
        { value: 'count', label: 'Only how many' },
      ]}
      value={content}
      onChange={setContent}
    />
  )
}

function Views(): ReactElement {
  const [view, setView] = useState<'all' | 'unread'>('all')
  return (
    <Stack>
      <SegmentedControl
        label="Conversations"
        options={[
          { value: 'all', label: 'All' },
          { value: 'unread', label: 'Unread' },
        ]}
        value={view}
        onChange={setView}
      />
      <Tabs
        label="Shared"
        tabs={[
          { id: 'media', label: 'Media', content: 'Pictures and films.' },
          { id: 'files', label: 'Files', content: 'Everything else.' },
          { id: 'links', label: 'Links', content: 'Addresses from messages.' },
        ]}
      />
    </Stack>
  )
}
