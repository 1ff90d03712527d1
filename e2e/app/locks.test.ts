import { expect, test } from 'vitest'
import { type AppPerson, soon, t } from './app-person.ts'
import { scenes } from './scenes.ts'

const { world } = scenes()
const passphrase = 'seven wild strawberries'

async function unlocks(person: AppPerson, typed = passphrase): Promise<void> {
  await person.field('lock.passphrase').fill(typed)
  await person.page.getByRole('button', { name: new RegExp(`^(?:${t('lock.open')}|${t('lock.try-again')})$`) }).click()
}

async function locksNow(person: AppPerson): Promise<void> {
  await person.page.getByRole('button', { name: t('accounts.button', { name: 'Ada' }) }).click()
  await person.page.getByRole('menuitem', { name: t('accounts.lock') }).click()
  await person.field('lock.passphrase').waitFor()
}

test('an account with a passphrase is closed after the page is loaded, and opens with it', async () => {
  const ada = await world().person('Ada', { passphrase })
  await ada.page.reload()
  await unlocks(ada)
  await ada.pane('conversations.title').waitFor()
})

test('a wrong passphrase opens nothing, and after three the device can be cleared', async () => {
  const ada = await world().person('Ada', { passphrase })
  await locksNow(ada)
  for (let tries = 0; tries < 3; tries++) {
    await unlocks(ada, 'wrong')
    await ada.page.getByText(t('lock.wrong')).first().waitFor()
  }
  await ada.press('lock.forgotten')
  await ada.page
    .getByRole('alertdialog')
    .getByRole('button', { name: t('lock.remove.confirm') })
    .click()
  await ada.button('onboarding.create').waitFor()
})

test('locking in one tab locks the other one', async () => {
  const ada = await world().person('Ada', { passphrase })
  const first = ada.page
  await ada.newTab()
  await ada.pane('conversations.title').waitFor()
  await locksNow(ada)
  await first.getByLabel(t('lock.passphrase'), { exact: true }).waitFor()
  expect(await first.getByRole('region', { name: t('conversations.title') }).count()).toBe(0)
})

test('what is kept of a locked account is unreadable', async () => {
  const [ada, bob] = await world().friends({ passphrase })
  await bob.say('canary wombat')
  await ada.sees('canary wombat')
  await locksNow(ada)
  const found = await ada.page.evaluate(
    async texts => {
      const hits: string[] = []
      const look = (where: string, bytes: Uint8Array): void => {
        const shown = new TextDecoder('latin1').decode(bytes)
        for (const text of texts) if (shown.includes(text)) hits.push(`${where} ${text}`)
      }
      const walk = async (folder: FileSystemDirectoryHandle): Promise<void> => {
        for await (const [name, handle] of folder.entries()) {
          if (handle instanceof FileSystemDirectoryHandle) await walk(handle)
          else look(name, new Uint8Array(await (await handle.getFile()).arrayBuffer()))
        }
      }
      await walk(await navigator.storage.getDirectory())
      const kept = JSON.stringify([
        Object.entries(localStorage),
        Object.entries(sessionStorage),
        history.state,
        location.href,
        document.title,
      ])
      look('page', new TextEncoder().encode(kept + document.documentElement.outerHTML))
      return hits
    },
    ['canary', bob.id, ada.id, 'Hello Bob'],
  )
  expect(found).toEqual([])
})

test('two accounts live side by side and know nothing of each other', async () => {
  const ada = await world().person('Ada')
  await ada.write(ada.id, 'only for Ada')
  await ada.page.getByRole('button', { name: t('accounts.button', { name: 'Ada' }) }).click()
  await ada.page.getByRole('menuitem', { name: t('accounts.add') }).click()
  await ada.createAccount('Ada at work')
  expect(await ada.page.getByText('only for Ada').count()).toBe(0)
  await ada.page.getByRole('button', { name: t('accounts.button', { name: 'Ada at work' }) }).click()
  await ada.page.getByRole('menuitem', { name: t('accounts.switch') }).click()
  await ada.page.getByRole('dialog').getByText('Ada', { exact: true }).click()
  await ada.row(t('conversations.self')).waitFor()
})

test('a passphrase is set, asked for, and taken away again', async () => {
  const ada = await world().person('Ada')
  await ada.settings('settings.page.privacy')
  await ada.press('settings.passphrase.set')
  await ada.field('lock.new').fill(passphrase)
  await ada.field('lock.repeat').fill(passphrase)
  await ada.page
    .getByRole('button', { name: t('settings.passphrase.set'), exact: true })
    .last()
    .click()
  await ada.page.getByText(t('settings.passphrase.set.done')).first().waitFor()
  await ada.page.reload()
  await unlocks(ada)
  await ada.settings('settings.page.privacy')
  await ada.press('settings.passphrase.remove')
  await ada.field('settings.passphrase.current').fill(passphrase)
  await ada.page
    .getByRole('button', { name: t('settings.passphrase.remove'), exact: true })
    .last()
    .click()
  await ada.page.getByText(t('settings.passphrase.remove.done')).first().waitFor()
  await ada.page.reload()
  await ada.pane('conversations.title').waitFor()
  await expect.poll(async () => ada.field('lock.passphrase').count(), soon).toBe(0)
})
