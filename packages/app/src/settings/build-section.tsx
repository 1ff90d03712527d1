import { type ReactNode, useEffect, useState } from 'react'
import { useText } from '../texts/index.ts'
import { CopyField, Section, SettingsRow } from '../ui/index.ts'
import { type BuildInfo, buildInfo } from '../updates/index.ts'
import styles from './settings.module.css'

/** Which build of the app this is, and who vouches for it. */
export function BuildSection(): ReactNode {
  const text = useText()
  const info = useBuildInfo()
  if (info === undefined) {
    return (
      <Section title={text('settings.build')}>
        <SettingsRow
          label={text('settings.build.unsigned')}
          description={text('settings.build.unsigned.description')}
        />
      </Section>
    )
  }
  const { version, local, signedAt, fingerprint, pinned } = info
  const date = new Intl.DateTimeFormat(text.language, { dateStyle: 'medium', timeStyle: 'short' }).format(signedAt)
  const source = text(local ? 'settings.build.local' : 'settings.build.released')
  return (
    <Section
      title={text('settings.build')}
      footnote={text(pinned ? 'settings.build.pinned' : 'settings.build.not-pinned')}
    >
      <SettingsRow label={text('settings.build.version')} value={<bdi>{version}</bdi>} description={source} />
      <SettingsRow label={text('settings.build.signed')} value={date} />
      <SettingsRow label={text('settings.build.key')} description={text('settings.build.key.description')} />
      <div className={styles['inset']}>
        <CopyField value={fingerprint} label={text('settings.build.key')} labelHidden mono lines={2} />
      </div>
    </Section>
  )
}

function useBuildInfo(): BuildInfo | undefined {
  const [info, setInfo] = useState<BuildInfo>()
  useEffect(() => {
    let isCurrent = true
    const ask = async (): Promise<void> => {
      const found = await buildInfo().catch(() => undefined)
      if (isCurrent) setInfo(found)
    }
    void ask()
    return () => {
      isCurrent = false
    }
  }, [])
  return info
}
