import { type ReactNode, useState } from 'react'
import { LinkDialog } from '../links/index.ts'
import { useNavigation } from '../navigation/index.ts'
import { ForeignNetwork } from '../storage/index.ts'
import { useText } from '../texts/index.ts'
import { LinkButton, Section, SettingsRow } from '../ui/index.ts'
import { BuildSection } from './build-section.tsx'
import styles from './settings.module.css'

const promises = ['content', 'sender', 'address', 'disk'] as const
const limits = ['device', 'screen', 'traffic', 'people', 'gateway'] as const

/** What this program is, what it protects, and what it can't. Spec 50 §9.9. */
export function HelpPage(): ReactNode {
  const text = useText()
  const navigation = useNavigation()
  return (
    <>
      <ForeignNetwork />
      <Section>
        <SettingsRow
          label={text('settings.help.shortcuts')}
          onPress={() => navigation.showModal({ kind: 'shortcuts' })}
        />
        <SettingsRow label={text('settings.help.path')} onPress={() => navigation.showModal({ kind: 'path' })} />
      </Section>
      <Section title={text('settings.help.protects')} isPadded>
        <ul className={styles['points']}>
          {promises.map(each => (
            <li key={each}>{text(`settings.help.protects.${each}`)}</li>
          ))}
        </ul>
      </Section>
      <Section title={text('settings.help.cannot')} isPadded>
        <ul className={styles['points']}>
          {limits.map(each => (
            <li key={each}>{text(`settings.help.cannot.${each}`)}</li>
          ))}
        </ul>
      </Section>
      <BuildSection />
      <Licence />
    </>
  )
}

/** Shown before it is opened, like every other link. */
const licenceUrl = 'https://www.gnu.org/licenses/agpl-3.0.html'

function Licence(): ReactNode {
  const text = useText()
  const [asks, setAsks] = useState(false)
  const label = text('settings.help.licence.read')
  return (
    <p className={styles['note']}>
      {text('settings.help.licence')} <LinkButton onPress={() => setAsks(true)}>{label}</LinkButton>
      {asks && <LinkDialog link={{ text: label, url: licenceUrl }} onClose={() => setAsks(false)} />}
    </p>
  )
}
