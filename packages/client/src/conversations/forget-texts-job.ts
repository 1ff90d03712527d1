import { SCRUB_JOB } from '../deletion/scrub.ts'
import { type EngineContext } from '../engine/context.ts'
import { type DueJob } from '../schedule/job.ts'
import { numberOf, textOf } from '../store/columns.ts'
import { type Reader } from '../store/store.ts'

/** The name of the job that makes the index of words forget what was removed. */
export const FORGET_TEXTS_JOB = 'forget-texts'

/** Each takes about two milliseconds: others get a turn in between. */
const CHUNK = 25

/** A little at a time until nothing is left, and then the files are cleaned of it. Search does not find it meanwhile. */
export async function forgetTexts(_: DueJob, { clock, schedule, stopped, store, time }: EngineContext): Promise<void> {
  for (let texts = store.read(nextTexts); texts.length > 0; texts = store.read(nextTexts)) {
    store.write(tx => {
      for (const { id, body } of texts) {
        tx.run("INSERT INTO message_text (message_text, rowid, body) VALUES ('delete', ?, ?)", id, body)
        tx.run('DELETE FROM removed_texts WHERE id = ?', id)
      }
    })
    await clock.sleep(0, stopped)
  }
  store.write(tx => schedule.at(tx, SCRUB_JOB, '', time.now()))
}

function nextTexts(reader: Reader): readonly { readonly id: number; readonly body: string }[] {
  const rows = reader.all('SELECT id, body FROM removed_texts ORDER BY id LIMIT ?', CHUNK)
  return rows.map(row => ({ id: numberOf(row, 'id'), body: textOf(row, 'body') }))
}
