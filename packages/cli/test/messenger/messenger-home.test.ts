import { expect, test } from 'vitest'
import { messengerHome } from '../../src/messenger/messenger-home.ts'

const linux = { system: 'linux', home: '/home/ada' }

test.for([
  ['/given', { SOTTO_HOME: '/env' }, linux, '/given'],
  [undefined, { SOTTO_HOME: '/env', XDG_DATA_HOME: '/xdg' }, linux, '/env'],
  [undefined, { SOTTO_HOME: '', XDG_DATA_HOME: '/xdg' }, linux, '/xdg/sotto'],
  [undefined, {}, linux, '/home/ada/.local/share/sotto'],
  ['', {}, { system: 'darwin', home: '/Users/ada' }, '/Users/ada/Library/Application Support/Sotto'],
] as const)('%j, %j on %j: %s', ([given, env, where, home]) => {
  expect(messengerHome(given, env, where)).toBe(home)
})
