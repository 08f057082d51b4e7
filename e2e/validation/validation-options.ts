import { parseArgs } from 'node:util'
import type { Choice } from './labelled-communities.ts'

export type ValidationOptions = Choice & {
  /** Also as JSON, with every month end. */
  jsonFile: string | null
}

const USAGE = 'npm run validate -- [--quick] [--only tuning|held-out|archive] [--matching text] [--json file]'

/** Throws an error whose message says how to call it. */
export const readValidationOptions = (args: readonly string[]): ValidationOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      matching: { type: 'string' },
      json: { type: 'string' },
    },
  })
  const only = values.only?.replace('-', '_') ?? null
  if (only !== null && only !== 'tuning' && only !== 'held_out' && only !== 'archive') throw new Error(`--only ${values.only}?\n${USAGE}`)
  return { isQuick: values.quick, only, matching: values.matching ?? null, jsonFile: values.json ?? null }
}
