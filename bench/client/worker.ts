import { answerTasks } from '../node/process/tasks.ts'
import { networkTasks } from './network-role.ts'

// The network is in this process, so that the time and the processor of the other one are those of clients.
answerTasks(networkTasks())
