import { DatabaseError, openDatabase } from '@sotto/server'

/** Writes until the system refuses, and tells which error came of it. */
const database = openDatabase(process.argv[2] ?? '', {
  migrations: ['CREATE TABLE items (id INTEGER PRIMARY KEY, data BLOB) STRICT'],
  synchronous: 'full',
})
try {
  for (let id = 0; id < 100; id++) {
    database.prepare('INSERT INTO items (id, data) VALUES (?, ?)').run([id, new Uint8Array(100_000)])
  }
} catch (error) {
  if (error instanceof DatabaseError) console.log(error.message)
}
