import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect } from 'vitest'
import { type AppPerson } from './app-person.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Finding {
  readonly id: string
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[]
}

/** The rules of axe that look at colours, of those that are on: themes differ in nothing else. */
export const colourRules = ['color-contrast', 'link-in-text-block']

/** What is wrong with what is shown now, in short; empty if nothing is. */
async function findings({ page }: AppPerson, options: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axe)
  const asked = JSON.stringify({ ...options, resultTypes: ['violations'] })
  const violations: unknown = await page.evaluate(
    // What widgets say to screen readers is a picture without a name for a moment; that part is not ours, and nobody sees it.
    `axe.run({ exclude: ["[data-live-announcer] [role=img]"] }, ${asked}).then(result => result.violations)`,
  )
  return (violations as readonly Finding[]).map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ target, failureSummary }) => `${String(target)} ${failureSummary ?? ''}`).join('; ')}`,
  )
}

/** Has axe look at what is shown, in light and at its colours in dark, where all else is the same: nothing is wrong. */
export async function expectClean(person: AppPerson, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await person.page.emulateMedia({ colorScheme })
    await person.page.waitForFunction(theme => document.documentElement.dataset['theme'] === theme, colorScheme)
    const options = colorScheme === 'light' ? {} : { runOnly: colourRules }
    expect(await findings(person, options), `${what}, ${colorScheme}`).toEqual([])
  }
}
