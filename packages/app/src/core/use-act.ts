import { useCallback } from 'react'
import { useToasts } from '../ui/index.ts'
import { useErrorText } from './use-error-text.ts'

/** Carries out what a control stands for; if it fails, a toast says why. Whether it worked. */
export function useAct(): (work: () => Promise<unknown>) => Promise<boolean> {
  const toasts = useToasts()
  const errorText = useErrorText()
  return useCallback(
    async work => {
      try {
        await work()
        return true
      } catch (error) {
        toasts.show({ text: errorText(error), tone: 'danger' })
        return false
      }
    },
    [toasts, errorText],
  )
}
