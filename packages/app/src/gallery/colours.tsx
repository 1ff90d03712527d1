import type { ReactElement } from 'react'
import styles from './gallery.module.css'
import { Part, Row, Stack } from './part.tsx'

const grounds = ['ground', 'raised', 'sunken', 'accent-soft', 'bubble-own', 'caution-soft', 'danger-soft']
const inks = ['text', 'text-secondary', 'text-faint', 'accent', 'danger', 'caution-text', 'good-text']
const sizes = [34, 26, 20, 17, 15, 13, 12]

/** Every ink on every ground that carries text: what the contrast check looks at. */
export function Colours(): ReactElement {
  return (
    <Part title="Colours and type">
      {grounds.map(ground => (
        <Row key={ground}>
          {inks
            .filter(ink => !(ground === 'bubble-own' && ink === 'text-faint'))
            .map(ink => (
              <span
                key={ink}
                className={styles['swatch']}
                style={{ background: `var(--${ground})`, color: `var(--${ink})` }}
              >
                {ink} on {ground}
              </span>
            ))}
        </Row>
      ))}
      <Stack>
        {sizes.map(size => (
          <p key={size} style={{ fontSize: `var(--font-${size})`, lineHeight: size > 15 ? 1.2 : 1.45 }}>
            {size} · In a quiet voice, 0123456789
          </p>
        ))}
        <p lang="ar" dir="rtl">
          بصوت هادئ ١٢٣
        </p>
        <p lang="ja">静かな声で 123</p>
        <code>05f3a9 · JetBrains Mono 0O 1lI</code>
      </Stack>
    </Part>
  )
}
