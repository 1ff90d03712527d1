import { type EngineContext } from '../engine/context.ts'
import { contentBeside } from '../messages/intake.ts'
import { messageOfRow } from '../messages/rows.ts'
import { type Tx } from '../store/store.ts'
import { tryDecode } from '../unsupported/parts.ts'
import { keepPointers } from './receive.ts'

/** Stands beside the settings: that what came before this version knew files was looked through. */
const MARK = 'attachments-taken-up'
/** The newest ones: the files of older ones are gone from their servers. */
const MAX_MESSAGES = 2000

/** Takes up the files of messages that an older version kept without them; once. */
export function takeUpOlder(tx: Tx, context: EngineContext): void {
  if (tx.get('SELECT 1 FROM settings WHERE name = ?', MARK) !== undefined) return
  const sql = `SELECT * FROM messages WHERE kind = 'text' AND content IS NOT NULL AND deleted = 'no' ORDER BY id DESC LIMIT ?`
  for (const row of tx.all(sql, MAX_MESSAGES)) {
    const message = messageOfRow(row)
    const content = message.content && tryDecode(message.content)
    if (content?.kind !== 'message') continue
    keepPointers(tx, message.id, content.attachments, context)
    const rest = contentBeside(content)
    if (rest === undefined) tx.run('UPDATE messages SET content = NULL WHERE id = ?', message.id)
  }
  tx.run('INSERT INTO settings (name, value) VALUES (?, ?)', MARK, '1')
}
