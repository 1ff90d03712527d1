import { Inbox } from 'lucide-react'
import type { ReactElement } from 'react'
import { Banner, Button, EmptyState, ProgressBar, Skeleton, Spinner } from '../ui/index.ts'
import { Columns, Part, Stack } from './part.tsx'

/** Waiting, nothing, and things that last. */
export function States(): ReactElement {
  return (
    <Part title="States">
      <Stack>
        <Banner tone="info" action={<Button size="small">Update now</Button>} onClose={() => undefined}>
          A new version is ready.
        </Banner>
        <Banner tone="caution">Not sent yet. Your message is saved and goes out when you are online.</Banner>
        <Banner tone="danger" action={<Button size="small">Try again</Button>}>
          This account cannot be opened: another tab has it.
        </Banner>
      </Stack>
      <Columns>
        <EmptyState icon={Inbox} title="No message requests" action={<Button>Invite someone</Button>}>
          When someone writes to you for the first time, you find it here.
        </EmptyState>
        <Stack>
          <Spinner label="Searching" />
          <ProgressBar label="Sending photo.jpg" value={0.4} valueText="3.2 of 8 MB" />
          <ProgressBar label="Building a path" />
        </Stack>
        <Stack>
          <Skeleton shape="circle" />
          <Skeleton width="60%" />
          <Skeleton width="80%" />
          <Skeleton shape="block" />
        </Stack>
      </Columns>
    </Part>
  )
}
