import type { Pool } from 'pg'

/** Which print of which report. */
export type PrintId = { communityId: string; month: string; revision: number; paper: 'a4' | 'letter'; hasMoney: boolean }

/** The print that is kept, if it is of what the report reads today. */
export const findPrint = async (pool: Pool, id: PrintId, fingerprint: Buffer): Promise<Buffer | null> => {
  const { rows } = await pool.query<{ pdf: Buffer }>(
    `select pdf from report_print
     where community_id = $1 and month = $2 and revision = $3 and paper = $4 and has_money = $5 and fingerprint = $6`,
    [id.communityId, id.month, id.revision, id.paper, id.hasMoney, fingerprint],
  )
  return rows[0]?.pdf ?? null
}

/** Keeps a print in the place of an earlier one of the same report. */
export const keepPrint = async (pool: Pool, id: PrintId, print: { fingerprint: Buffer; pdf: Buffer; now: Date }): Promise<void> => {
  await pool.query(
    `insert into report_print (community_id, month, revision, paper, has_money, fingerprint, pdf, printed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (community_id, month, revision, paper, has_money)
     do update set fingerprint = excluded.fingerprint, pdf = excluded.pdf, printed_at = excluded.printed_at`,
    [id.communityId, id.month, id.revision, id.paper, id.hasMoney, print.fingerprint, print.pdf, print.now],
  )
}
