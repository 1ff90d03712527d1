import type { ReactElement, ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components/Tabs'
import styles from './tabs.module.css'

/** Without `selected` it keeps its own. `label` is read out, not shown. */
export interface TabsProps {
  readonly label: string
  readonly tabs: readonly { readonly id: string; readonly label: string; readonly content: ReactNode }[]
  readonly selected?: string
  readonly onChange?: (id: string) => void
}

/** Several views of one thing in one place. */
export function Tabs({ label, tabs, selected, onChange }: TabsProps): ReactElement {
  return (
    <AriaTabs
      className={styles['tabs'] ?? ''}
      {...(selected === undefined ? {} : { selectedKey: selected })}
      {...(onChange === undefined ? {} : { onSelectionChange: key => onChange(String(key)) })}
    >
      <TabList className={styles['list'] ?? ''} aria-label={label}>
        {tabs.map(tab => (
          <Tab key={tab.id} id={tab.id} className={styles['tab'] ?? ''}>
            {tab.label}
          </Tab>
        ))}
      </TabList>
      {tabs.map(tab => (
        <TabPanel key={tab.id} id={tab.id} className={styles['panel'] ?? ''}>
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
