import { X } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useLayout, useNavigation } from '../navigation/index.ts'
import { useText } from '../texts/index.ts'
import { IconButton, Pane, PaneHeader } from '../ui/index.ts'

interface DetailsFrameProps {
  readonly title: string
  readonly children: ReactNode
  /** Above what scrolls. */
  readonly top?: ReactNode
}

/** The pane itself: Escape closes it. */
export function DetailsFrame({ children, title, top }: DetailsFrameProps): ReactNode {
  const text = useText()
  const layout = useLayout()
  const { closeDetails } = useNavigation()
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isAbove = document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') !== null
      if (event.key !== 'Escape' || event.defaultPrevented || isAbove) return
      event.preventDefault()
      closeDetails()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [closeDetails])
  const isNarrow = layout === 'narrow'
  return (
    <Pane
      label={title}
      role="region"
      header={
        <>
          <PaneHeader
            title={title}
            level={2}
            {...(isNarrow ? { onBack: closeDetails } : {})}
            {...(isNarrow
              ? {}
              : { actions: <IconButton icon={X} label={text('details.close')} onPress={closeDetails} /> })}
          />
          {top}
        </>
      }
    >
      {children}
    </Pane>
  )
}
