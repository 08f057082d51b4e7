import {
  type Alert,
  ALERT_RULES,
  type AlertCourse,
  type AlertRuleId,
  alertRuleIdSchema,
  strictnessSchema,
} from '../../shared/contract/alert.ts'
import { countOf } from '../../shared/format.ts'
import { sayAlarmRate } from '../../shared/say-alarm-rate.ts'
import { ruleOf, rules } from '../alerts/catalogue.ts'
import { loadMaterial } from '../alerts/load-material.ts'
import { emptyCourse, readCourse } from '../alerts/read-course.ts'
import { loadStrictness } from '../alerts/strictness.ts'
import { keepSecretKey } from '../config.ts'
import { type Evaluated, evaluateCommunity } from '../jobs/evaluate-alerts.ts'
import { refreshCommunity } from '../jobs/refresh-community.ts'
import type { Telling } from '../jobs/tell-alerts.ts'
import { type Failure, listFailures, listWatches, type Standing, type Watch } from '../store/alert-watches.ts'
import { listAlerts } from '../store/alerts.ts'
import type { StoredCommunity } from '../store/communities.ts'
import { type AddCommands, CommandError, EXIT, needCommunity, type Operator, type Store, withStore } from './operator.ts'

const readRule = (text: string): AlertRuleId => {
  const read = alertRuleIdSchema.safeParse(text)
  if (!read.success) throw new CommandError(`"${text}" is not a rule. There are: ${ALERT_RULES.join(', ')}.`, EXIT.usage)
  return read.data
}

const readStrictness = (text: string): number => {
  const read = strictnessSchema.safeParse(text.trim() === '' ? Number.NaN : Number(text))
  if (!read.success) throw new CommandError(`"${text}" is no strictness: write a number from 0.8 to 2, where 1 is the usual.`, EXIT.usage)
  return read.data
}

const number = (value: number): string => value.toFixed(2)

const sayState = ({ state, ended_on }: Pick<Alert, 'state' | 'ended_on'>): string =>
  state === 'open' ? 'stands' : `${state.replace('_', ' ')}${ended_on === null ? '' : ` ${ended_on}`}`

const sayTold = ({ is_history, notices }: Alert): string => {
  if (is_history) return 'history: nobody was told'
  return notices
    .map(({ notice, sent, recipient_count }) => `${notice.replace('_', ' ')}: ${sent === 'sent' ? `sent to ${recipient_count}` : sent}`)
    .join(', ')
}

const sayAlert = (alert: Alert): string[] => [
  `  ${alert.began_on}  ${alert.rule}, ${sayState(alert)}${alert.ruling === null ? '' : `, called ${alert.ruling.ruling.replace('_', ' ')}`}`,
  `              ${alert.notices[0]?.content.headline ?? ''}`,
  `              ${sayTold(alert)}`,
]

const sayRule = (
  watch: (Watch & { failure: string | null; failed_since: Date | null }) | undefined,
  failure: Failure | undefined,
): string => {
  const failed = failure === undefined ? '' : ` Could not be judged since ${failure.failed_since.toISOString()}: ${failure.failure}`
  if (watch === undefined) return `not judged yet.${failed}`
  const { standing, judged_on }: { standing: Standing; judged_on: string | null } = watch
  const stated = `False alarms: ${sayAlarmRate(standing.stated.a_year)}.`
  const statistic = standing.statistic === null ? '' : ` Last period (${judged_on}): ${number(standing.statistic)} of its limit.`
  return `${standing.sentence}${statistic} ${stated}${failed}`
}

const list = async (operator: Operator, { db }: Store, { community_id, name }: StoredCommunity) => {
  const alerts = await listAlerts(db.pool, community_id)
  const watches = await listWatches(db.pool, community_id)
  const failures = await listFailures(db.pool, community_id)
  const section = (title: string, some: readonly Alert[]) => (some.length === 0 ? [] : ['', title, ...some.flatMap(sayAlert)])
  operator.answer(
    { rules: watches, failures, alerts },
    [
      `${name}: what is watched`,
      ...rules.map(({ id, title }) => {
        const said = sayRule(
          watches.find(({ rule }) => rule === id),
          failures.find(({ rule }) => rule === id),
        )
        return `  ${id} (${title}): ${said}`
      }),
      ...section(
        'What stands',
        alerts.filter(({ state }) => state === 'open'),
      ),
      ...section(
        'What is over',
        alerts.filter(({ state }) => state !== 'open'),
      ),
    ].join('\n'),
  )
}

const sayTelling = ({ content, sent, count }: Telling, isDry: boolean): string[] => {
  const what = {
    told: isDry ? 'would be told' : count === 0 ? 'told to nobody: there is no recipient' : `told to ${count}`,
    held: isDry ? 'would be held, since it is snoozed' : 'held, since it is snoozed',
    history: isDry ? 'would be kept as history' : 'kept as history, told to nobody',
  }[sent]
  const { driver } = content
  return [
    `  ${content.rule}, ${content.notice.replace('_', ' ')} (${content.on}), ${what}:`,
    ...[content.subject, content.headline, ...content.sentences, content.how_sure, ...(driver === null ? [] : [driver.sentence])].map(
      (line) => `    ${line}`,
    ),
    ...content.figures.map(({ label, now, usual, change }) => `    ${label}: ${now}, usually ${usual} (${change})`),
    ...content.look_first.map(({ text }) => `    Look first: ${text}`),
    ...content.caveats.map((line) => `    Note: ${line}`),
  ]
}

