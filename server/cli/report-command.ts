import { monthSchema, type ValueReport } from '../../shared/contract/value-report.ts'
import { MAX_REASON_LENGTH, reportRevisionInputSchema } from '../../shared/contract/report-settings.ts'
import { countOf, formatPeriod } from '../../shared/format.ts'
import { keepSecretKey } from '../config.ts'
import { BY_OPERATOR, correctReport, makeReport, type ReportParts } from '../jobs/make-report.ts'
import { refreshCommunity } from '../jobs/refresh-community.ts'
import { layOutReportText } from '../mail/value-report-text.ts'
import { checkMonthOver, isMadeByItself, MonthRefused } from '../report/value/list-reports.ts'
import { previewReport } from '../report/value/preview-report.ts'
import { readFrozenReport } from '../report/value/read-report.ts'
import type { StoredCommunity } from '../store/communities.ts'
import { type AddCommands, CommandError, EXIT, needCommunity, type Operator, type Store, withStore } from './operator.ts'

type Options = { make?: boolean; correct?: string; mail?: boolean; revision?: string }

const explainMonth = async (check: Promise<void>): Promise<void> => {
  try {
    await check
  } catch (error) {
    if (error instanceof MonthRefused) throw new CommandError(error.message)
    throw error
  }
}

const readRevisionNo = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new CommandError(`"${text}" is not a revision: write a number from 1 on.`, EXIT.usage)
  return Number(text)
}

const readReason = (text: string): string => {
  const read = reportRevisionInputSchema.shape.reason.safeParse(text)
  if (!read.success)
    throw new CommandError(
      `The reason cannot be kept (at most ${MAX_REASON_LENGTH} characters): ${read.error.issues[0]?.message}.`,
      EXIT.usage,
    )
  return read.data
}

const sayMails = (count: number): string => (count === 0 ? 'Nobody is mailed.' : `${countOf(count, 'mail')} put into the outbox.`)

const make = async (operator: Operator, parts: ReportParts, community: StoredCommunity, month: string, isMailed: boolean | undefined) => {
  const { db, now } = parts
  // no server may be running that has counted what came in
  await refreshCommunity(db, community.community_id, { now })
  await explainMonth(checkMonthOver(db.pool, community, month, now))
  const made = await makeReport(parts, community, month, {
    userId: BY_OPERATOR,
    isMailed: isMailed ?? (await isMadeByItself(db.pool, community.community_id, month, now)),
  })
  if (made === null) throw new CommandError('The community was removed meanwhile.')
  operator.say(made.is_new ? `Made and frozen. ${sayMails(made.mail_count)}` : 'It was made before, and stays as it is.')
  return made.report
}

const correct = async (
  operator: Operator,
  parts: ReportParts,
  community: StoredCommunity,
  month: string,
  reason: string,
  isMailed: boolean,
) => {
  await refreshCommunity(parts.db, community.community_id, { now: parts.now })
  const corrected = await correctReport(parts, community, month, { reason, isMailed, revision: null, words: {}, userId: BY_OPERATOR })
  if (corrected === 'gone') throw new CommandError('The community was removed meanwhile.')
  if (corrected === 'not_made') throw new CommandError(`There is no report of ${formatPeriod(month)} to correct; make it with --make.`)
  if (corrected === 'nothing_changed') throw new CommandError('Nothing would change: it says what the numbers say today.')
  if ('other' in corrected) throw new CommandError('It was corrected by somebody else this moment. See what it says now.')
  operator.say(`Revision ${corrected.report.revision} is made. ${sayMails(corrected.mail_count)}`)
  return corrected.report
}

const show = async (operator: Operator, { db }: Store, community: StoredCommunity, month: string, revision: number | undefined) => {
  const frozen = await readFrozenReport(db.pool, community, month, revision)
  if (frozen !== null) return frozen
  if (revision !== undefined) throw new CommandError(`The report of ${formatPeriod(month)} has no revision ${revision}.`)
  await explainMonth(checkMonthOver(db.pool, community, month, operator.now(), { isRunningToo: true }))
  operator.say(
    `There is no report of ${formatPeriod(month)} yet. This is a preview of it, kept nowhere; --make makes it, once the month is over.`,
  )
  return previewReport(db.pool, community, month, operator.now())
}

export const addReportCommand: AddCommands = (program, operator) => {
  program
    .command('report')
    .description('show the value report of a month, make it, or correct it')
    .argument('<slug>', 'the community')
    .argument('<month>', 'of its own calendar, such as 2025-12')
    .option('--make', 'make and freeze it now; the month must be over')
    .option('--correct <reason>', 'make a further revision with what the numbers say now')
    .option(
      '--mail',
      'send it to who is subscribed; without, a report goes out where the schedule would have sent it, a correction does not',
    )
    .option('--no-mail', 'send it to nobody')
    .option('--revision <number>', 'show this revision, not the last')
    .option('--text', 'as readable text, which it is without --json')
    .action((slug: string, month: string, { make: isMaking, correct: reason, mail, revision }: Options) =>
      withStore(operator, async (store) => {
        if (!monthSchema.safeParse(month).success) throw new CommandError(`"${month}" is not a month: write it as 2025-12.`, EXIT.usage)
        if (isMaking && reason !== undefined) throw new CommandError('A report is made or corrected, not both at once.', EXIT.usage)
        const revisionNo = readRevisionNo(revision)
        const why = reason === undefined ? null : readReason(reason)
        const { db, config } = store
        const community = await needCommunity(db, slug)
        const parts = () => ({ db, secretKey: keepSecretKey(config), baseUrl: config.baseUrl, now: operator.now() })
        const report: ValueReport = isMaking
          ? await make(operator, parts(), community, month, mail)
          : why !== null
            ? await correct(operator, parts(), community, month, why, mail === true)
            : await show(operator, store, community, month, revisionNo)
        operator.answer(report, layOutReportText(report).trimEnd())
      }),
    )
}
