import { type Feature } from '../engine/feature.ts'
import { command, type CommandTable } from '../engine/calls.ts'
import { receiveExtraction } from './receive.ts'
import { reportSaved } from './send.ts'

/** What is done about saving. */
export interface ExtractionCommands {
  /** Tells the other person that an attachment of this message was saved; to be called for what others sent. */
  'extraction.report-saved'(args: { message: number }): void
}

const commands: CommandTable<ExtractionCommands> = {
  'extraction.report-saved': command(
    args => args.integer('message'),
    (message, context) => {
      context.store.write(tx => reportSaved(tx, message, context))
    },
  ),
}

/** "X saved media", "X took a screenshot". Spec 10 §5.5. */
export const extractionFeature: Feature = {
  name: 'extraction',
  content: { 'data-extraction': receiveExtraction },
  commands,
}
