import { type ReactNode, useState } from 'react'
import { useAct, useHome, useHomeQuery } from '../core/index.ts'
import { restartTabs } from './restart-tabs.ts'
import { useText } from '../texts/index.ts'
import { Banner, Button, ConfirmDialog } from '../ui/index.ts'

/** The gateway speaks for another network than the one that is known: nothing is done unless somebody says so. */
export function ForeignNetwork(): ReactNode {
  const text = useText()
  const home = useHome()
  const act = useAct()
  const [asks, setAsks] = useState(false)
  const status = useHomeQuery('home.status')
  const forget = async (): Promise<void> => {
    // What is known stays in use until the next start.
    if (await act(async () => home.forgetNetwork())) restartTabs()
  }
  if (status?.network !== 'foreign-key' && !asks) return null
  return (
    <>
      <Banner
        tone="danger"
        action={
          <Button size="small" onPress={() => setAsks(true)}>
            {text('storage.foreign.forget')}
          </Button>
        }
      >
        <strong>{text('storage.foreign.title')}</strong>
        <p>{text('storage.foreign.body')}</p>
      </Banner>
      <ConfirmDialog
        isOpen={asks}
        onClose={() => setAsks(false)}
        title={text('storage.foreign.ask')}
        confirm={{ label: text('storage.foreign.forget'), tone: 'danger', onPress: forget }}
      >
        {text('storage.foreign.ask.body')}
      </ConfirmDialog>
    </>
  )
}
