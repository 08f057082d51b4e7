import type { Pool } from 'pg'
import type { BotReason } from '../../shared/contract/bot.ts'
import type { VerdictEvidence } from '../../shared/contract/verdict-evidence.ts'
import { periodParameters } from '../metrics/cases/read-cases.ts'
import { IS_VISIBLE, PERIOD_CTE } from '../metrics/reading.ts'
import { isSmallCount } from './cases.ts'
import { type JudgedWindow, periodOf } from './judged-window.ts'
import { pseudonym } from './pseudonym.ts'
import { sayBotReason } from './say-bot-reason.ts'
import { sayElsewhere, sayLeftOut } from './say-evidence.ts'

type Row = { person_id: string; contributions: number; reasons: BotReason[][]; is_ruled: boolean }

/** The people whose accounts are taken for bots, with what they wrote in the window, whatever the view; most first. */
export const readLeftOut = async (pool: Pool, window: JudgedWindow, isSponsor: boolean): Promise<VerdictEvidence['left_out']> => {
  const { rows } = await pool.query<Row>(
    `with ${PERIOD_CTE},
written as (
  select c.person_id, count(*)::int as contributions
  from period p
  join contribution c on c.community_id = $1 and c.occurred_at >= p.starts_at and c.occurred_at < p.ends_at and c.occurred_at < p.known_by
  where c.is_bot and c.person_id is not null
  group by c.person_id
)
select
  w.person_id,
  w.contributions,
  coalesce(jsonb_agg(b.reasons) filter (where b.reasons is not null), '[]') as reasons,
  coalesce(bool_or(b.ruling), false) as is_ruled
from written w
join identity i on i.community_id = $1 and i.person_id = w.person_id and i.is_bot
left join bot_account b on b.community_id = $1 and b.identity_key = i.identity_key
group by w.person_id, w.contributions
order by w.contributions desc, w.person_id`,
    periodParameters(periodOf(window)),
  )
  const elsewhere = await countElsewhere(pool, window)
  const isHidden = isSponsor && isSmallCount(rows.length)
  return {
    sentence: [
      sayLeftOut(
        rows.length,
        rows.reduce((sum, row) => sum + row.contributions, 0),
        window.view === 'with_bots',
      ),
      ...(elsewhere > 0 ? [sayElsewhere(elsewhere)] : []),
    ].join(' '),
    rows: isHidden
      ? []
      : rows.map((row) => ({
          account: pseudonym(window.community.community_id, row.person_id),
          contributions: row.contributions,
          reasons: sayReasons(row),
          is_ruled: row.is_ruled,
        })),
  }
}

/** Questions of the window that the answered share leaves out, though they are old enough or will be. */
const countElsewhere = async (pool: Pool, window: JudgedWindow): Promise<number> => {
  const { rows } = await pool.query<{ count: number }>(
    `with ${PERIOD_CTE}
     select count(*)::int as count
     from period p
     join contribution c on c.community_id = $1 and c.occurred_at >= p.starts_at and c.occurred_at < p.ends_at and ${IS_VISIBLE}
     where c.is_answered_elsewhere`,
    periodParameters(periodOf(window)),
  )
  return rows[0]?.count ?? 0
}

/** A manager's word comes before all that was found. */
const sayReasons = ({ is_ruled, reasons }: Row): string[] => {
  const found = [...new Set(reasons.flat().map(sayBotReason))]
  if (is_ruled) return ['A manager said that it is a bot.', ...found]
  return found.length > 0 ? found : ['Its source says that it is a bot.']
}
