import type { ClientBase } from 'pg'
import { reportContentSchema, type ValueReport } from '../../shared/contract/value-report.ts'
import type { ReportedCommunity } from '../report/health-report.ts'
import { buildReport, type ReportWords } from '../report/value/build-report.ts'
import { compareReports } from '../report/value/compare-reports.ts'
import { wordsOf } from '../report/value/preview-report.ts'
import { type FrozenReport, readFrozen, readFrozenReport } from '../report/value/read-report.ts'
import type { Database } from '../store/connection.ts'
import { inTransaction } from '../store/in-transaction.ts'
import { readDraft } from '../store/report-drafts.ts'
import { addRevision, lockReport, readLastRevisionNo } from '../store/reports.ts'
import { addReportMails, type ReportMailParts } from './report-mails.ts'

export type ReportParts = Omit<ReportMailParts, 'now'> & {
  db: Database
  now: Date
  /** Puts a report into the outbox in the transaction that freezes it; by default for everybody who is subscribed. */
  addMails?: typeof addReportMails
  /** Writes what the report says; by default from the numbers. */
  build?: typeof buildReport
}

/** An operator's command has no account. */
export const BY_OPERATOR = 'operator'

/** `is_new` false: it was made before, by whomever, and stays as it is. Null: the community is gone. */
export type MadeReport = { report: ValueReport; is_new: boolean; mail_count: number } | null

type Made = { kind: 'made' | 'there'; report: ValueReport; mail_count: number } | { kind: 'gone' } | { kind: 'words_changed' }

/** Managers who change the draft faster than a report is built are not waited for. */
const MAX_BUILDS = 5

const mailsOf = (client: ClientBase, community: ReportedCommunity, report: ValueReport, parts: ReportParts) => {
  const { secretKey, baseUrl, now, addMails = addReportMails } = parts
  return addMails(client, community, report, { secretKey, baseUrl, now })
}

/**
 * Makes the report of a month that is over and freezes it with what it was made of, once and only once, however many processes try at
 * once. Its mails go into the outbox in the same transaction. Throws what building throws; nothing of it is kept then.
 */
export const makeReport = async (
  parts: ReportParts,
  community: ReportedCommunity,
  month: string,
  { userId, isMailed }: { userId: string | null; isMailed: boolean },
): Promise<MadeReport> => {
  const { db, now, build = buildReport } = parts
  const { community_id: communityId } = community
  for (let time = 1; ; time++) {
    const stands = await readFrozenReport(db.pool, community, month)
    if (stands !== null) return { report: stands, is_new: false, mail_count: 0 }
    const draft = await readDraft(db.pool, communityId, month)
    const words = wordsOf(draft)
    const { content, inputs } = await build(db.pool, community, month, { words, now })
    const frozen = reportContentSchema.parse(content)
    const result = await inTransaction(db.pool, async (client): Promise<Made> => {
      if (!(await lockReport(client, communityId, month))) return { kind: 'gone' }
      const there = await readFrozenReport(client, community, month)
      if (there !== null) return { kind: 'there', report: there, mail_count: 0 }
      // what a manager has written since it was built goes in as well
      if (time < MAX_BUILDS && (await readDraft(client, communityId, month)).version !== draft.version) return { kind: 'words_changed' }
      await addRevision(client, {
        communityId,
        month,
        revision: 1,
        now,
        userId,
        reason: null,
        changes: null,
        content: frozen,
        inputs: { ...inputs, words },
      })
      const report = (await readFrozenReport(client, community, month)) as ValueReport
      return { kind: 'made', report, mail_count: isMailed ? await mailsOf(client, community, report, parts) : 0 }
    })
    if (result.kind === 'gone') return null
    if (result.kind !== 'words_changed') return { report: result.report, is_new: result.kind === 'made', mail_count: result.mail_count }
  }
}

/** What a manager changes of what they said; left out, it stays as it was. */
export type ChangedWords = { ask?: { text: string; by: string | null } | null | undefined; story_keys?: string[] | null | undefined }

type Correction = { frozen: FrozenReport; words: ReportWords; made: Awaited<ReturnType<typeof buildReport>>; changes: string[] }

/** What the report of a month would be if it were corrected now; null where none is made. Keeps nothing. */
export const planCorrection = async (
  { db, now }: Pick<ReportParts, 'db' | 'now'>,
  community: ReportedCommunity,
  month: string,
  changed: ChangedWords = {},
): Promise<Correction | null> => {
  const frozen = await readFrozen(db.pool, community, month)
  if (frozen === null) return null
  const before = frozen.report.content
  const stood = (frozen.inputs.words as ReportWords | undefined)?.story_keys ?? null
  const words: ReportWords = {
    // whoever leaves the words as they are does not become their author
    ask: changed.ask === undefined || changed.ask?.text === before.ask?.text ? before.ask : changed.ask,
    story_keys: changed.story_keys === undefined ? stood : changed.story_keys,
  }
  const made = await buildReport(db.pool, community, month, { words, now })
  return { frozen, words, made, changes: compareReports(before, made.content) }
}

/** What came of a correction: the report as it is now, or why there is none. */
export type Corrected =
  | { report: ValueReport; mail_count: number }
  /** There is another revision by now than the one that was to be corrected. */
  | { other: number }
  | 'not_made'
  | 'nothing_changed'
  | 'gone'

/** Makes the next revision of a report, with what the numbers say now. What was frozen before stays readable. */
export const correctReport = async (
  parts: ReportParts,
  community: ReportedCommunity,
  month: string,
  asked: { reason: string; isMailed: boolean; revision: number | null; words: ChangedWords; userId: string | null },
): Promise<Corrected> => {
  const { community_id: communityId } = community
  const plan = await planCorrection(parts, community, month, asked.words)
  if (plan === null) return 'not_made'
  const last = plan.frozen.report.revision as number
  if (asked.revision !== null && asked.revision !== last) return { other: last }
  if (plan.changes.length === 0) return 'nothing_changed'
  const content = reportContentSchema.parse(plan.made.content)
  return inTransaction(parts.db.pool, async (client) => {
    if (!(await lockReport(client, communityId, month))) return 'gone'
    const stands = await readLastRevisionNo(client, communityId, month)
    if (stands !== last) return stands === null ? 'not_made' : { other: stands }
    await addRevision(client, {
      communityId,
      month,
      revision: last + 1,
      now: parts.now,
      userId: asked.userId,
      reason: asked.reason,
      changes: plan.changes,
      content,
      inputs: { ...plan.made.inputs, words: plan.words },
    })
    const report = (await readFrozenReport(client, community, month)) as ValueReport
    return { report, mail_count: asked.isMailed ? await mailsOf(client, community, report, parts) : 0 }
  })
}
