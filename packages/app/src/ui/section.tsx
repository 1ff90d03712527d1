import { type ReactElement, type ReactNode, useId } from 'react'
import { classes } from './classes.ts'
import styles from './section.module.css'

/** Rows that belong together, with a title above and perhaps a sentence below. */
export interface SectionProps {
  readonly title?: string
  readonly footnote?: ReactNode
  /** Space around what is inside, for content other than rows. */
  readonly isPadded?: boolean
  readonly children: ReactNode
}

/** A card of rows. */
export function Section({ title, footnote, isPadded = false, children }: SectionProps): ReactElement {
  const id = useId()
  return (
    <section className={styles['section']} {...(title === undefined ? {} : { 'aria-labelledby': id })}>
      {title !== undefined && (
        <h2 className={styles['title']} id={id}>
          {title}
        </h2>
      )}
      <div className={classes(styles['card'], isPadded && styles['padded'])}>{children}</div>
      {footnote !== undefined && <div className={styles['footnote']}>{footnote}</div>}
    </section>
  )
}
