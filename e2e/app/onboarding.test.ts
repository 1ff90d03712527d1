import { test } from 'vitest'
import { scenes } from './scenes.ts'

const { world } = scenes()

test('a new account leads to an empty list', async () => {
  const ada = await world().person('Ada')
  await ada.page.getByText('No conversations yet').waitFor()
})
