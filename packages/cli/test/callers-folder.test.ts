import { expect, test } from 'vitest'
import { callersFolder } from '../src/callers-folder.ts'

test('npm run sotto means paths from where it was typed', () => {
  expect(callersFolder({ npm_lifecycle_event: 'sotto', INIT_CWD: '/home/ada' }, '/sotto')).toBe('/home/ada')
})

test('a script of another project means paths from where it works', () => {
  expect(callersFolder({ npm_lifecycle_event: 'build', INIT_CWD: '/home/ada' }, '/project')).toBe('/project')
  expect(callersFolder({}, '/home/ada')).toBe('/home/ada')
})
