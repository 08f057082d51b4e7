/** What is posted to a hook. */
import type { AlertContent } from '../../shared/contract/alert.ts'
import type { HookKind } from '../../shared/contract/alert-hook.ts'
import { chatText } from '../mail/chat-text.ts'

type Told = { alert_id: string; content: AlertContent }

/** Paths of the dashboard as addresses; a path that leads elsewhere is not one of ours. */
const addressOf = (baseUrl: string, path: string): string => (/^\/(?![/\\])/.test(path) ? `${baseUrl}${path}` : baseUrl)

const alertLink = (baseUrl: string, { alert_id, content }: Told): string =>
  `${baseUrl}/c/${encodeURIComponent(content.community.slug)}/alerts?alert=${alert_id}`

/** The body of the request, as JSON: docs/alert-hooks.md says what is in it. */
export const hookBody = (kind: HookKind, told: Told, { baseUrl, now }: { baseUrl: string; now: Date }): string => {
  const link = alertLink(baseUrl, told)
  if (kind === 'slack') return JSON.stringify({ text: chatText(told.content, link) })
  const { content } = told
  return JSON.stringify({
    type: `alert.${content.notice}`,
    timestamp: now.toISOString(),
    data: {
      alert_id: told.alert_id,
      ...content,
      links: {
        alert: link,
        evidence: addressOf(baseUrl, content.evidence_path),
        look_first: content.look_first.map(({ path }) => addressOf(baseUrl, path)),
      },
    },
  })
}

/** What "send a test" posts: it says of itself that it is one. */
export const testBody = (
  kind: HookKind,
  community: { slug: string; name: string; time_zone: string },
  { baseUrl, now }: { baseUrl: string; now: Date },
): string => {
  const link = `${baseUrl}/c/${encodeURIComponent(community.slug)}/alerts`
  const subject = `${community.name}: a test`
  const sentence = 'This is a test: nothing has happened. Alerts of this community will come here.'
  if (kind === 'slack') return JSON.stringify({ text: chatText({ subject, sentences: [sentence], driver: null, how_sure: '' }, link) })
  const { slug, name, time_zone } = community
  return JSON.stringify({
    type: 'alert.test',
    timestamp: now.toISOString(),
    data: { community: { slug, name, time_zone }, subject, headline: sentence, links: { alert: link } },
  })
}
