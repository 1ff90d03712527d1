import { Component, type ReactNode } from 'react'
import { useText } from '../texts/index.ts'
import { Button, Mark } from '../ui/index.ts'
import styles from './starting.module.css'

interface ErrorBoundaryProps {
  readonly children: ReactNode
}

/** Where a screen breaks, or could not be fetched: a sentence and a way on, not a blank page. What is kept is not touched. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true }
  }

  override render(): ReactNode {
    return this.state.isBroken ? <Broken /> : this.props.children
  }
}

function Broken(): ReactNode {
  const text = useText()
  return (
    <main className={styles['starting']}>
      <Mark size={48} />
      <h1>{text('app.broken.title')}</h1>
      <p role="alert">{text('app.broken.body')}</p>
      <Button variant="primary" onPress={() => location.reload()}>
        {text('app.broken.reload')}
      </Button>
    </main>
  )
}
