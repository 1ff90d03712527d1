/** What a check says that another program made: its output stands for the findings. */
export interface ToolVerdict {
  readonly passed: boolean
  readonly output: string
  readonly looked: number
  readonly unit: string
}

/** A program that looked at nothing has not passed, whatever its exit status. */
export function toolVerdict(status: number, output: string, looked: number, unit: string): ToolVerdict {
  if (looked === 0) return { passed: false, output: `${output}\nlooked at no ${unit}\n`, looked, unit }
  return { passed: status === 0, output, looked, unit }
}
