/** Who gets the reports of all their communities on one page by mail. */
import type { ClientBase, Pool } from 'pg'
import type { Role } from '../../shared/contract/access.ts'
import { takeBackMails } from './outbox-list.ts'

export type PortfolioReader = { user_id: string; name: string; email: string; next_month: string }

const COLUMNS = 's.user_id, u.name, u.email, s.next_month'
const FROM = 'from portfolio_subscription s join "user" u on u.id = s.user_id'

export const findPortfolioReader = async (db: Pool | ClientBase, userId: string): Promise<PortfolioReader | null> =>
  (await db.query<PortfolioReader>(`select ${COLUMNS} ${FROM} where s.user_id = $1`, [userId])).rows[0] ?? null

/** Subscribing again changes nothing. */
export const subscribePortfolio = async (
  db: Pool,
  { userId, nextMonth, now }: { userId: string; nextMonth: string; now: Date },
): Promise<void> => {
  await db.query(
    `insert into portfolio_subscription (user_id, subscribed_at, next_month) values ($1, $2, $3) on conflict (user_id) do nothing`,
    [userId, now, nextMonth],
  )
}

/** The person wants no more; what nobody has begun to send is not sent either, and what failed is not sent again. */
export const unsubscribePortfolio = async (client: ClientBase, userId: string, now: Date): Promise<void> => {
  await client.query('delete from portfolio_subscription where user_id = $1', [userId])
  // the account may have had another address when one was put in
  const { rows } = await client.query<{ to_address: string }>(
    `select distinct to_address from outbox where kind = 'portfolio-report' and split_part(mail_key, ':', 3) = $1`,
    [userId],
  )
  for (const { to_address: toAddress } of rows)
    await takeBackMails(
      client,
      { communityId: null, kinds: ['portfolio-report'], toAddress },
      'The subscription ended before this was sent.',
      now,
    )
}

/** Accounts to which a month before this one is not sent yet. */
export const listPortfolioReaders = async (db: Pool | ClientBase, runningMonth: string): Promise<string[]> => {
  const { rows } = await db.query<{ user_id: string }>(
    'select user_id from portfolio_subscription where next_month collate "C" < $1 order by user_id',
    [runningMonth],
  )
  return rows.map(({ user_id }) => user_id)
}

/** The reader for as long as the transaction lasts; null where another process holds them, or they want no more. */
export const holdPortfolioReader = async (client: ClientBase, userId: string): Promise<PortfolioReader | null> =>
  (await client.query<PortfolioReader>(`select ${COLUMNS} ${FROM} where s.user_id = $1 for update of s skip locked`, [userId])).rows[0] ??
  null

export const setNextMonth = async (client: ClientBase, userId: string, month: string): Promise<void> => {
  await client.query('update portfolio_subscription set next_month = $2 where user_id = $1', [userId, month])
}

/** The communities an account may see, and as what. */
export const listSeenCommunities = async (db: Pool | ClientBase, userId: string): Promise<{ community_id: string; role: Role }[]> => {
  const { rows } = await db.query<{ community_id: string; role: Role }>(
    `select c.community_id, case when a.is_administrator then 'administrator' else g.role end as role
     from community c
     cross join (select exists (select from role_grant where user_id = $1 and role = 'administrator') as is_administrator) a
     left join role_grant g on g.community_id = c.community_id and g.user_id = $1
     where a.is_administrator or g.role is not null
     order by c.name, c.slug`,
    [userId],
  )
  return rows
}
