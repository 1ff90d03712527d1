import { answerTasks } from '../../scripts/chromium/worker-side.ts'
import { bare } from './bare/wasm.ts'
import { allCases } from './cases/index.ts'
import { measure } from './measure.ts'

answerTasks((filter: string) =>
  allCases(bare)
    .filter(({ name }) => name.includes(filter))
    .map(each => measure(each)),
)
