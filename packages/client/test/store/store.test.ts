import { expect, test } from 'vitest'
import { Store } from '../../src/store/store.ts'
import { openPlainDatabase } from '../support/plain-database.ts'

const open = (): Store => Store.open(openPlainDatabase(), 1)

const setSetting = (store: Store, name: string, value: string): void =>
  store.write(tx => {
    tx.run('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)', name, value)
  })

const setting = (store: Store, name: string): unknown =>
  store.read(reader => reader.get('SELECT value FROM settings WHERE name = ?', name)?.['value'])

test('keeps what a transaction wrote', () => {
  const store = open()
  setSetting(store, 'a', '1')
  expect(setting(store, 'a')).toBe('1')
})

test('undoes everything of a transaction that throws, and announces nothing', async () => {
  const store = open()
  const heard: string[] = []
  store.onChange(topics => heard.push(...topics))
  const failing = (): void =>
    store.write(tx => {
      tx.run("INSERT INTO settings (name, value) VALUES ('a', '1')")
      throw new Error('on purpose')
    })
  expect(failing).toThrow('on purpose')
  await Promise.resolve()
  expect(setting(store, 'a')).toBeUndefined()
  expect(heard).toEqual([])
})

test('announces the tables of several commits together, after them', async () => {
  const store = open()
  const heard: string[][] = []
  store.onChange(topics => heard.push([...topics].toSorted()))
  setSetting(store, 'a', '1')
  store.write(tx => tx.run("INSERT INTO journal VALUES (2, '', 'n', '1', 5)"))
  expect(heard).toEqual([])
  await Promise.resolve()
  expect(heard).toEqual([['journal', 'settings']])
})

test('announces nothing where nothing was changed', async () => {
  const store = open()
  const heard: string[] = []
  store.onChange(topics => heard.push(...topics))
  store.write(tx => tx.run("DELETE FROM settings WHERE name = 'none'"))
  await Promise.resolve()
  expect(heard).toEqual([])
})

test('tells which tables an answer is made from', () => {
  const { topics } = open().readTracked(reader => {
    reader.dependOn('typing')
    return reader.all('SELECT c.id FROM contacts AS c JOIN conversations AS v ON v.id = c.id')
  })
  expect([...topics].toSorted()).toEqual(['contacts', 'conversations', 'typing'])
})

test('refuses a transaction inside a transaction, and one that waits', () => {
  const store = open()
  const nested = (): void => store.write(() => store.write(() => undefined))
  expect(nested).toThrow('store.nested-transaction')
  const waiting = (): Promise<void> => store.write(async tx => void tx.run("INSERT INTO settings VALUES ('a', '1')"))
  expect(waiting).toThrow('store.asynchronous-transaction')
  expect(setting(store, 'a')).toBeUndefined()
})

test('is of no use when closed', () => {
  const store = open()
  store.close()
  expect(() => setting(store, 'a')).toThrow('store.closed')
  expect(() => store.write(() => 1)).toThrow('store.closed')
})
