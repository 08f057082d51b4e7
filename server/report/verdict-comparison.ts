import type { Pool } from 'pg'
import { COMPARED_METRICS, type VerdictComparison } from '../../shared/contract/verdict-evidence.ts'
import type { Verdict, VerdictName } from '../../shared/contract/verdict.ts'
import { joinWords, sayCountOf, startSentence } from '../../shared/format.ts'
import { VERDICT_VIEWS, type VerdictView } from '../../shared/verdict-views.ts'
import type { JudgedWindow } from './judged-window.ts'

type View = VerdictComparison['views'][number]

/** Why a view is as found. */
const NOBODY: Record<Exclude<VerdictView, 'as_found'>, string> = {
  with_bots: 'No account is taken for a bot, so counting bots would change nothing.',
  without_facilitators:
    'Nobody is named a facilitator, so leaving facilitators out would change nothing. House rules is where they are named.',
}
const VIEW_WORDS: Record<VerdictView, string> = {
  as_found: 'as found',
  with_bots: 'with bots counted',
  without_facilitators: 'without facilitators',
}

const AS_THINGS: Record<VerdictName, string> = {
  dormant: 'dormant',
  too_little_data: 'too little data',
  workgroup: 'a workgroup',
  newsletter: 'a newsletter',
  teaching_platform: 'a teaching platform',
  blog: 'a blog',
  community: 'a community',
  mixed: 'mixed',
}

/** The verdict in each view in which somebody is counted or left out, side by side. `judge` gives the verdict of a view. */
export const buildVerdictComparison = async (
  pool: Pool,
  community: { community_id: string },
  judge: (view: VerdictView) => Promise<JudgedWindow>,
): Promise<VerdictComparison> => {
  const accounts = await countAccounts(pool, community.community_id)
  const views: View[] = []
  const without: VerdictComparison['without'] = []
  let at = ''
  let hasNoBots = false
  // one after another: each takes a core for some seconds in a large community
  for (const view of VERDICT_VIEWS) {
    if (view !== 'as_found' && accounts[view] === 0) without.push({ view, reason: NOBODY[view] })
    else if (view === 'with_bots' && hasNoBots) without.push({ view, reason: 'No account taken for a bot contributed in this window.' })
    else {
      const { verdict } = await judge(view)
      at = verdict.at
      if (view === 'as_found') hasNoBots = verdict.exclusions.bot_contributions === 0
      views.push(compare(view, verdict, accounts[view]))
    }
  }
  return { at, sentence: sayComparison(views), views, without }
}

const countAccounts = async (pool: Pool, communityId: string): Promise<Record<VerdictView, number>> => {
  const { rows } = await pool.query<Record<VerdictView, number>>(
    `select
       0 as as_found,
       (select count(distinct i.person_id)::int from identity i where i.community_id = $1 and i.is_bot) as with_bots,
       (
         select count(distinct i.person_id)::int
         from facilitator f
         join identity i on i.community_id = $1 and i.identity_key = f.identity_key
         where f.community_id = $1
       ) as without_facilitators`,
    [communityId],
  )
  return rows[0] as Record<VerdictView, number>
}

const compare = (view: VerdictView, verdict: Verdict, accounts: number): View => {
  const tests = verdict.rules.flatMap((rule) => rule.tests)
  const contributions = tests.find((test) => test.metric === 'top-share')?.denominator
  return {
    view,
    verdict: verdict.verdict,
    strength: verdict.support_detail.strength,
    support: verdict.support,
    sentence: verdict.sentence,
    window: verdict.window,
    contributions: contributions ?? 0,
    accounts,
    numbers: COMPARED_METRICS.flatMap((metric) => {
      // two rules may test one number; where one of them withholds it, nobody is told
      const found = tests.filter((test) => test.metric === metric)
      const test = found.find((one) => one.observed === null) ?? found[0]
      if (test === undefined) return []
      const { label, unit, observed, numerator, denominator, low, high } = test
      return [{ metric, label, unit, observed, numerator, denominator, low, high }]
    }),
  }
}

const sayComparison = (views: readonly View[]): string => {
  const [found, ...others] = views
  if (found === undefined || others.length === 0)
    return 'There is nothing to compare: no bot contributed in this window, and nobody is named a facilitator.'
  const same = others.filter((one) => one.verdict === found.verdict)
  const different = others.filter((one) => one.verdict !== found.verdict)
  const who = (one: View) =>
    one.view === 'with_bots'
      ? `${sayCountOf(one.accounts, 'account')} counted that ${one.accounts === 1 ? 'is taken for a bot' : 'are taken for bots'}`
      : `${sayCountOf(one.accounts, 'facilitator')} left out`
  const changed = different.map((one) => `with ${who(one)}, it would read as ${AS_THINGS[one.verdict]}`)
  const unchanged = joinWords(['as found', ...same.map((one) => VIEW_WORDS[one.view])])
  return `${startSentence([`${unchanged} it reads as ${AS_THINGS[found.verdict]}`, ...changed].join('; '))}.`
}
