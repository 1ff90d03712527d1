import { type ReactElement, useState } from 'react'
import { CopyField, SearchField, Select, Slider, TextField } from '../ui/index.ts'
import { Columns, Part, Stack } from './part.tsx'
import { SAMPLE_ID } from './sample.ts'

const phrase = 'ability bakery cactus dagger eagle fabric gadget haggle icing jackets kangaroo lagoon macro'

/** Fields to type in, to choose from and to copy from. */
export function Fields(): ReactElement {
  return (
    <Part title="Fields">
      <Columns>
        <Typed />
        <Long />
        <Chosen />
      </Columns>
    </Part>
  )
}

function Typed(): ReactElement {
  const [name, setName] = useState('Mira')
  const [secret, setSecret] = useState('correct horse')
  const [query, setQuery] = useState('harbour')
  return (
    <Stack>
      <TextField label="Name" value={name} onChange={setName} description="Others see it in their messages." />
      <TextField
        label="Passphrase"
        value={secret}
        onChange={setSecret}
        isSecret
        error={secret === '' ? undefined : 'This is not the passphrase.'}
      />
      <TextField label="Off" value="Cannot be changed" onChange={setName} isDisabled />
      <SearchField label="Search" value={query} onChange={setQuery} />
      <SearchField label="Search messages" value="" onChange={setQuery} />
    </Stack>
  )
}

function Long(): ReactElement {
  const [note, setNote] = useState('Meet at the harbour.\nBring the blue folder.\nDon’t call.')
  const [id, setId] = useState(SAMPLE_ID)
  return (
    <Stack>
      <TextField label="Note" value={note} onChange={setNote} multiline dir="auto" />
      <TextField label="Account id" value={id} onChange={setId} mono dir="ltr" placeholder="05…" />
      <CopyField label="Your account id" value={SAMPLE_ID} mono />
      <CopyField label="Recovery phrase" value={phrase} mono lines={1} />
    </Stack>
  )
}

function Chosen(): ReactElement {
  const [after, setAfter] = useState<'hour' | 'day' | 'week'>('day')
  const [zoom, setZoom] = useState(110)
  const options = [
    { value: 'hour', label: 'One hour' },
    { value: 'day', label: 'One day', description: 'From the moment they are read' },
    { value: 'week', label: 'One week', isDisabled: true },
  ] as const
  return (
    <Stack>
      <Select label="Messages disappear after" options={options} value={after} onChange={setAfter} />
      <Slider label="Text size" min={50} max={200} step={10} value={zoom} valueText={`${zoom} %`} onChange={setZoom} />
      <Slider label="Off" min={0} max={10} value={4} onChange={setZoom} isDisabled />
    </Stack>
  )
}
