import { useCallback } from 'react'
import { useText } from '../texts/index.ts'

/** Says what went wrong: by the code of the error, in the language of the app. */
export function useErrorText(): (error: unknown) => string {
  const text = useText()
  return useCallback(
    error => {
      const code = codeOf(error)
      const key = `error.${code}`
      if (code !== undefined && text.has(key)) return text(key)
      return sentenceOf(error) ?? text('error.unexpected')
    },
    [text],
  )
}

/** The stable code of an error that was made on purpose. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

function sentenceOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('sentence' in error)) return undefined
  return typeof error.sentence === 'string' ? error.sentence : undefined
}
