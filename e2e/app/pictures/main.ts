import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type AppPerson, t } from '../app-person.ts'
import { AppWorld } from '../app-world.ts'
import { projectRoot } from '../../../scripts/root.ts'
import { talks, type Talk } from './talks.ts'

/** `npm run screenshots`: takes the pictures of the README from the real app, with people on a real network. */
const folder = join(projectRoot, 'docs/pictures')

async function take(person: AppPerson, name: string): Promise<void> {
  await person.page.evaluate(async () => document.fonts.ready)
  await person.page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
}

/** Somebody writes to Ada, who answers; each line begins with who says it. */
async function talk(ada: AppPerson, other: AppPerson, { name, lines }: Talk): Promise<void> {
  const [first = '', ...rest] = lines
  await other.write(ada.id, first.slice(2))
  await ada.openRequest(name)
  for (const line of rest) {
    const [from, to] = line.startsWith('A') ? [ada, other] : [other, ada]
    // What stands between signs is shown without them.
    const shown = line.slice(2).replaceAll('*', '')
    await from.say(line.slice(2), shown)
    await to.sees(shown)
  }
}

const world = await AppWorld.start({ isWhole: true })
try {
  mkdirSync(folder, { recursive: true })
  const sharp = { context: { deviceScaleFactor: 2 } }
  const ada = await world.person('Ada', sharp)
  let last: AppPerson | undefined
  for (const each of talks) {
    last = await world.person(each.name, { ...sharp, isPhone: each === talks.at(-1) })
    await talk(ada, last, each)
  }
  await ada.message('lanterns').click({ button: 'right' })
  await ada.page.getByRole('button', { name: t('messages.react.with', { emoji: '🥰' }) }).click()
  await ada.page.mouse.move(5, 400)
  await take(ada, 'desktop')
  if (last !== undefined) await take(last, 'phone')
  await ada.page.getByRole('button', { name: /^Connection/ }).click()
  await ada.page.getByText(t('path.swarm')).first().waitFor()
  await take(ada, 'path')
  await ada.page.keyboard.press('Escape')
  await ada.page.emulateMedia({ colorScheme: 'dark' })
  await take(ada, 'desktop-dark')
} finally {
  await world.stop()
}
