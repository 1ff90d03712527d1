import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect } from 'vitest'
import { type AppPerson } from './app-person.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Finding {
  readonly id: string
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[]
}

/** What is wrong with what is shown now, in short; empty if nothing is. */
async function findings(person: AppPerson): Promise<readonly string[]> {
  await person.page.evaluate(axe)
  const violations: unknown = await person.page.evaluate(
    // What widgets say to screen readers is a picture without a name for a moment; that part is not ours, and nobody sees it.
    'axe.run({ exclude: ["[data-live-announcer] [role=img]"] }, { resultTypes: ["violations"] }).then(result => result.violations)',
  )
  return (violations as readonly Finding[]).map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ target, failureSummary }) => `${String(target)} ${failureSummary ?? ''}`).join('; ')}`,
  )
}

/** Has axe look at what is shown, in light and in dark: nothing is wrong with it. */
export async function expectClean(person: AppPerson, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await person.page.emulateMedia({ colorScheme })
    await person.page.waitForFunction(theme => document.documentElement.dataset['theme'] === theme, colorScheme)
    expect(await findings(person), `${what}, ${colorScheme}`).toEqual([])
  }
}
