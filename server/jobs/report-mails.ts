/** Who gets which report by mail, each with links of their own. */
import type { ClientBase } from 'pg'
import type { ValueReport } from '../../shared/contract/value-report.ts'
import { plainLine } from '../../shared/plain-text.ts'
import { composeDraftMail } from '../mail/report-draft-mail.ts'
import { composeReportMails, type ReportMailLinks } from '../mail/value-report-mail.ts'
import type { ReportedCommunity } from '../report/health-report.ts'
import { makeReportToken, makeUnsubscribeToken } from '../report/report-token.ts'
import { hideMoney, mayReadMoney } from '../report/value/hide-money.ts'
import { putInOutbox } from '../store/outbox.ts'
import { listDraftReaders } from '../store/draft-readers.ts'
import { forgetLapsed, listActiveSubscriptions, type StoredSubscription } from '../store/report-subscriptions.ts'

export type ReportMailParts = { secretKey: string; baseUrl: string; now: Date }

/** Whoever a manager put on the list reads what the community costs, as by a link; who subscribed themself, as their role allows. */
export const isForPayer = ({ user_id, role }: Pick<StoredSubscription, 'user_id' | 'role'>): boolean =>
  user_id === null || mayReadMoney(role)

/** The report without what the community costs, and without who made it, which is for those who could have. */
export const showToReader = (report: ValueReport, reader: Pick<StoredSubscription, 'user_id' | 'role'>): ValueReport => {
  const shown = { ...report, made_by: null }
  return isForPayer(reader) ? shown : hideMoney(shown)
}

const sayWhy = ({ user_id, created_by }: StoredSubscription, community: ReportedCommunity): string => {
  const of = `the monthly value report of ${plainLine(community.name, 120)}`
  if (user_id !== null) return `You get this because you asked for ${of} by mail.`
  return `You get this because ${created_by === null ? 'its manager' : plainLine(created_by, 80)} put you on the list for ${of}.`
}

type Addresses = Pick<ReportMailParts, 'secretKey' | 'baseUrl'>

/** The links of one subscription to a month's report; they end with the subscription. */
export const linksOf = (community: ReportedCommunity, report: ValueReport, to: StoredSubscription, { secretKey, baseUrl }: Addresses) => {
  const ids = { communityId: community.community_id, subscriptionId: to.subscription_id }
  const { month } = report.content
  const token = makeReportToken(secretKey, { of: 'subscription', ...ids, month })
  const unsubscribe = `${baseUrl}/unsubscribe/${makeUnsubscribeToken(secretKey, ids)}`
  // a preview is kept nowhere, and opens only for who may see it
  const inside = `${baseUrl}/c/${encodeURIComponent(community.slug)}/report?month=${month}`
  const links: ReportMailLinks =
    report.status === 'preview'
      ? { page: inside, pdf: null, unsubscribe, why: sayWhy(to, community) }
      : { page: `${baseUrl}/r/${token}`, pdf: `${baseUrl}/api/v1/shared-reports/${token}/pdf`, unsubscribe, why: sayWhy(to, community) }
  return { links, headers: { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } }
}

/** Puts a report into the outbox for everybody who is subscribed, in the transaction that freezes it. Returns how many. */
export const addReportMails = async (
  client: ClientBase,
  community: ReportedCommunity,
  report: ValueReport,
  { secretKey, baseUrl, now }: ReportMailParts,
): Promise<number> => {
  await forgetLapsed(client, community.community_id)
  const all = await listActiveSubscriptions(client, community.community_id)
  let count = 0
  // laid out once for each way of seeing it
  for (const group of [all.filter(isForPayer), all.filter((one) => !isForPayer(one))]) {
    if (group[0] === undefined) continue
    const shown = showToReader(report, group[0])
    const own = group.map((to) => linksOf(community, report, to, { secretKey, baseUrl }))
    const mails = await composeReportMails(
      shown,
      own.map(({ links }) => links),
    )
    for (const [i, to] of group.entries()) {
      const isNew = await putInOutbox(
        client,
        {
          mail_key: `value-report:${community.community_id}:${report.content.month}:${report.revision ?? 0}:${to.subscription_id}`,
          community_id: community.community_id,
          kind: 'value-report',
          to: { address: to.address, name: to.name },
          ...(mails[i] as (typeof mails)[number]),
          headers: own[i]?.headers ?? {},
        },
        now,
      )
      if (isNew) count += 1
    }
  }
  return count
}

/** Puts the draft of a month into the outbox for the managers of the community. Returns how many. */
export const addDraftMails = async (
  client: ClientBase,
  community: ReportedCommunity,
  draft: ValueReport,
  { baseUrl, now }: ReportMailParts,
): Promise<number> => {
  const readers = await listDraftReaders(client, community.community_id)
  // a demonstration that nobody manages has no sponsor either
  if (community.is_demo && !readers.some(({ role }) => role === 'manager')) return 0
  const subscriberCount = (await listActiveSubscriptions(client, community.community_id)).length
  const { month } = draft.content
  const page = `${baseUrl}/c/${encodeURIComponent(community.slug)}/report?month=${month}`
  let count = 0
  for (const { user_id, name, email } of readers) {
    const mail = composeDraftMail(draft, { page, name, subscriberCount })
    const isNew = await putInOutbox(
      client,
      {
        mail_key: `report-draft:${community.community_id}:${month}:${user_id}`,
        community_id: community.community_id,
        kind: 'report-draft',
        to: { address: email, name },
        ...mail,
      },
      now,
    )
    if (isNew) count += 1
  }
  return count
}