const KINDS: Record<Exclude<Evaluated['kind'], 'judged'>, string> = {
  same: 'judged before of the same',
  busy: 'somebody else judges it at this moment; try again',
  no_numbers: 'there is nothing to go by yet',
  off: 'switched off',
  gone: 'the community is gone',
}

const judge = async (operator: Operator, { db, config }: Store, community: StoredCommunity, isDry: boolean) => {
  const now = operator.now()
  // no server may be running that has counted what came in
  if (!isDry) await refreshCommunity(db, community.community_id, { now })
  const parts = { db, secretKey: keepSecretKey(config), baseUrl: config.baseUrl, now }
  const answers: { rule: string; kind: Evaluated['kind'] | 'failed'; failure?: string; told: Telling[] }[] = []
  for (const rule of rules) {
    try {
      const done = await evaluateCommunity(parts, community.community_id, rule, { isAgain: true, isDry })
      answers.push({ rule: rule.id, kind: done.kind, told: done.kind === 'judged' ? done.telling : [] })
    } catch (error) {
      answers.push({ rule: rule.id, kind: 'failed', failure: error instanceof Error ? error.message : String(error), told: [] })
    }
  }
  if (answers.some(({ kind }) => kind === 'failed')) operator.setExitCode(EXIT.failed)
  const say = ({ rule, kind, failure, told }: (typeof answers)[number]): string[] => {
    if (kind === 'failed') return [`${rule}: could not be judged: ${failure}`]
    if (kind !== 'judged') return [`${rule}: ${KINDS[kind]}.`]
    return [
      `${rule}: judged; ${told.length === 0 ? 'nothing to tell' : countOf(told.length, 'notice')}.`,
      ...told.flatMap((one) => sayTelling(one, isDry)),
    ]
  }
  operator.answer({ is_dry_run: isDry, rules: answers }, answers.flatMap(say).join('\n'))
}

const sayCourse = ({ rule, strictness, alerts, years, stated, cannot_judge }: AlertCourse): string => {
  const judged = `${rule} at ${number(strictness)} times the usual limits: ${countOf(alerts.length, 'alarm')} in ${years.toFixed(1)} years that could be judged.`
  return [
    judged,
    `False alarms: ${sayAlarmRate(stated.a_year)} (${stated.of}).`,
    ...(cannot_judge === null ? [] : [cannot_judge]),
    ...alerts.flatMap(({ began_on, worse_on, ended_on, ending, headline }) => [
      `  ${began_on}  ${headline}`,
      ...worse_on.map((on) => `  ${on}    clearly worse`),
      `  ${ended_on === null ? '            still stands' : `${ended_on}    ${ending ?? 'over'}`}`,
    ]),
  ].join('\n')
}

const replay = async (operator: Operator, { db }: Store, community: StoredCommunity, id: AlertRuleId, asked: number | null) => {
  const rule = ruleOf(id)
  const strictness = asked ?? (await loadStrictness(db.pool, community.community_id, id))
  const loaded = await loadMaterial(db.pool, community, operator.now())
  const course =
    loaded === null ? emptyCourse(rule, strictness) : await readCourse(db.pool, rule, loaded.material, { strictness, alerts: null })
  operator.answer(course, sayCourse(course))
}

export const addAlertCommands: AddCommands = (program, operator) => {
  const alerts = program.command('alerts').description('show what is watched and what was noticed, judge now, or replay a rule')
  alerts
    .command('list', { isDefault: true })
    .description('what stands, what is over, and how often each rule is false')
    .argument('<slug>', 'the community')
    .action((slug: string) => withStore(operator, async (store) => list(operator, store, await needCommunity(store.db, slug))))
  alerts
    .command('judge')
    .description('judge all rules now, and tell what there is to tell')
    .argument('<slug>', 'the community')
    .option('--dry-run', 'say what would be told, word for word; nothing is kept and nobody is told')
    .action((slug: string, { dryRun = false }: { dryRun?: boolean }) =>
      withStore(operator, async (store) => judge(operator, store, await needCommunity(store.db, slug), dryRun)),
    )
  alerts
    .command('replay')
    .description('the alarms of the whole past, as a rule would have given them')
    .argument('<slug>', 'the community')
    .requiredOption('--rule <rule>', `one of: ${ALERT_RULES.join(', ')}`)
    .option('--strictness <number>', 'limits times this, from 0.8 to 2; without, as it is set')
    .action((slug: string, { rule, strictness }: { rule: string; strictness?: string }) =>
      withStore(operator, async (store) => {
        const id = readRule(rule)
        const asked = strictness === undefined ? null : readStrictness(strictness)
        await replay(operator, store, await needCommunity(store.db, slug), id, asked)
      }),
    )
}
