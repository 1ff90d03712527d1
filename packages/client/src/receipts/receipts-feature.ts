import { type Feature } from '../engine/feature.ts'
import { receiveReceipt } from './receive.ts'
import { noteRead, RECEIPTS_JOB, sendReceipts } from './send.ts'

/** Who has read what; off unless the user switches it on, which is the only thing to do about it. Spec 10 §5.3. */
export const receiptsFeature: Feature = {
  name: 'receipts',
  content: { receipt: receiveReceipt },
  jobs: { [RECEIPTS_JOB]: sendReceipts },
  read: noteRead,
}
